import type { DamageRange } from './assessment.ts';
import { type Combatant, itemInEffect, maxHpOf } from './combatant.ts';
import { damageRolls, type MoveForm } from './damage-rolls.ts';
import type { Move } from './dex.ts';
import { abilityAgainst, effectivenessOf } from './effectiveness.ts';
import { fixedDamage, hpPoints } from './fixed-damage.ts';
import { type HitCounts, hitCounts } from './hit-count.ts';
import type { Setting } from './setting.ts';

/** One hypothesis: who attacks whom, and how likely that is. */
export interface Encounter {
  readonly user: Combatant;
  readonly target: Combatant;
  readonly weight: number;
}

/**
 * Damage of one use of a move over its rolls, its number of strikes and all hypotheses.
 *
 * @param encounters at least one; weights need not sum to 1
 * @param accuracy chance to hit, 0–1, part of the KO chance
 */
export function damageOf(
  setting: Setting,
  encounters: readonly Encounter[],
  move: Move,
  accuracy: number,
  form: MoveForm = 'plain',
): DamageRange {
  const total = encounters.reduce((sum, encounter) => sum + encounter.weight, 0) || 1;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  let mean = 0;
  let koChance = 0;
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { user, target, weight } of encounters) {
    const outcome = outcomeOf(setting, user, target, move, form);
    min = Math.min(min, outcome.min);
    max = Math.max(max, outcome.max);
    mean += (outcome.mean * weight) / total;
    koChance += (outcome.koChance * weight) / total;
    fewest = Math.min(fewest, outcome.hits[0]);
    most = Math.max(most, outcome.hits[1]);
  }
  return { min, max, mean, koChance: koChance * accuracy, hitsToKo: [fewest, most] };
}

interface Outcome {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Given that it hits. */
  readonly koChance: number;
  readonly hits: readonly [number, number];
}

const NOTHING: Outcome = {
  min: 0,
  max: 0,
  mean: 0,
  koChance: 0,
  hits: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
};

function outcomeOf(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  form: MoveForm,
): Outcome {
  if (effectivenessOf(setting, user, target, move) === 0) return NOTHING;
  const isPlain = form === 'plain' && !user.pokemon.volatiles.dynamax;
  const fixed = isPlain ? fixedDamage(user, target, move) : undefined;
  const strikes = fixed ? [fixed] : damageRolls(setting, user, target, move, form).strikes;
  const counted = isPlain && move.multihit && !fixed;
  const counts: HitCounts = counted ? hitCounts(setting, user, move) : [[strikes.length, 1]];
  const shielded = brokenShield(setting, user, target, move, strikes);

  const maxHp = maxHpOf(target);
  const hp = hpPoints(target);
  const least = sumOf(shielded, counts[0]?.[0] ?? 1, 0);
  const highest = sumOf(shielded, counts.at(-1)?.[0] ?? 1, -1);
  const mean = counts.reduce((sum, [hits, p]) => sum + p * meanOf(shielded, hits), 0);

  const substitute = target.pokemon.volatiles.substitute && !ignoresSubstitute(setting, user, move);
  const survives = survivesOnce(setting, user, target, move, counts) || substitute;
  const hitsNeeded = (perHit: number): number => {
    if (perHit <= 0) return Number.POSITIVE_INFINITY;
    return Math.max(survives ? 2 : 1, Math.ceil(hp / perHit));
  };
  return {
    min: least / maxHp,
    max: highest / maxHp,
    mean: mean / maxHp,
    koChance: survives ? 0 : chanceToReach(shielded, counts, hp),
    hits: [hitsNeeded(highest), hitsNeeded(least)],
  };
}

/** Sum of the lowest (0) or highest (−1) rolls of the first strikes. */
function sumOf(strikes: readonly (readonly number[])[], hits: number, roll: 0 | -1): number {
  return strikes.slice(0, hits).reduce((sum, rolls) => sum + (rolls.at(roll) ?? 0), 0);
}

function meanOf(strikes: readonly (readonly number[])[], hits: number): number {
  return strikes
    .slice(0, hits)
    .reduce((sum, rolls) => sum + rolls.reduce((a, b) => a + b, 0) / Math.max(1, rolls.length), 0);
}

/** Chance that the strikes together do at least `hp` points, all rolls independent. */
function chanceToReach(strikes: readonly (readonly number[])[], counts: HitCounts, hp: number): number {
  // Chances of the sums still short of `hp` after each strike.
  let short = new Map<number, number>([[0, 1]]);
  let chance = 0;
  let struck = 0;
  for (const [hits, probability] of counts) {
    for (; struck < hits; struck++) short = addStrike(short, strikes[struck] ?? [0], hp);
    let stillShort = 0;
    for (const p of short.values()) stillShort += p;
    chance += probability * (1 - stillShort);
  }
  return Math.min(1, Math.max(0, chance));
}

function addStrike(short: Map<number, number>, rolls: readonly number[], hp: number): Map<number, number> {
  const next = new Map<number, number>();
  for (const [sum, p] of short) {
    for (const roll of rolls) {
      const reached = sum + roll;
      if (reached < hp) next.set(reached, (next.get(reached) ?? 0) + p / rolls.length);
    }
  }
  return next;
}

/** Disguise and Ice Face take the first strike; Disguise then costs an eighth of the HP since generation 8. */
function brokenShield(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  strikes: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const ability = abilityAgainst(setting, user, target, move);
  const { name } = target.species;
  const disguised = ability === 'disguise' && /^Mimikyu(-Totem)?$/.test(name);
  const iced = ability === 'iceface' && name === 'Eiscue' && move.category === 'Physical';
  if (!disguised && !iced) return strikes;
  const cost = disguised && setting.gen >= 8 ? Math.max(1, Math.floor(maxHpOf(target) / 8)) : 0;
  return [[cost], ...strikes.slice(1)];
}

/** Focus Sash and Sturdy let a Pokémon at full health survive anything that strikes only once. */
function survivesOnce(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  counts: HitCounts,
): boolean {
  if (target.pokemon.hp < 1 || counts.some(([hits]) => hits > 1)) return false;
  const sturdy = setting.gen >= 5 && abilityAgainst(setting, user, target, move) === 'sturdy';
  return sturdy || itemInEffect(setting, target) === 'focussash';
}

function ignoresSubstitute(setting: Setting, user: Combatant, move: Move): boolean {
  return setting.gen >= 6 && (user.ability === 'infiltrator' || Boolean(move.flags.bypasssub));
}
