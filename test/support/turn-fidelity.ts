import { type Action, describeAction, toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { BattleState } from '../../src/battle/state.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { advance } from '../../src/mechanics/turn.ts';
import { choiceOf } from '../../src/search/choice-of-action.ts';
import { copyBattle } from '../../src/search/simulator-bridge/copy-battle.ts';
import { playsAsTheGame } from '../../src/search/simulator-bridge/simulated-root-turns.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import { type SimulatedBattle, simulate } from './simulated-battle.ts';
import { featuresOfBattle, featuresOfPosition } from './turn-features.ts';

/** One turn played many times by the mechanics and by the simulator, from the same state with the same choices. */
export interface ComparedTurn {
  readonly format: string;
  /** Seed of the battle: the same seed plays the same turn. */
  readonly seed: string;
  readonly turn: number;
  /** Who did what, for people. */
  readonly what: string;
  /** What took part, by kind: `move earthquake`, `ability levitate`, `item leftovers`; of both sides. */
  readonly parts: readonly string[];
  /** Mean of each feature after the turn, by the mechanics and by the simulator. */
  readonly features: ReadonlyMap<string, { readonly model: number; readonly simulator: number }>;
}

export interface FidelityOptions {
  readonly format: string;
  readonly seed: string;
  readonly battles: number;
  /** One turn in this many is compared. */
  readonly every: number;
  /** How often each plays a turn. */
  readonly plays: { readonly model: number; readonly simulator: number };
  /** Teams of a battle, by its seed; default: random ones. */
  readonly teams?: (seed: string) => Readonly<Record<'p1' | 'p2', string>>;
  /** Default: 60. */
  readonly maxTurns?: number;
}

/** Plays random battles and compares turns at which both sides move. Both sides' real teams are the world. */
export function compareTurns(options: FidelityOptions): ComparedTurn[] {
  const compared: ComparedTurn[] = [];
  for (let index = 0; index < options.battles; index++) {
    const seed = `${options.seed}-${index}`;
    let turns = 0;
    simulate({
      format: options.format,
      seed,
      maxTurns: options.maxTurns ?? 60,
      ...(options.teams ? { teams: options.teams(seed) } : {}),
      onDecision: (battle) => {
        if (battle.sim.requestState !== 'move' || turns++ % options.every !== 0) return;
        const turn = compareTurn(battle, options, seed, createRandom(`${seed}/turn-${turns}`));
        if (turn) compared.push(turn);
      },
    });
  }
  return compared;
}

function compareTurn(
  { sim, trackers }: SimulatedBattle,
  { format, plays }: FidelityOptions,
  seed: string,
  random: Random,
): ComparedTurn | undefined {
  const [p1, p2] = [trackers.p1, trackers.p2];
  const [a, b] = [asked(p1.request), asked(p2.request)];
  if (!a || !b) return undefined;
  const [own, foe] = [random.pick(legalActions(a)), random.pick(legalActions(b))];
  const world: BattleState = { ...p1.state, foe: p2.state.own };
  const mirrored: BattleState = { ...p2.state, foe: p1.state.own };
  const start = (): SearchState => {
    const p = searchStateOf(world, p1.turns, 'move', random.next);
    // The remaining length of weather and terrain is known as a range only, which is not an error of the turn.
    const { weatherState, terrainState } = sim.field;
    if (p.weatherTurns > 0) p.weatherTurns = weatherState.duration ?? p.weatherTurns;
    if (p.terrainTurns > 0) p.terrainTurns = terrainState.duration ?? p.terrainTurns;
    return p;
  };
  const choice = choiceOf(own, p1.state, start());
  const reply = choiceOf(foe, p2.state, searchStateOf(mirrored, p2.turns, 'move', random.next));
  if (choice === undefined || reply === undefined) return undefined;
  const [mine, theirs] = start().sides;
  // The search leaves these to the simulator.
  if (!playsAsTheGame(start(), mine, choice) || !playsAsTheGame(start(), theirs, reply)) return undefined;

  const model = new Map<string, number>();
  for (let i = 0; i < plays.model; i++) {
    const p = start();
    advance(p, choice, reply);
    addTo(model, featuresOfPosition(p), 1 / plays.model);
  }
  const simulator = new Map<string, number>();
  const teams = [sim.p1, sim.p2].map((side, index) => {
    const known = index === 0 ? world.own : world.foe;
    return known.pokemon.map(({ requestSlot = 0 }) => side.pokemon[requestSlot - 1]?.set);
  });
  for (let i = 0; i < plays.simulator; i++) {
    const copy = copyBattle(sim);
    copy.resetRNG(random.simSeed());
    if (!copy.choose('p1', toChoice(own)) || !copy.choose('p2', toChoice(foe))) return undefined;
    addTo(simulator, featuresOfBattle(copy, teams), 1 / plays.simulator);
  }
  return {
    format,
    seed,
    turn: world.turn,
    what: `${who(world.own)} ${describe(own)}, ${who(world.foe)} ${describe(foe)}`,
    parts: [...partsOf(world.own, own), ...partsOf(world.foe, foe)],
    features: new Map(
      [...simulator].map(([name, value]) => [name, { model: model.get(name) ?? 0, simulator: value }]),
    ),
  };
}

const asked = (request: unknown): ChoiceRequest | undefined => {
  const found = request as ChoiceRequest | undefined;
  return found?.type === 'move' ? found : undefined;
};

const who = (side: BattleState['own']): string => {
  const active = side.active[0];
  return `${active?.species}(${active?.ability}/${active?.item})`;
};

function partsOf({ active: [standing] }: BattleState['own'], action: Action): string[] {
  if (!standing) return [];
  const { ability, item } = standing;
  return [
    ...(action.type === 'move' ? [`move ${action.move}`] : []),
    ...(ability ? [`ability ${ability}`] : []),
    ...(item ? [`item ${item}`] : []),
  ];
}

const describe = (action: Action): string => describeAction(action);

function addTo(sums: Map<string, number>, values: ReadonlyMap<string, number>, weight: number): void {
  for (const [name, value] of values) sums.set(name, (sums.get(name) ?? 0) + weight * value);
}
