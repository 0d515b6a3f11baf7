// The speed of the fast model of a turn beside the real simulator: copies, steps (what follows from one choice of both
// sides) and playouts through the tree a second, and how long the parts of a decision take. A playout in the simulator
// is a copy and as many steps as the tree's playouts make on average, with random choices.
//
//   npx tsx bench/search-speed.ts [battles per format, default 6] [formats]

import type { Battle } from '@pkmn/sim';
import type { ChoiceRequest } from '../src/battle/request.ts';
import type { BattleState } from '../src/battle/state.ts';
import { simulator as sim } from '../src/knowledge/simulator.ts';
import { percentile } from '../src/ledger/summary.ts';
import { CHOICES, legalChoices, mustChoose } from '../src/mechanics/choices.ts';
import { searchStateOf } from '../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../src/mechanics/search-state.ts';
import { advance } from '../src/mechanics/turn.ts';
import { SEARCH_DEFAULTS } from '../src/search/defaults.ts';
import { sampleWorlds } from '../src/search/determinization/sample-worlds.ts';
import { neuralEvaluator } from '../src/search/evaluation/evaluator.ts';
import { actionStats, ROOT } from '../src/search/mcts/nodes.ts';
import { Tree } from '../src/search/mcts/tree.ts';
import { copyBattle } from '../src/search/simulator-bridge/copy-battle.ts';
import { simulatorWorld } from '../src/search/simulator-bridge/simulator-world.ts';
import { createRandom, type Random } from '../src/util/random.ts';
import { simulate } from '../test/support/simulated-battle.ts';

interface Moment {
  readonly world: BattleState;
  readonly request: ChoiceRequest;
  readonly position: SearchState;
  readonly random: Random;
}

const battles = Number(process.argv[2] ?? 6);
const formats = (process.argv[3] ?? 'gen9randombattle,gen4randombattle,gen1randombattle').split(',');
const list = new Int8Array(CHOICES);

/** CPU time of this process in s: on a shared machine it says more than the clock. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** How often something can be done in a second of CPU time. */
function rate(times: number, act: (index: number) => void): string {
  for (let i = 0; i < times / 5; i++) act(i);
  const start = cpuSeconds();
  for (let i = 0; i < times; i++) act(i);
  const seconds = cpuSeconds() - start;
  return Math.round(times / seconds).toLocaleString('en');
}

/** Visits of everything below a node: steps that playouts made from it on. */
function stepsBelow(tree: Tree, node: number): number {
  let steps = 0;
  for (const child of tree.nodes.children(node)) steps += child.visits + stepsBelow(tree, child.index);
  return steps;
}

function step(battle: Battle): void {
  for (const side of battle.sides) if (!side.isChoiceDone()) side.autoChoose();
  battle.commitChoices();
}

function pick(p: SearchState, side: 0 | 1, random: Random): number {
  const half = p.sides[side];
  return mustChoose(p, half) ? (list[random.below(legalChoices(p, half, list))] ?? 0) : 0;
}

for (const format of formats) {
  const moments: Moment[] = [];
  const costs = { worlds: [] as number[], positions: [] as number[], evaluator: [] as number[] };
  for (let index = 0; index < battles; index++) {
    let count = 0;
    simulate({
      format,
      seed: `speed-${index}`,
      onMoment: ({ trackers, side, request }) => {
        if (side === 'p2' || request.type !== 'move' || count++ % 3 !== 0) return;
        const { state, turns } = trackers.p1;
        const random = createRandom(`${index}/${count}`);
        const t0 = performance.now();
        const worlds = sampleWorlds(state, turns, SEARCH_DEFAULTS.worlds, random);
        const t1 = performance.now();
        const positions = worlds.map((world) => searchStateOf(world, turns, 'move', random.next));
        const t2 = performance.now();
        for (const position of positions) neuralEvaluator(position);
        costs.worlds.push(t1 - t0);
        costs.positions.push(t2 - t1);
        costs.evaluator.push(performance.now() - t2);
        const [world] = worlds;
        const [position] = positions;
        if (world && position) moments.push({ world, request, position, random });
      },
    });
  }
  const at = (index: number): Moment => moments[index % moments.length] as Moment;
  const scratch = moments.map(({ position }) => position.clone());
  const of = (index: number): SearchState => scratch[index % scratch.length] as SearchState;
  const trees = moments.map(({ position }) => {
    const choices = list.slice(0, legalChoices(position, position.sides[0], list));
    const settings = { evaluator: neuralEvaluator(position), depth: SEARCH_DEFAULTS.depth };
    return new Tree(position, settings, actionStats(), choices);
  });
  const simulated = moments.map(({ world, request, random }) => simulatorWorld(world, request, [], random));
  const battle = (index: number): (typeof simulated)[number] =>
    simulated[index % simulated.length] as (typeof simulated)[number];

  const model = {
    'copies/s': rate(400_000, (i) => of(i).copyFrom(at(i).position)),
    'steps/s': rate(200_000, (i) => {
      const p = of(i);
      if (p.stage === 'over') p.copyFrom(at(i).position);
      advance(p, pick(p, 0, at(i).random), pick(p, 1, at(i).random));
    }),
    'copy and step/s': rate(200_000, (i) => {
      const p = of(i);
      p.copyFrom(at(i).position);
      advance(p, pick(p, 0, at(i).random), pick(p, 1, at(i).random));
    }),
    'playouts/s': rate(moments.length * 2000, (i) => trees[i % trees.length]?.playout()),
  };
  const playouts = trees.reduce((sum, { nodes }) => sum + nodes.node(ROOT).visits, 0);
  const depth = trees.reduce((sum, tree) => sum + stepsBelow(tree, ROOT), 0) / playouts;
  const playing = moments.map((_, index) => copyBattle(battle(index)));
  const simulator = {
    'copies/s': rate(1500, (i) => copyBattle(battle(i))),
    'steps/s': rate(600, (i) => {
      const slot = i % playing.length;
      if (playing[slot]?.ended) playing[slot] = copyBattle(battle(slot));
      step(playing[slot] as Battle);
    }),
    'copy and step/s': rate(600, (i) => step(copyBattle(battle(i)))),
    'playouts/s': rate(200, (i) => {
      const copy = copyBattle(battle(i));
      const steps = Math.floor((i + 1) * depth) - Math.floor(i * depth);
      for (let made = 0; made < steps && !copy.ended; made++) step(copy);
    }),
  };
  console.log(
    `${format}: ${moments.length} positions; a second of CPU time each; ${depth.toFixed(1)} steps a playout`,
  );
  const throughJson = {
    'copies/s': rate(150, (i) => sim.Battle.fromJSON(JSON.stringify(battle(i).toJSON()))),
  };
  console.table({ 'turn model': model, '@pkmn/sim': simulator, '@pkmn/sim through JSON': throughJson });
  const cost = (values: number[]): string =>
    `p50 ${percentile(values, 0.5)?.toFixed(2)} ms, p95 ${percentile(values, 0.95)?.toFixed(2)} ms`;
  console.log(
    `a decision with ${SEARCH_DEFAULTS.worlds} worlds: drawing them ${cost(costs.worlds)}; positions ${cost(costs.positions)}; matchups ${cost(costs.evaluator)}\n`,
  );
}
