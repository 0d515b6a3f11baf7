// What the simulator costs a search: copies a second (by structure, and through JSON), simulated turns a second, and
// building a battle from a world.
//
//   npx tsx bench/search-simulator.ts [formats, default gen9randombattle gen4randombattle gen1randombattle]
import type { Battle } from '@pkmn/sim';
import { copyBattle } from '../src/agent/search/simulator/copy-battle.ts';
import { simulatorWorld } from '../src/agent/search/simulator/simulator-world.ts';
import { sampleWorlds } from '../src/agent/search/worlds/sample-worlds.ts';
import type { TurnEvents } from '../src/battle/event.ts';
import type { ChoiceRequest } from '../src/battle/request.ts';
import type { BattleState } from '../src/battle/state.ts';
import { simulator } from '../src/knowledge/simulator.ts';
import { createRandom } from '../src/util/random.ts';
import { simulate } from '../test/support/simulated-battle.ts';

interface Moment {
  readonly state: BattleState;
  readonly request: ChoiceRequest;
  readonly turns: readonly TurnEvents[];
}

/** Moments of some battles at which p1 is asked for a move. */
function momentsOf(format: string): readonly Moment[] {
  const moments: Moment[] = [];
  for (let battle = 0; battle < 5; battle++) {
    simulate({
      format,
      seed: `bench-${battle}`,
      maxTurns: 40,
      choose({ request, side, trackers, actions, random }) {
        if (side === 'p1' && request.type === 'move' && random.below(4) === 0) {
          const { state, turns } = trackers.p1;
          moments.push({ state, request, turns: [...turns] });
        }
        return random.pick(actions);
      },
    });
  }
  return moments;
}

/** Runs of some work in a second, after a second of warming up. */
function rate(work: () => void): number {
  const runFor = (ms: number): number => {
    const start = performance.now();
    let runs = 0;
    while (performance.now() - start < ms) {
      work();
      runs++;
    }
    return (runs * 1000) / (performance.now() - start);
  };
  runFor(1000);
  return runFor(2000);
}

const formats = process.argv.slice(2);
const rows: Record<string, Record<string, number>> = {};
for (const format of formats.length > 0
  ? formats
  : ['gen9randombattle', 'gen4randombattle', 'gen1randombattle']) {
  const random = createRandom(format);
  const moments = momentsOf(format);
  const built = moments.flatMap(({ state, request, turns }) =>
    sampleWorlds(state, turns, 1, random).map((world) => ({ world, request, turns })),
  );
  const battles: readonly Battle[] = built.map(({ world, request, turns }) =>
    simulatorWorld(world, request, turns, random),
  );
  rows[format] = {
    'worlds built/s': rate(() => {
      const { world, request, turns } = random.pick(built);
      simulatorWorld(world, request, turns, random);
    }),
    'copies/s': rate(() => copyBattle(random.pick(battles))),
    'JSON copies/s': rate(() => simulator.Battle.fromJSON(JSON.stringify(random.pick(battles).toJSON()))),
    'copied and played turns/s': rate(() => copyBattle(random.pick(battles)).makeChoices()),
  };
}
for (const row of Object.values(rows)) for (const key in row) row[key] = Math.round(row[key] ?? 0);
console.table(rows);
