// How far the chance to win moves between searches that differ in their luck alone, mostly in their guesses at what the
// opponent hides: the standard deviation over searches of the same position with other seeds.
//
//   npx tsx bench/search-spread.ts [--efforts 3400/4,34000/40] [--positions 16] [--repeats 6] [--format gen9randombattle] [--seed spread]
//
// An effort is a number of playouts and of worlds: by default what 100 ms and 1,000 ms allow on a quiet machine.
import { parseArgs } from 'node:util';
import type { DecisionContext } from '../src/memory/decision-context.ts';
import { search } from '../src/search/search.ts';
import { createRandom } from '../src/util/random.ts';
import { simulate } from '../test/support/simulated-battle.ts';
import { mean } from './support/mean.ts';

const { values } = parseArgs({
  options: {
    efforts: { type: 'string', default: '3400/4,34000/40' },
    positions: { type: 'string', default: '16' },
    repeats: { type: 'string', default: '6' },
    format: { type: 'string', default: 'gen9randombattle' },
    seed: { type: 'string', default: 'spread' },
  },
});
/** One turn of a battle is searched: what is hidden differs most there. */
const TURNS = [2, 5, 8, 12];

const turns: DecisionContext[] = [];
for (let battle = 0; turns.length < Number(values.positions); battle++) {
  const wanted = TURNS[battle % TURNS.length] ?? 1;
  simulate({
    format: values.format,
    seed: `${values.seed}-${battle}`,
    maxTurns: wanted,
    // Moves mostly, so that both sides get somewhere.
    choose: ({ actions, random }) => {
      const moves = actions.filter(({ type }) => type === 'move');
      return random.pick(moves.length > 0 && random.below(6) > 0 ? moves : actions);
    },
    onMoment: ({ side, request, actions, trackers, random }) => {
      const { state, turns: past } = trackers[side];
      if (side !== 'p1' || request.type !== 'move' || actions.length < 2 || state.turn !== wanted) return;
      if (turns.length >= Number(values.positions) || state.gameType !== 'singles') return;
      const memory = { turns: [...past], decisions: [] };
      turns.push({ battleId: values.seed, request, actions, state, memory, clock: { turnMs: 1e9 }, random });
    },
  });
}

for (const effort of values.efforts.split(',')) {
  const [playouts = 3400, worlds = 4] = effort.split('/').map(Number);
  const spreads: number[] = [];
  const agreed: number[] = [];
  for (const [index, turn] of turns.entries()) {
    const found: number[] = [];
    const chosen = new Map<string, number>();
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      const random = createRandom(`${values.seed}/${index}/${repeat}`);
      const result = await search({ ...turn, random }, { playouts, worlds });
      if (!result) continue;
      found.push(result.value);
      const best = JSON.stringify(result.actions[0]?.action);
      chosen.set(best, (chosen.get(best) ?? 0) + 1);
    }
    const centre = mean(found);
    spreads.push(found.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (found.length - 1));
    agreed.push(Math.max(...chosen.values()) / found.length);
  }
  const deviation = Math.sqrt(mean(spreads));
  console.log(
    `${values.format}, ${turns.length} positions, ${values.repeats} searches each of ${playouts} playouts in ${worlds} worlds: ` +
      `standard deviation of the chance to win ${(100 * deviation).toFixed(1)} points, ` +
      `the same action in ${(100 * mean(agreed)).toFixed(0)}%`,
  );
}
