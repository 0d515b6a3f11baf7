import type { Gimmick } from '../battle/action.ts';
import type { PokemonState } from '../battle/state.ts';
import { accuracyNow } from './accuracy.ts';
import type { MoveAssessment } from './assessment.ts';
import { asItAttacks, type Combatant, foeCombatant, originalOf } from './combatant.ts';
import { damageOf, type Encounter } from './damage.ts';
import { damageRolls } from './damage-rolls.ts';
import { findMove, type Move } from './dex.ts';
import { effectivenessOf, hasFixedDamage } from './effectiveness.ts';
import { failsNow } from './fails-now.ts';
import type { LikelySets } from './likely-sets.ts';
import { moveCategoryNow } from './move-category.ts';
import type { MoveForm } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import { otherBuilds } from './other-builds.ts';
import { priorityNow } from './priority.ts';
import { awayChance, hidingPlace } from './semi-invulnerable.ts';
import type { Setting } from './setting.ts';

/** A hypothesis about an opponent's Pokémon: all sets that differ in their moves only. */
export interface Hypothesis {
  readonly combatant: Combatant;
  readonly weight: number;
  /** Total weight of its sets that contain a move, by move id. */
  readonly moveWeights: ReadonlyMap<string, number>;
}

/** Number of hypotheses considered for one assessment; less likely ones are left out. */
const MOST_HYPOTHESES = 4;
/** A hypothesis less likely than this does not widen a range. */
const LEAST_SHARE = 0.02;
/** Moves less likely than this are left out. */
const LEAST_PROBABILITY = 0.02;
const MOST_MOVES = 12;

/** The opponent's likely sets as hypotheses, most likely first; then builds that none of the sets has. */
export function hypothesesOf(
  setting: Setting,
  pokemon: PokemonState,
  likely: LikelySets,
): readonly Hypothesis[] {
  const groups = new Map<
    string,
    { combatant: Combatant; weight: number; moveWeights: Map<string, number> }
  >();
  for (const set of likely.sets) {
    const key = [
      set.item,
      set.ability,
      set.nature,
      ...Object.values(set.evs),
      ...Object.values(set.ivs),
    ].join();
    let group = groups.get(key);
    if (!group) {
      group = { combatant: foeCombatant(setting, pokemon, set), weight: 0, moveWeights: new Map() };
      groups.set(key, group);
    }
    group.weight += set.weight;
    for (const move of set.moves) {
      group.moveWeights.set(move, (group.moveWeights.get(move) ?? 0) + set.weight);
    }
  }
  const others = otherBuilds(setting.gen, likely).map((set) => ({
    combatant: foeCombatant(setting, pokemon, set),
    weight: set.weight,
    moveWeights: new Map<string, number>(),
  }));
  return [...[...groups.values()].sort((a, b) => b.weight - a.weight), ...others];
}

/** One of our Pokémon against everything that an opponent's Pokémon may be. */
export interface Sides {
  readonly setting: Setting;
  readonly own: Combatant;
  readonly foes: readonly Hypothesis[];
}

/** Our moves against the opponent, in the order of the Pokémon's moves. */
export function assessOwnMoves({ setting, own, foes }: Sides, gimmick?: Gimmick): readonly MoveAssessment[] {
  const targets = likeliest(foes);
  const form = gimmick === 'zmove' ? 'zmove' : 'plain';
  return own.pokemon.moves.flatMap(({ id, power = '' }) => {
    const move = findMove(setting.gen, `${id}${power}`);
    if (!move) return [];
    const encounters = targets.map(({ combatant, weight }) => ({ user: own, target: combatant, weight }));
    return assess(setting, encounters, { id, move, probability: 1, form });
  });
}

/** Moves that a Pokémon can use now, with the chance that it has each. */
export type UsableMoves = readonly (readonly [id: string, probability: number])[];

