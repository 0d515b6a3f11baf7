import {
  type Action,
  type MoveAction,
  type SlotAction,
  slotActions,
  type TeamAction,
} from '../battle/action.ts';
import { toId } from '../battle/generations.ts';
import type { BattleState, BoostId, PokemonState } from '../battle/state.ts';
import { findMove, findSpecies, type Move } from '../knowledge/dex.ts';
import { chart } from '../knowledge/effectiveness.ts';
import { HAZARDS } from '../knowledge/hazards.ts';
import { stageFactor } from '../knowledge/stat-stages.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import type { Agent, Decision } from './agent.ts';

/**
 * The field's standard rule-based opponent: poke-env's simple heuristics, also known as "abyssal". It uses type
 * match-ups and base stats only: it leaves lost match-ups, sets and clears hazards, sets up at full HP in a good
 * match-up, and otherwise attacks with the largest estimate. Of the historic variants this is the one in which boosts
 * and Stealth Rock work (a typo or a tracker's gap disabled them in others).
 *
 * Doubles: the same rules slot by slot, the left one first; a rule that depends on the opponent must hold against both.
 */
export const heuristicsAgent: Agent = {
  name: 'heuristics',
  async decide(turn) {
    const foes = opponents(turn.state);
    if (foes.length === 0) return { action: turn.random.pick(turn.actions) };
    return choose(turn, foes);
  },
};

/** How much an action is wanted: lists are compared from the first number on. */
type Wish = readonly number[];

/** Rules in rising order of precedence; the first number of a {@link Wish}. */
const NEVER = 0;
const STAY_IN = 1;
const ATTACK = 2;
const SETUP = 3;
const REMOVAL = 4;
const HAZARD = 5;
const SWITCH_OUT = 6;

const REMOVERS = ['rapidspin', 'defog'];

function choose(turn: DecisionContext, foes: readonly PokemonState[]): Decision {
  const wishes = new Map<SlotAction | TeamAction, Wish>();
  const slotValues = turn.request.type === 'team' ? previewValues(turn.state) : [];
  const wishOf = (part: SlotAction | TeamAction, position: number): Wish => {
    const known = wishes.get(part);
    if (known) return known;
    const wish =
      part.type === 'team' ? [ATTACK, orderValue(part, slotValues)] : slotWish(part, position, turn, foes);
    wishes.set(part, wish);
    return wish;
  };
  let best = turn.actions[0] as Action;
  let most: Wish | undefined;
  for (const action of turn.actions) {
    const wish = slotActions(action).flatMap(wishOf);
    if (most === undefined || exceeds(wish, most)) {
      best = action;
      most = wish;
    }
  }
  return { action: best, reasoning: reason(most?.[0] ?? NEVER) };
}

function exceeds(a: Wish, b: Wish): boolean {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0);
}

function reason(rule: number): string {
  switch (rule) {
    case SWITCH_OUT:
      return 'the best match-up';
    case HAZARD:
      return 'the hazard is not up yet';
    case REMOVAL:
      return 'hazards are on the own side';
    case SETUP:
      return 'healthy in a good match-up';
    default:
      return 'the largest estimate';
  }
}

function slotWish(
  action: SlotAction,
  position: number,
  turn: DecisionContext,
  foes: readonly PokemonState[],
): Wish {
  const { state } = turn;
  if (action.type === 'pass') return [NEVER, 0, 0];
  if (action.type === 'switch') {
    const incoming = state.own.pokemon.find((pokemon) => pokemon.requestSlot === action.slot);
    const forced = turn.request.type !== 'move';
    const rule = forced || shouldSwitchOut(position, turn, foes) ? SWITCH_OUT : STAY_IN;
    return [rule, incoming ? mean(foes.map((foe) => matchup(incoming, foe, state.gen))) : 0, 0];
  }
  const user = state.own.active[position];
  if (!user || (action.target !== undefined && action.target < 0)) return [NEVER, 0, 0];
  const target = action.target === undefined ? undefined : state.foe.active[action.target - 1];
  const targets = target && !target.fainted ? [target] : foes;
  // The name says more than the id (Hidden Power's type), except under Dynamax or as a Z-Move, where it is not the base
  // move's.
  const named = toId(action.name).startsWith(action.move);
  const move = findMove(state.gen, named ? action.name : action.move);
  if (!move) return [ATTACK, 0, 0];
  const [rule, value] = moveWish(move, user, targets, state);
  const [foe] = targets;
  const wantsGimmick = rule === ATTACK && foe !== undefined && wanted(action, move, { user, foe }, state);
  return [rule, value, action.gimmick === undefined ? 0 : wantsGimmick ? 1 : -1];
}

