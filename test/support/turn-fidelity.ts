import type { Battle, Pokemon, Side } from '@pkmn/sim';
import { choiceOf } from '../../src/agent/search/choice-of-action.ts';
import { copyBattle } from '../../src/agent/search/simulator/copy-battle.ts';
import { positionOf } from '../../src/agent/search/turn-model/from-world.ts';
import type { Half, Position } from '../../src/agent/search/turn-model/position.ts';
import { advance } from '../../src/agent/search/turn-model/turn.ts';
import { type Action, describeAction, toChoice } from '../../src/battle/action.ts';
import { legalActions } from '../../src/battle/legal-actions.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { BattleState } from '../../src/battle/state.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import { type SimulatedBattle, simulate } from './simulated-battle.ts';

/** One turn played often by the turn model and by the simulator, from the same position with the same choices. */
export interface ComparedTurn {
  readonly format: string;
  readonly turn: number;
  /** Who did what, for people. */
  readonly what: string;
  /** Mean of each feature after the turn, by the model and by the simulator. */
  readonly features: ReadonlyMap<string, { readonly model: number; readonly simulator: number }>;
}

export interface FidelityOptions {
  readonly format: string;
  readonly seed: string;
  readonly battles: number;
  /** One in so many turns is compared. */
  readonly every: number;
  /** How often each plays a turn. */
  readonly plays: { readonly model: number; readonly simulator: number };
  readonly teams?: Readonly<Record<'p1' | 'p2', string>>;
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
      maxTurns: 60,
      ...(options.teams ? { teams: options.teams } : {}),
      onDecision: (battle) => {
        if (battle.sim.requestState !== 'move' || turns++ % options.every !== 0) return;
        const turn = compareTurn(battle, options, createRandom(`${seed}/turn-${turns}`));
        if (turn) compared.push(turn);
      },
    });
  }
  return compared;
}

