import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calcAgent } from '../../../src/agent/calc.ts';
import { createLLMAgent } from '../../../src/agent/llm/llm-agent.ts';
import type { StrategyName } from '../../../src/agent/llm/strategy-names.ts';
import { maxPowerAgent } from '../../../src/agent/max-power.ts';
import { playSeries } from '../../../src/arena/series.ts';
import { openBattleLedger } from '../../../src/ledger/battle-ledger.ts';
import { parseDecisions } from '../../../src/ledger/read-decisions.ts';
import type { GenerateRequest, LanguageModel } from '../../../src/model/language-model.ts';
import { recordModel } from '../../../src/model/recorder.ts';
import { replayModel } from '../../../src/model/replay.ts';
import { type ScriptedAnswer, scriptedModel } from '../../../src/model/scripted.ts';
import { ModelError } from '../../../src/util/errors.ts';
import { createRandom } from '../../../src/util/random.ts';
import { savedBattles } from '../../support/saved-battles.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'pokellmon-same-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Its answer depends on the request and the sample's seed only; some answers are unusable. */
function answer({ messages, seed, jsonSchema }: GenerateRequest): ScriptedAnswer {
  const hash = createHash('sha256')
    .update(JSON.stringify([messages, seed]))
    .digest();
  const choice = 1 + ((hash[0] ?? 0) % 6);
  if ((hash[1] ?? 0) < 10) return new ModelError('server-error', 'the server is down');
  if ((hash[1] ?? 0) < 20) return 'I would rather not say.';
  if (jsonSchema?.name !== 'proposals') return JSON.stringify({ reason: `because of ${hash[2]}`, choice });
  return JSON.stringify({ candidates: [1, 2, 3].map((number) => ({ choice: number, reason: 'good' })) });
}

interface Series {
  readonly model: LanguageModel;
  readonly strategy?: StrategyName;
  readonly votes?: number;
  readonly battles?: number;
  readonly concurrency?: number;
}

let series = 0;

/** Plays battles against max-power and returns what they left on disk. */
async function play({
  model,
  strategy = 'self-consistency',
  votes = 5,
  battles = 1,
  concurrency = 1,
}: Series) {
  const folder = join(out, String(++series));
  const agent = createLLMAgent({
    model,
    strategy,
    votes,
    promptStyle: 'grounded',
    fallback: calcAgent,
    name: 'llm',
  });
  await playSeries({
    entrants: [{ agent }, { agent: maxPowerAgent }],
    format: 'gen9randombattle',
    seed: 'same',
    battles,
    concurrency,
    turnMs: 60_000,
    fallback: calcAgent,
    follow: ({ id, seed, players }) => {
      const player = (side: 'p1' | 'p2') => ({ name: players[side].name, agent: players[side].agent.name });
      const info = {
        id,
        format: 'gen9randombattle',
        seed,
        players: { p1: player('p1'), p2: player('p2') },
        versions: {},
      };
      return { ledger: openBattleLedger(folder, info) };
    },
  });
  return savedBattles(folder);
}

/** All decisions of a model in some battles. */
function decisions(battles: ReadonlyMap<string, string>) {
  const lines = [...battles].flatMap(([file, text]) =>
    file.endsWith('decisions.jsonl') ? text.split('\n') : [],
  );
  const { records } = parseDecisions(
    lines.map((line) => JSON.stringify({ ...JSON.parse(line), timing: { latencyMs: 0, turnMs: 0 } })),
  );
  return records.filter(({ agent, legalActions }) => agent === 'llm' && legalActions > 1);
}

describe('the same seed gives the same battles, prompts, votes and decisions, byte for byte', () => {
  it.each([
    ['self-consistency', 5, 1],
    ['self-consistency', 3, 1],
    ['self-consistency', 5, 16],
    ['tree-of-thought', 3, 1],
    ['chain-of-thought', 1, 1],
  ] as const)('%s with %i votes, %i samples per call', async (strategy, votes, samplesPerCall) => {
    const once = () =>
      play({ model: scriptedModel(answer, { capabilities: { samplesPerCall } }), strategy, votes });
    const [first, second] = [await once(), await once()];
    expect([...first.keys()]).toEqual(
      ['battle.json', 'battle.log', 'decisions.jsonl', 'p1.log', 'p2.log', 'replay.json'].map(
        (file) => `gen9randombattle-same-1/${file}`,
      ),
    );
    expect(second).toEqual(first);
    const made = decisions(first);
    expect(made.length).toBeGreaterThan(10);
    for (const { prompt } of made) expect(prompt?.messages.length).toBeGreaterThan(1);
    if (strategy !== 'self-consistency') return;
    expect(made.some(({ votes: cast = [] }) => cast.length === votes)).toBe(true);
    expect(made.some(({ votes: cast = [] }) => cast.some(({ abstained }) => abstained))).toBe(true);
  });

  it('however many battles are played at the same time', async () => {
    const model = () => scriptedModel(answer, { capabilities: { samplesPerCall: 1 } });
    const alone = await play({ model: model(), battles: 3, concurrency: 1 });
    const together = await play({ model: model(), battles: 3, concurrency: 3 });
    expect(together).toEqual(alone);
  });

  it('and in whatever order the votes arrive, although which of them are waited for depends on time', async () => {
    const runs = [];
    for (const run of ['one', 'two']) {
      const delays = createRandom(run);
      const model = scriptedModel(
        (request) => {
          const text = answer(request);
          return typeof text === 'string' ? { text, delayMs: delays.below(4) } : text;
        },
        { capabilities: { samplesPerCall: 1 } },
      );
      const battles = await play({ model, votes: 3 });
      const made = decisions(battles).map(({ choice, prompt }) => ({ choice, prompt }));
      const logs = [...battles].filter(([file]) => /\.log$|replay\.json$/.test(file));
      expect(logs).toHaveLength(4);
      runs.push({ made, logs });
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it('and a recording reproduces them without the model', async () => {
    const recording = join(out, 'recording.jsonl');
    const model = scriptedModel(answer, { capabilities: { samplesPerCall: 1 } });
    const recorded = await play({ model: recordModel(model, recording) });
    const asked = model.requests.length;
    const replayed = await play({ model: replayModel(recording) });
    expect(asked).toBeGreaterThan(50);
    expect(model.requests).toHaveLength(asked);
    expect(replayed).toEqual(recorded);
    expect(decisions(recorded).some(({ fallback }) => !fallback)).toBe(true);
  });
});