/** The rule that applies to a move, and its worth among the moves of that rule. */
function moveWish(
  move: Move,
  user: PokemonState,
  targets: readonly PokemonState[],
  state: BattleState,
): [rule: number, value: number] {
  const foesLeft = state.foe.teamSize - state.foe.fainted;
  if (HAZARDS.has(move.id) && foesLeft >= 3 && !state.foe.conditions[move.id]) return [HAZARD, 0];
  const ownLeft = state.own.teamSize - state.own.fainted;
  const hazardsUp = [...HAZARDS].some((hazard) => state.own.conditions[hazard]);
  if (REMOVERS.includes(move.id) && hazardsUp && ownLeft >= 2) return [REMOVAL, 0];
  const ahead = targets.every((foe) => matchup(user, foe, state.gen) > 0);
  if (user.hp === 1 && ahead && raisesOwnStats(move, user)) return [SETUP, 0];
  return [ATTACK, targets.reduce((sum, foe) => sum + estimate(move, user, foe, state.gen), 0)];
}

function shouldSwitchOut(position: number, turn: DecisionContext, foes: readonly PokemonState[]): boolean {
  const { state, actions } = turn;
  const user = state.own.active[position];
  if (!user) return false;
  const { atk = 0, def = 0, spa = 0, spd = 0 } = user.boosts;
  const stats = user.stats ?? baseStats(user, state.gen);
  const weakened =
    def <= -3 ||
    spd <= -3 ||
    (atk <= -3 && stats.atk >= stats.spa) ||
    (spa <= -3 && stats.spa >= stats.atk) ||
    foes.every((foe) => matchup(user, foe, state.gen) < -2);
  if (!weakened) return false;
  return actions.some((action) => {
    const part = slotActions(action)[position];
    const slot = part?.type === 'switch' ? part.slot : undefined;
    const benched = state.own.pokemon.find((pokemon) => slot !== undefined && pokemon.requestSlot === slot);
    return benched !== undefined && foes.every((foe) => matchup(benched, foe, state.gen) > 0);
  });
}

/**
 * How well `a` stands against `b`: its best type multiplier on `b`, minus the reverse, ±0.1 for base Speed, +0.4 × its
 * HP fraction − 0.4 × the opponent's.
 */
function matchup(a: PokemonState, b: PokemonState, gen: number): number {
  const speed = Math.sign(baseStats(a, gen).spe - baseStats(b, gen).spe);
  return bestMultiplier(a, b, gen) - bestMultiplier(b, a, gen) + 0.1 * speed + 0.4 * (a.hp - b.hp);
}

/** Power × STAB × stat ratio × accuracy × expected hits × type multiplier. */
function estimate(move: Move, user: PokemonState, foe: PokemonState, gen: number): number {
  if (move.basePower === 0) return 0;
  const ratio =
    move.category === 'Physical'
      ? stat(user, 'atk', gen) / stat(foe, 'def', gen)
      : stat(user, 'spa', gen) / stat(foe, 'spd', gen);
  const stab = user.types.includes(move.type) ? 1.5 : 1;
  const accuracy = move.accuracy === true ? 1 : move.accuracy / 100;
  const effectiveness = multiplier(move.type, foe.types, gen);
  return move.basePower * stab * ratio * accuracy * expectedHits(move) * effectiveness;
}

/** Hits as poke-env expects them: without Skill Link and Loaded Dice, and two to five as before generation 5. */
function expectedHits(move: Move): number {
  // Each of their three hits checks accuracy and is stronger than the one before: in units of the first.
  if (move.id === 'tripleaxel' || move.id === 'triplekick') return 1 + 2 * 0.9 + 3 * 0.81;
  if (move.multihit === undefined) return 1;
  if (typeof move.multihit === 'number') return move.multihit;
  const [least = 1, most = 1] = move.multihit;
  return least === 2 && most === 5 ? (2 + 3) / 3 + (4 + 5) / 6 : (least + most) / 2;
}