function compareTurn(
  { sim, trackers }: SimulatedBattle,
  { format, plays }: FidelityOptions,
  random: Random,
): ComparedTurn | undefined {
  const [p1, p2] = [trackers.p1, trackers.p2];
  const [a, b] = [asked(p1.request), asked(p2.request)];
  if (!a || !b) return undefined;
  const [own, foe] = [random.pick(legalActions(a)), random.pick(legalActions(b))];
  const world: BattleState = { ...p1.state, foe: p2.state.own };
  const mirrored: BattleState = { ...p2.state, foe: p1.state.own };
  const start = (): Position => positionOf(world, p1.turns, 'move', random.next);
  const choice = choiceOf(own, p1.state, start());
  const reply = choiceOf(foe, p2.state, positionOf(mirrored, p2.turns, 'move', random.next));
  if (choice === undefined || reply === undefined) return undefined;

  const model = new Map<string, number>();
  for (let i = 0; i < plays.model; i++) {
    const p = start();
    advance(p, choice, reply);
    addTo(model, ofPosition(p), 1 / plays.model);
  }
  const simulator = new Map<string, number>();
  const order = [sim.p1, sim.p2].map((side) => side.pokemon.map(({ set }) => set));
  for (let i = 0; i < plays.simulator; i++) {
    const copy = copyBattle(sim);
    copy.resetRNG(random.simSeed());
    if (!copy.choose('p1', toChoice(own)) || !copy.choose('p2', toChoice(foe))) return undefined;
    addTo(simulator, ofBattle(copy, world, order), 1 / plays.simulator);
  }
  return {
    format,
    turn: world.turn,
    what: `${who(world.own)} ${describe(own)}, ${who(world.foe)} ${describe(foe)}`,
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

const describe = (action: Action): string => describeAction(action);

function addTo(sums: Map<string, number>, values: ReadonlyMap<string, number>, weight: number): void {
  for (const [name, value] of values) sums.set(name, (sums.get(name) ?? 0) + weight * value);
}

const STAGES = ['atk', 'def', 'spa', 'spd', 'spe', 'accuracy', 'evasion'] as const;
const STATUSES = ['brn', 'par', 'psn', 'tox', 'slp', 'frz'] as const;

function ofPosition(p: Position): Map<string, number> {
  const values = new Map<string, number>();
  for (const [side, half] of p.sides.entries()) {
    for (const { index, hp, maxHp, status } of half.fighters) {
      values.set(`hp ${side}${index}`, hp / maxHp);
      for (const id of STATUSES) values.set(`${id} ${side}${index}`, Number(hp > 0 && status === id));
    }
    ofHalf(values, side, half);
  }
  values.set('weather', Number(p.weather !== ''));
  values.set('terrain', Number(p.terrain !== ''));
  values.set('trick room', Number(p.trickRoom > 0));
  return values;
}

function ofHalf(values: Map<string, number>, side: number, half: Half): void {
  const { volatiles: v, active } = half;
  const alive = active.hp > 0;
  for (const stat of STAGES) values.set(`${stat} stage ${side}`, alive ? v[stat] : 0);
  values.set(`substitute ${side}`, Number(alive && v.substitute > 0));
  values.set(`confusion ${side}`, Number(alive && v.confusion > 0));
  values.set(`leech seed ${side}`, Number(alive && v.leechSeed > 0));
  values.set(`taunt ${side}`, Number(alive && v.taunt > 0));
  values.set(`encore ${side}`, Number(alive && v.encore > 0));
  values.set(`item ${side}`, Number(!alive || active.item !== ''));
  values.set(`stealth rock ${side}`, half.stealthRock);
  values.set(`spikes ${side}`, half.spikes);
  values.set(`toxic spikes ${side}`, half.toxicSpikes);
  values.set(`web ${side}`, half.stickyWeb);
  values.set(`reflect ${side}`, Number(half.reflect > 0));
  values.set(`light screen ${side}`, Number(half.lightScreen > 0));
  values.set(`tailwind ${side}`, Number(half.tailwind > 0));
}

function ofBattle(
  battle: Battle,
  world: BattleState,
  order: readonly (readonly Pokemon['set'][])[],
): Map<string, number> {
  const values = new Map<string, number>();
  for (const [side, half] of [battle.p1, battle.p2].entries()) {
    const known = side === 0 ? world.own : world.foe;
    for (const [index, { requestSlot = 0 }] of known.pokemon.entries()) {
      const set = order[side]?.[requestSlot - 1];
      const pokemon = half.pokemon.find((each) => each.set === set);
      if (!pokemon) continue;
      values.set(`hp ${side}${index}`, pokemon.hp / pokemon.maxhp);
      for (const id of STATUSES)
        values.set(`${id} ${side}${index}`, Number(pokemon.hp > 0 && pokemon.status === id));
    }
    ofSide(values, side, half);
  }
  values.set('weather', Number(battle.field.weather !== ''));
  values.set('terrain', Number(battle.field.terrain !== ''));
  values.set('trick room', Number(Boolean(battle.field.pseudoWeather.trickroom)));
  return values;
}

function ofSide(values: Map<string, number>, side: number, half: Side): void {
  const [active] = half.active;
  const { sideConditions } = half;
  const alive = Boolean(active && active.hp > 0);
  const volatile = (id: string): number => Number(alive && Boolean(active?.volatiles[id]));
  for (const stat of STAGES) values.set(`${stat} stage ${side}`, alive ? (active?.boosts[stat] ?? 0) : 0);
  values.set(`substitute ${side}`, volatile('substitute'));
  values.set(`confusion ${side}`, volatile('confusion'));
  values.set(`leech seed ${side}`, volatile('leechseed'));
  values.set(`taunt ${side}`, volatile('taunt'));
  values.set(`encore ${side}`, volatile('encore'));
  values.set(`item ${side}`, Number(!alive || active?.item !== ''));
  values.set(`stealth rock ${side}`, Number(Boolean(sideConditions.stealthrock)));
  values.set(`spikes ${side}`, sideConditions.spikes?.layers ?? 0);
  values.set(`toxic spikes ${side}`, sideConditions.toxicspikes?.layers ?? 0);
  values.set(`web ${side}`, Number(Boolean(sideConditions.stickyweb)));
  values.set(`reflect ${side}`, Number(Boolean(sideConditions.reflect)) || volatile('reflect'));
  values.set(`light screen ${side}`, Number(Boolean(sideConditions.lightscreen)) || volatile('lightscreen'));
  values.set(`tailwind ${side}`, Number(Boolean(sideConditions.tailwind)));
}
