// The cost of sampling three worlds at the decisions of real battles, in ms, after the assessment that it shares with
// every agent.
//
//   npx tsx bench/search-worlds.ts [battles, default 10] [formats, default the random battles of gens 9, 4 and 1]

import type { Agent } from '../src/agent/agent.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { playMatch } from '../src/arena/match.ts';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import { percentile } from '../src/ledger/summary.ts';
import { sampleWorlds } from '../src/search/determinization/sample-worlds.ts';
import { createRandom } from '../src/util/random.ts';

const [battles = '10', ...formats] = process.argv.slice(2);

for (const format of formats.length > 0
  ? formats
  : ['gen9randombattle', 'gen4randombattle', 'gen1randombattle']) {
  const random = createRandom(format);
  const shared: number[] = [];
  const sampled: number[] = [];
  const timed = (list: number[], work: () => unknown): void => {
    const start = performance.now();
    work();
    list.push(performance.now() - start);
  };
  const measured: Agent = {
    name: 'measured',
    decide(turn, signal) {
      const { turns } = turn.memory;
      timed(shared, () => assessTurn(turn.state, turns).likelySets);
      timed(sampled, () => sampleWorlds(turn.state, turns, 3, random));
      return calcAgent.decide(turn, signal);
    },
  };
  for (let battle = 0; battle < Number(battles); battle++) {
    await playMatch({
      battleId: `worlds-${battle}`,
      format,
      seed: `worlds-${battle}`,
      players: { p1: { agent: measured, name: 'measured' }, p2: { agent: calcAgent, name: 'calc' } },
      fallback: calcAgent,
      turnMs: 60_000,
    });
  }
  for (const [what, list] of [
    ['3 worlds', sampled],
    ['likely sets', shared],
  ] as const) {
    const [p50 = 0, p95 = 0, most = 0] = [0.5, 0.95, 1].map((share) => percentile(list, share));
    console.log(
      `${format}, ${list.length} decisions, ${what}: p50 ${p50.toFixed(2)} p95 ${p95.toFixed(2)} max ${most.toFixed(1)} ms`,
    );
  }
}