/** The opponent's known and likely moves against one of our Pokémon, most likely first. */
export function assessFoeMoves(
  { setting, own, foes }: Sides,
  usable: UsableMoves,
): readonly MoveAssessment[] {
  const copied = Boolean(foes[0]?.combatant.pokemon.volatiles.transform);
  const moves = usable.filter(([, p]) => p >= LEAST_PROBABILITY).slice(0, MOST_MOVES);
  const inSets = new Set(foes.flatMap(({ moveWeights }) => [...moveWeights.keys()]));
  return moves.flatMap(([id, probability]) => {
    const move = findMove(setting.gen, id);
    if (!move) return [];
    const users = likeliest(
      foes
        .map((hypothesis) => ({
          ...hypothesis,
          // Any of the sets may have a move that no set lists.
          weight: copied || !inSets.has(id) ? hypothesis.weight : (hypothesis.moveWeights.get(id) ?? 0),
        }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => b.weight - a.weight),
    );
    const encounters = users.map(({ combatant, weight }) => ({ user: combatant, target: own, weight }));
    return assess(setting, encounters, { id, move, probability, form: 'plain' });
  });
}

/** The most likely few of some hypotheses. */
function likeliest<T extends { readonly weight: number }>(hypotheses: readonly T[]): readonly T[] {
  const total = hypotheses.reduce((sum, { weight }) => sum + weight, 0);
  return hypotheses.slice(0, MOST_HYPOTHESES).filter(({ weight }) => weight >= LEAST_SHARE * total);
}

/** A transformed Pokémon has the moves of the one it copied. */
export function copiedMoves(setting: Setting, pokemon: PokemonState): UsableMoves | undefined {
  if (!pokemon.volatiles.transform) return undefined;
  const original = originalOf(setting, pokemon);
  return original?.moves.map(({ id }) => [id, 1] as const);
}

/** A move that its user may have, and the form in which it would be used. */
interface PossibleMove {
  /** Its id in requests and logs. */
  readonly id: string;
  readonly move: Move;
  readonly probability: number;
  readonly form: MoveForm;
}

function assess(
  setting: Setting,
  met: readonly Encounter[],
  { id, move, probability, form }: PossibleMove,
): readonly MoveAssessment[] {
  const isStatus = move.category === 'Status';
  const encounters = isStatus ? met : met.map((one) => ({ ...one, user: asItAttacks(one.user) }));
  const [likeliest] = encounters;
  if (!likeliest) return [];
  const { user, target } = likeliest;
  const powered = (form === 'zmove' && !isStatus) || Boolean(user.pokemon.volatiles.dynamax);
  const formula = !isStatus && !hasFixedDamage(move);
  const rolls = formula || powered ? damageRolls({ setting, user, target, move, form }) : undefined;
  const place = hidingPlace(target);
  const used = powered ? { ...move, id: '' as Move['id'] } : move;
  const away = awayChance(setting, user, target, used);
  const accuracy = powered ? 1 - away : meanAccuracy(setting, encounters, move);
  return [
    {
      move: id,
      name: rolls?.name ?? move.name,
      type: moveTypeNow(setting, user, move),
      category: moveCategoryNow(setting, user, move),
      basePower: rolls?.basePower ?? move.basePower,
      priority: priorityNow(setting, user, move, form),
      accuracy,
      // Under Dynamax status moves become Max Guard.
      effectiveness:
        user.pokemon.volatiles.dynamax && isStatus
          ? 1
          : effectivenessOf({ setting, user, target, move, form }),
      ...(isStatus ? {} : { damage: damageOf(setting, encounters, { move, form }, accuracy) }),
      ...(place && away > 0 ? { targetAway: place } : {}),
      probability: Math.min(1, probability),
    },
  ];
}

function meanAccuracy(setting: Setting, encounters: readonly Encounter[], move: Move): number {
  let sum = 0;
  let total = 0;
  for (const { user, target, weight } of encounters) {
    const chance = failsNow(setting, user, target, move) ? 0 : accuracyNow(setting, user, target, move);
    sum += chance * weight;
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}
