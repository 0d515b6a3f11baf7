import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calcAgent } from '../src/agent/calc.ts';
import { heuristicsAgent } from '../src/agent/heuristics.ts';
import { toChoice } from '../src/battle/action.ts';
import type { DecisionContext } from '../src/memory/decision-context.ts';
import { renderPrompt } from '../src/observation/render-prompt.ts';
import { styleNames } from '../src/observation/styles.ts';
import { search } from '../src/search/search.ts';
import { createRandom } from '../src/util/random.ts';
import { inputOf } from './observation/recorded-turn.ts';
import { pokellmon } from './support/run-cli.ts';
import { simulate } from './support/simulated-battle.ts';

const DECISIONS_EACH = 23;
const PLAYOUTS = 60;

/** Every so many decisions of random players, from as many battles as it takes. */
function someTurns(format: string): readonly DecisionContext[] {
  const turns: DecisionContext[] = [];
  for (let battle = 0; turns.length < DECISIONS_EACH; battle++) {
    const battleId = `recorded-${format}-${battle}`;
    let moment = 0;
    simulate({
      format,
      seed: battleId,
      onMoment: ({ side, request, actions, trackers }) => {
        if (moment++ % 7 !== 3 || turns.length >= DECISIONS_EACH || actions.length < 2) return;
        const { state, turns: past } = trackers[side];
        const memory = { turns: [...past], decisions: [] };
        const random = createRandom(`${battleId}-${moment}`);
        turns.push({ battleId, request, actions, state, memory, clock: { turnMs: 1e9 }, random });
      },
    });
  }
  return turns;
}

/** The agents' decisions on a turn, and the hashes of its prompts. */
async function decided(turn: DecisionContext): Promise<object> {
  const { state } = turn;
  const signal = new AbortController().signal;
  const found = await search(turn, { playouts: PLAYOUTS, worlds: 2 });
  const calc = await calcAgent.decide(turn, signal);
  const heuristics = await heuristicsAgent.decide(turn, signal);
  const input = inputOf(turn);
  return {
    battle: turn.battleId,
    turn: state.turn,
    side: state.side,
    search: found && {
      value: found.value,
      actions: found.actions.map(({ action, share, value }) => [toChoice(action), share, value]),
    },
    calc: calc.scores?.map(({ choice, score }) => [choice, score]) ?? toChoice(calc.action),
    heuristics: toChoice(heuristics.action),
    prompts: styleNames().map((style) => renderPrompt(style, input).hash),
  };
}

describe('recorded decisions', () => {
  // Moves and renames must not change any of them. After an intended change, record them again: `npx vitest run
  // test/recorded-decisions.test.ts -u`.
  it.each(['1', '2', '3', '4', '5', '6', '7', '8', '9'])(
    'are made in generation %s as before',
    async (gen) => {
      const lines: string[] = [];
      for (const turn of someTurns(`gen${gen}randombattle`)) lines.push(JSON.stringify(await decided(turn)));
      await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`fixtures/decisions/gen${gen}.jsonl`);
    },
  );

  it('fill a ledger like the sample in replays', async () => {
    const out = mkdtempSync(join(tmpdir(), 'pokellmon-sample-'));
    const options = ['--agent', 'calc', '--opponent', 'heuristics', '--seed', '12', '--out', out];
    expect((await pokellmon(['battle', ...options])).code).toBe(0);
    const sample = new URL('../replays/samples/calc-heuristics/', import.meta.url).pathname;
    const read = (folder: string): readonly string[] =>
      readFileSync(join(folder, 'decisions.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.stringify({ ...JSON.parse(line), timing: undefined }));
    expect(read(join(out, 'gen9randombattle-12-1'))).toEqual(read(sample));
    rmSync(out, { recursive: true });
  });
});
