import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { calcAgent } from '../../src/agent/calc.ts';
import { createLLMAgent } from '../../src/agent/llm/llm-agent.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { LiveLines } from '../../src/cli/live-lines.ts';
import { SessionReport } from '../../src/cli/session-report.ts';
import { type Style, terminal } from '../../src/cli/terminal.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { playSession } from '../../src/showdown/session.ts';
import { safeLine } from '../../src/util/safe-text.ts';
import { ledgerIn } from '../showdown/ledger-in.ts';
import { sessionOptions } from '../showdown/play.ts';
import { Screen } from '../support/screen.ts';
import { useShowdown } from '../support/use-showdown.ts';

const COLUMNS = 250;
/** Most of its characters are twice as wide as others. */
const FOE = 'foe <鬼火>強敵';

const shared = useShowdown();

test('the user sees a line for each running battle, and in the end one for each that was played', async () => {
  const seen = new Set<string>();
  const screen = new Screen(COLUMNS, ({ lines }) => {
    for (const line of lines) seen.add(line);
  });
  const out = terminal(screen.stream);
  const report = new SessionReport(out, screen.stream, {
    note: out,
    player: { name: 'llm' },
    against: 'the ladder of gen9randombattle',
    battles: 2,
    form: 'lines',
  });
  const model = scriptedModel(() => ({ text: '{"choice": 1}', delayMs: 100 }), {
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
        },
      }),
      onRoomEvent(event, room) {
        if (event.type === 'changed') report.change(room);
        if (event.type === 'decision') report.decision(room, event.record);
      },
      onEnd: (room, outcome) => report.end(room, outcome),
      onEvent: (event) => report.event(event),
    }),
    playSession(sessionOptions(shared.server.url, FOE, ladder, { ...count, room: { agent: maxPowerAgent } })),
  ]);
  report.finish(result);

  const live = [...seen].filter((line) => / {2}turn \d+ {2}/.test(line));
  const mon = '[^█-░–]+ [█-▏░]{6} [0-6]';
  const whole = new RegExp(`^\\d+ ${FOE}  turn \\d+  \\d+ s  \\d+k? tokens  \\$0\\.\\d{4}  ${mon} – ${mon}$`);
  expect(live.filter((line) => whole.test(line)).length).toBeGreaterThan(5);
  expect(new Set(live.map((line) => line.split(' ', 1)[0])).size).toBe(2);

  const shown = screen.lines.filter((line) => line !== '');
  const battle = String.raw`  (?:win|loss|tie) +\d+ turns  \S+  against ${FOE}  Elo \d+ → \d+`;
  expect(shown[0]).toMatch(new RegExp(`^1/2${battle}$`));
  expect(shown[1]).toMatch(new RegExp(`^2/2${battle}$`));
  expect(shown[2]).toMatch(/^llm decided (\d+) of \1$/);
  expect(shown[3]).toMatch(/^llm won \d and lost \d against the ladder of gen9randombattle/);
  expect(shown.join('\n')).toMatch(/\d+ model calls: \d+ tokens in \(0 cached\), \d+ out, \$0\.\d{4}/);
  expect(shown.join('\n')).toMatch(
    /^Glicko-1 of this session, opponents by their Elo .*: \d+ ± \d+; GXE [\d.]+% after 1, [\d.]+% after 2$/m,
  );
  expect(shown.filter((line) => live.includes(line))).toEqual([]);
});

describe('live lines', () => {
  const HOSTILE = [
    '鬼火強い対戦相手'.repeat(4),
    '💥🔥'.repeat(30),
    `${'e\u0301'.repeat(30)}火火`,
    '\u001b[2J\u001b[9A火',
  ];

  test('with hostile names leave nothing behind, however narrow the window', async () => {
    const screen = new Screen(31);
    const live = new LiveLines(screen.stream, true);
    for (const [index, name] of HOSTILE.entries())
      live.set(`${index}`, () => `${index} ${safeLine(name)} end`);
    live.print('first');
    expect(screen.lines.slice(0, 5).map((line) => line.slice(0, 2))).toEqual(['fi', '0 ', '1 ', '2 ', '3 ']);
    expect(screen.lines).toHaveLength(HOSTILE.length + 2);
    screen.resize(12);
    live.print('second');
    expect(screen.lines.slice(0, 2)).toEqual(['first', 'second']);
    expect(screen.lines).toHaveLength(HOSTILE.length + 3);
    live.close();
    expect(screen.lines).toEqual(['first', 'second', '']);
  });

  test('are cut to the rows of the window', () => {
    const screen = new Screen(31);
    const live = new LiveLines(screen.stream, true);
    for (let index = 0; index < 200; index++) live.set(`${index}`, () => `${index}`);
    live.print('first');
    expect(screen.lines.length).toBeLessThanOrEqual(screen.rows + 1);
    live.close();
    expect(screen.lines).toEqual(['first', '']);
  });

  test('are drawn each second while there are any, and then nothing keeps the process alive', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const screen = new Screen(31);
    const live = new LiveLines(screen.stream, true);
    let left = 60;
    live.set('battle-1', () => `${left} s`);
    const clock = (ms: number): string | undefined => {
      left -= ms / 1000;
      vi.advanceTimersByTime(ms);
      return screen.lines[0];
    };
    expect([1000, 1000, 1000].map(clock)).toEqual(['59 s', '58 s', '57 s']);
    live.close();
    expect(vi.getTimerCount()).toBe(0);

    const piped = new Screen(31);
    const plain = new LiveLines(piped.stream, false);
    plain.set('battle-1', () => '60 s');
    plain.print('first');
    vi.advanceTimersByTime(10_000);
    expect(piped.lines).toEqual(['first', '']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('go on when one of them fails', async () => {
    const screen = new Screen(31);
    const live = new LiveLines(screen.stream, true);
    live.set('battle-1', () => {
      throw new Error('no such Pokémon');
    });
    live.set('battle-2', () => 'turn 7');
    await vi.waitFor(() => expect(screen.lines).toEqual(['battle-1', 'turn 7', '']));
    live.close();
  });
});

test('server messages and default choices appear as warnings, and an answer to a search once as an error', () => {
  const screen = new Screen(COLUMNS);
  const out = {
    ...terminal(screen.stream),
    style: (style: Style, text: string) => `${String(style)}: ${text}`,
  };
  const report = new SessionReport(out, screen.stream, {
    note: out,
    player: { name: 'calc' },
    against: 'all challengers',
    battles: 1,
    form: 'lines',
  });
  report.event({ type: 'message', text: 'Read the rules.' });
  for (let times = 0; times < 3; times++) {
    report.event({ type: 'message', text: 'Due to high load, wait.', search: true });
    report.event({ type: 'waiting', reason: 'Due to high load, wait.' });
  }
  report.event({ type: 'default-chosen', battleId: 'battle-gen9ou-1', reason: 'no action is left' });
  expect(screen.lines).toEqual([
    'yellow: The server says: Read the rules.',
    'red: The server says: Due to high load, wait. Trying again.',
    'yellow: The server was left to choose: no action is left.',
    '',
  ]);
});
