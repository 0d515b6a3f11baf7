// What a turn's knowledge costs: every part of TurnAssessment computed, over the turns of simulated games.
// npx tsx bench/knowledge.ts [battles] [format]
import { performance } from 'node:perf_hooks';
import type { BattleState } from '../src/battle/state.ts';
import type { BattleTracker } from '../src/battle/tracker.ts';
import { assessTurn } from '../src/knowledge/assess-turn.ts';
import type { Pairing } from '../src/knowledge/assessment.ts';
import { simulate } from '../test/support/simulated-battle.ts';

const battles = Number(process.argv[2] ?? 40);
const format = process.argv[3] ?? 'gen9randombattle';

/** Works out everything and returns how many moves were assessed. */
function force(tracker: BattleTracker, state: BattleState): number {
  const { pairings, switches, likelySets } = assessTurn(state, tracker.turns);
  const all: readonly Pairing[] = [...pairings, ...switches.flatMap((change) => change.pairings)];
  let moves = likelySets.size;
  for (const { ownMoves, ownMovesTera, foeMoves, foeMovesOnTera, speed } of all) {
    moves += ownMoves.length + foeMoves.length + (ownMovesTera?.length ?? 0) + (foeMovesOnTera?.length ?? 0);
    moves += speed.ownFirst >= 0 ? 0 : 1;
  }
  return moves;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const times: number[] = [];
let moves = 0;
for (let i = 0; i < battles; i++) {
  simulate({
    format,
    seed: `bench/knowledge/${i}`,
    onDecision: ({ trackers }) => {
      const { state } = trackers.p1;
      const start = performance.now();
      moves += force(trackers.p1, state);
      times.push(performance.now() - start);
    },
  });
}
times.sort((a, b) => a - b);
const cell = (value: number): string => `${value.toFixed(2)} ms`.padStart(10);
console.log(`knowledge of a turn, all of it forced (${format}, ${battles} battles, ${times.length} turns)`);
console.log(`  moves assessed a turn ${(moves / times.length).toFixed(0).padStart(8)}`);
console.log(`  p50 ${cell(percentile(times, 0.5))}`);
console.log(`  p95 ${cell(percentile(times, 0.95))}`);
console.log(`  max ${cell(times.at(-1) ?? Number.NaN)}`);
console.log(`  mean${cell(times.reduce((a, b) => a + b, 0) / times.length)}`);
