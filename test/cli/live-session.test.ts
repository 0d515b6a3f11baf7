import { expect, test } from 'vitest';
import { calcAgent } from '../../src/agent/calc.ts';
import { createLLMAgent } from '../../src/agent/llm/llm-agent.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { SessionReport } from '../../src/cli/session-report.ts';
import { terminal } from '../../src/cli/terminal.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { playSession } from '../../src/showdown/session.ts';
import { ledgerIn } from '../showdown/ledger-in.ts';
import { sessionOptions } from '../showdown/play.ts';
import { Screen } from '../support/screen.ts';
import { useShowdown } from '../support/use-showdown.ts';

const COLUMNS = 100;

const shared = useShowdown();

test('a watcher sees a line for each running battle, and in the end one for each that was played', async () => {
  const seen = new Set<string>();
  const screen = new Screen(COLUMNS, ({ lines }) => {
    for (const line of lines) seen.add(line);
  });
  const out = terminal(screen.stream);
  const report = new SessionReport(out, screen.stream, {
    note: out,
    agent: 'llm',
    against: 'the ladder of gen9randombattle',
    battles: 2,
    form: 'lines',
  });
  const model = scriptedModel(() => ({ text: '{"choice": 1}', delayMs: 20 }), {
    price: { input: 2, cachedInput: 1, output: 8 },
  });
  const agent = createLLMAgent({
    model,
    strategy: 'direct',
    promptStyle: 'compact',
    votes: 1,
    fallback: calcAgent,
  });
  const ladder = { type: 'ladder', format: 'gen9randombattle' } as const;
  const count = { battles: 2, concurrency: 2 };
  const [result] = await Promise.all([
    playSession({
      ...sessionOptions(shared.server.url, 'watched', ladder, {
        ...count,
        room: {
          ...ledgerIn(shared.root),
          agent,
          onDecision: (room, record) => report.decision(room, record),
        },
      }),
      onChange: (room) => report.change(room),
      onEnd: (room, outcome) => report.end(room, outcome),
      onEvent: (event) => report.event(event),
    }),
    playSession(
      sessionOptions(shared.server.url, 'foe', ladder, { ...count, room: { agent: maxPowerAgent } }),
    ),
  ]);
  report.finish(result);

  const live = [...seen].filter((line) => / {2}turn \d+ {2}/.test(line));
  const mon = '[^█-░–]+ [█-▏░]{6} [0-6]';
  const whole = new RegExp(`^\\d+ foe  turn \\d+  \\d+ s  \\d+k? tokens  \\$0\\.\\d{4}  ${mon} – ${mon}$`);
  expect(live.filter((line) => whole.test(line)).length).toBeGreaterThan(5);
  expect(new Set(live.map((line) => line.split(' ', 1)[0])).size).toBe(2);
  for (const line of live) expect([...line].length).toBeLessThan(COLUMNS);

  const shown = screen.lines.filter((line) => line !== '');
  const battle = String.raw`  (?:win|loss|tie) +\d+ turns  \S+  against foe  Elo \d+ → \d+`;
  expect(shown[0]).toMatch(new RegExp(`^1/2${battle}$`));
  expect(shown[1]).toMatch(new RegExp(`^2/2${battle}$`));
  expect(shown[2]).toMatch(/^llm won \d and lost \d against the ladder of gen9randombattle/);
  expect(shown.join('\n')).toMatch(/\d+ model calls: \d+ tokens in \(0 cached\), \d+ out, \$0\.\d{4}/);
  expect(shown.join('\n')).toMatch(/GXE [\d.]+% after 1, [\d.]+% after 2$/m);
  expect(shown.filter((line) => live.includes(line))).toEqual([]);
}, 120_000);