function raisesOwnStats(move: Move, user: PokemonState): boolean {
  if (!move.boosts || move.target !== 'self') return false;
  const boosts = Object.entries(move.boosts) as [BoostId, number][];
  const net = boosts.reduce((sum, [, stages]) => sum + stages, 0);
  const raised = boosts.filter(([, stages]) => stages > 0).map(([id]) => user.boosts[id] ?? 0);
  return net >= 2 && Math.min(...raised) < 6;
}

/** The user and the target of a move. */
interface Facing {
  readonly user: PokemonState;
  readonly foe: PokemonState;
}

/** Whether the move is better with the gimmick. Mega Evolution, Z-Moves and Ultra Burst are never used. */
function wanted(action: MoveAction, move: Move, { user, foe }: Facing, state: BattleState): boolean {
  if (action.gimmick === 'terastallize') return gainsFromTera(move, user, foe, state.gen);
  if (action.gimmick === 'dynamax') return gainsFromDynamax(user, foe, state);
  return false;
}

/**
 * Whether the move's multiplier on the opponent under the new type, times how well that type takes the opponent's,
 * exceeds 1.
 */
function gainsFromTera(move: Move, user: PokemonState, foe: PokemonState, gen: number): boolean {
  const { teraType } = user;
  if (teraType === undefined) return false;
  const moveType = move.id === 'terablast' ? teraType : move.type;
  const gains = foe.types.map((type) => {
    const taken = multiplier(type, [teraType], gen);
    return taken === 0 ? 8 : 1 / taken;
  });
  return multiplier(moveType, foe.types, gen) * Math.min(...gains) > 1;
}

/** Whether it is the last one at full HP, the last one left, or both are at full HP in a good match-up. */
function gainsFromDynamax(user: PokemonState, foe: PokemonState, state: BattleState): boolean {
  const healthy = state.own.pokemon.filter((pokemon) => pokemon.hp === 1).length;
  if (state.own.teamSize - state.own.fainted === 1) return true;
  if (user.hp < 1) return false;
  return healthy === 1 || (foe.hp === 1 && matchup(user, foe, state.gen) > 0);
}

/** At team preview: the mean match-up of each of our Pokémon against the whole other team, by request slot. */
function previewValues({ own, foe, gen }: BattleState): readonly number[] {
  const values: number[] = [];
  for (const pokemon of own.pokemon) {
    const { requestSlot } = pokemon;
    if (requestSlot !== undefined) {
      values[requestSlot] = mean(foe.pokemon.map((other) => matchup(pokemon, other, gen)));
    }
  }
  return values;
}

/** Highest when the best are brought, in descending order. */
function orderValue({ order }: TeamAction, slotValues: readonly number[]): number {
  return order.reduce((sum, slot, index) => sum + (slotValues[slot] ?? 0) * (order.length - index), 0);
}

/** Opponents on the field; at team preview all that were shown. */
function opponents(state: BattleState): PokemonState[] {
  const active = state.foe.active.filter((foe) => foe !== null && !foe.fainted);
  return active.length > 0 || state.turn > 0 ? (active as PokemonState[]) : [...state.foe.pokemon];
}

function bestMultiplier(attacker: PokemonState, defender: PokemonState, gen: number): number {
  return Math.max(0, ...attacker.types.map((type) => multiplier(type, defender.types, gen)));
}

function multiplier(type: string, onTypes: readonly string[], gen: number): number {
  return onTypes.reduce((product, onType) => product * chart(gen, type, onType), 1);
}

function stat(pokemon: PokemonState, id: 'atk' | 'def' | 'spa' | 'spd', gen: number): number {
  return (2 * baseStats(pokemon, gen)[id] + 36) * stageFactor(pokemon.boosts[id] ?? 0);
}

/** Base stats of a forme; those of an average Pokémon if the dex lacks it. */
function baseStats(pokemon: PokemonState, gen: number) {
  return findSpecies(gen, pokemon.species)?.baseStats ?? AVERAGE;
}

const AVERAGE = { hp: 70, atk: 75, def: 70, spa: 70, spd: 70, spe: 70 };

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
