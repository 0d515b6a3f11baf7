// What one decision costs apart from the model: state, knowledge, prompt, and a vote of three by a model that answers at
// once; p50 and p95 in ms over the turns of real battles.
//
//   npx tsx bench/turn.ts [battles, default 20] [format, default gen9randombattle]
import type { Agent } from '../src/agent/agent.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { heuristicsAgent } from '../src/agent/heuristics.ts';
import { createLLMAgent } from '../src/agent/llm/llm-agent.ts';
import { playMatch } from '../src/arena/match.ts';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { percentile } from '../src/ledger/summary.ts';
import { scriptedModel } from '../src/model/scripted.ts';
import { renderPrompt } from '../src/observation/render-prompt.ts';

const battles = Number(process.argv[2] ?? 20);
const format = process.argv[3] ?? 'gen9randombattle';

const costs = new Map<string, number[]>();
function measure<T>(what: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  const list = costs.get(what) ?? [];
  costs.set(what, list);
  list.push(performance.now() - start);
  return result;
}

const voter = createLLMAgent({
  model: scriptedModel(() => '{"reason": "", "choice": 1}'),
  strategy: 'self-consistency',
  promptStyle: 'grounded',
  votes: 3,
  fallback: calcAgent,
});

/** Plays like calc, and measures on the way the cost of every part of a decision on first use. */
const measured: Agent = {
  name: 'measured',
  async decide(turn, signal) {
    const state = measure('state', () => turn.state);
    const assessment = measure('knowledge', () => {
      const all = assessTurn(state, turn.memory.turns);
      for (const { pairings } of [all, ...all.switches]) {
        for (const pairing of pairings)
          void [pairing.ownMoves, pairing.foeMoves, pairing.ownMovesTera, pairing.speed];
      }
      return all;
    });
    const { request, actions, memory } = turn;
    for (const style of ['grounded', 'compact']) {
      measure(`prompt ${style}`, () =>
        renderPrompt(style, { state, request, actions, memory, assessment, question: { kind: 'reasoned' } }),
      );
    }
    const start = performance.now();
    await voter.decide(turn, signal);
    costs.set('vote (prompt and parsing included)', [
      ...(costs.get('vote (prompt and parsing included)') ?? []),
      performance.now() - start,
    ]);
    return calcAgent.decide(turn, signal);
  },
};

for (let index = 0; index < battles; index++) {
  await playMatch({
    battleId: `turn-${index}`,
    format,
    seed: `turn-${index}`,
    players: {
      p1: { agent: measured, name: 'measured' },
      p2: { agent: heuristicsAgent, name: 'heuristics' },
    },
    fallback: calcAgent,
    turnMs: 60_000,
  });
  // The first battle loads and compiles everything.
  if (index === 0) costs.clear();
}

const rows = [...costs].map(([what, values]) => [
  what,
  {
    decisions: values.length,
    'p50 ms': percentile(values, 0.5)?.toFixed(2),
    'p95 ms': percentile(values, 0.95)?.toFixed(2),
  },
]);
console.log(`${format}, ${battles} battles`);
console.table(Object.fromEntries(rows));
