import type { DamageRange } from './assessment.ts';
import { type Combatant, itemInEffect, maxHpOf } from './combatant.ts';
import type { Move } from './dex.ts';
import { abilityAgainst, effectivenessOf } from './effectiveness.ts';
import { fixedStrikes, possibleHp } from './fixed-damage.ts';
import { type HitCounts, hitCounts } from './hit-count.ts';
import { isPlainUse, type MoveUse } from './move-form.ts';
import type { Setting } from './setting.ts';
import { certainStrikes, NO_STRIKE, type Strike, strikeOf, strikesOf } from './strikes.ts';

/** One hypothesis: attacker and target, and how likely they are. */
export interface Encounter {
  readonly user: Combatant;
  readonly target: Combatant;
  readonly weight: number;
}

/**
 * Damage of one use of a move over its rolls, its number of hits and all hypotheses.
 *
 * @param encounters at least one; weights need not sum to 1
 * @param accuracy chance to hit, 0–1, part of the KO chance
 */
export function damageOf(
  setting: Setting,
  encounters: readonly Encounter[],
  used: Omit<MoveUse, 'setting' | 'user' | 'target'>,
  accuracy: number,
): DamageRange {
  const total = encounters.reduce((sum, encounter) => sum + encounter.weight, 0) || 1;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  let mean = 0;
  let koChance = 0;
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  let crit: Outcome['crit'];
  for (const { user, target, weight } of encounters) {
    const outcome = outcomeOf({ setting, user, target, ...used });
    crit = widened(crit, outcome.crit, weight / total);
    min = Math.min(min, outcome.min);
    max = Math.max(max, outcome.max);
    mean += (outcome.mean * weight) / total;
    koChance += (outcome.koChance * weight) / total;
    fewest = Math.min(fewest, outcome.hits[0]);
    most = Math.max(most, outcome.hits[1]);
  }
  return {
    ...{ min, max, mean, koChance: koChance * accuracy, hitsToKo: [fewest, most] },
    ...(crit ? { crit } : {}),
  };
}

/** The range of critical hits over several hypotheses, each with its share. */
function widened(sofar: Outcome['crit'], next: Outcome['crit'], share: number): Outcome['crit'] {
  if (!next) return sofar;
  const { chance, min, max } = sofar ?? { chance: 0, min: next.min, max: next.max };
  return {
    chance: chance + next.chance * share,
    min: Math.min(min, next.min),
    max: Math.max(max, next.max),
  };
}

interface Outcome {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Given that it hits. */
  readonly koChance: number;
  readonly hits: readonly [number, number];
  readonly crit?: NonNullable<DamageRange['crit']>;
}

const NOTHING: Outcome = {
  min: 0,
  max: 0,
  mean: 0,
  koChance: 0,
  hits: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
};

function outcomeOf(use: MoveUse): Outcome {
  if (effectivenessOf(use) === 0) return NOTHING;
  const { setting, user, target, move } = use;
  const isPlain = isPlainUse(use);
  const fixed = isPlain ? fixedStrikes(setting.gen, user, target, move) : undefined;
  const { strikes, crit } = fixed ? certainStrikes(fixed) : strikesOf(use);
  const counted = isPlain && move.multihit && !fixed;
  const counts: HitCounts = counted ? hitCounts(setting, user, target, move) : [[strikes.length, 1]];
  const shielded = brokenShield(use, strikes);

  const maxHp = maxHpOf(target);
  const [leastHp, mostHp] = possibleHp(target);
  const [fewest, most] = [counts[0]?.[0] ?? 1, counts.at(-1)?.[0] ?? 1];
  const least = sumOf(shielded, fewest, ({ least }) => least);
  const highest = sumOf(shielded, most, ({ most }) => most);
  const mean = counts.reduce((sum, [hits, p]) => sum + p * sumOf(shielded, hits, meanOf), 0);

  const substitute = target.pokemon.volatiles.substitute && !ignoresSubstitute(setting, user, move);
  const survives = survivesOnce(use, counts) || substitute;
  const spares = SPARING.has(move.id) && isPlain;
  const hitsNeeded = (hp: number, perHit: number): number => {
    if (perHit <= 0 || spares) return Number.POSITIVE_INFINITY;
    return Math.max(survives ? 2 : 1, Math.ceil(hp / perHit));
  };
  return {
    min: least / maxHp,
    max: highest / maxHp,
    mean: mean / maxHp,
    koChance:
      survives || spares
        ? 0
        : chanceToFaint(shielded, counts, leastHp, mostHp) * (1 - enduringChance(setting, target)),
    hits: [hitsNeeded(leastHp, highest), hitsNeeded(mostHp, least)],
    ...(crit
      ? {
          crit: {
            chance: crit.chance,
            min: crit.strikes.slice(0, fewest).reduce((sum, [low]) => sum + low, 0) / maxHp,
            max: crit.strikes.slice(0, most).reduce((sum, [, high]) => sum + high, 0) / maxHp,
          },
        }
      : {}),
  };
}

/** Sum over the first hits. */
function sumOf(strikes: readonly Strike[], hits: number, of: (strike: Strike) => number): number {
  return strikes.slice(0, hits).reduce((sum, strike) => sum + of(strike), 0);
}

function meanOf({ rolls }: Strike): number {
  return rolls.reduce((sum, [damage, probability]) => sum + damage * probability, 0);
}

/** Moves that leave the target 1 HP. */
const SPARING = new Set(['falseswipe', 'holdback']);

/**
 * Chance that the hits together do as many points as the target has; all HP values it may have count as equally likely.
 */
function chanceToFaint(
  strikes: readonly Strike[],
  counts: HitCounts,
  leastHp: number,
  mostHp: number,
): number {
  let sum = 0;
  for (let hp = leastHp; hp <= mostHp; hp++) sum += chanceToReach(strikes, counts, hp);
  return sum / (mostHp - leastHp + 1);
}

/** Chance that the hits together do at least `hp` points, all rolls independent. */
function chanceToReach(strikes: readonly Strike[], counts: HitCounts, hp: number): number {
  // Chances of the sums still short of `hp` after each hit.
  let short = new Map<number, number>([[0, 1]]);
  let chance = 0;
  let reached = 0;
  let struck = 0;
  for (const [hits, probability] of counts) {
    for (; struck < hits; struck++) {
      const next = addStrike(short, strikes[struck] ?? NO_STRIKE, hp);
      short = next.short;
      // Sums of many small chances are inexact; an empty map is not.
      reached = short.size === 0 ? 1 : reached + next.reached;
    }
    chance += probability * reached;
  }
  return Math.min(1, Math.max(0, chance));
}

function addStrike(
  short: ReadonlyMap<number, number>,
  { rolls }: Strike,
  hp: number,
): { readonly short: Map<number, number>; readonly reached: number } {
  const next = new Map<number, number>();
  let reached = 0;
  for (const [sum, p] of short) {
    for (const [damage, probability] of rolls) {
      const total = sum + damage;
      if (total >= hp) reached += p * probability;
      else next.set(total, (next.get(total) ?? 0) + p * probability);
    }
  }
  return { short: next, reached };
}

/** Disguise and Ice Face absorb the first hit; since generation 8 Disguise then costs an eighth of the HP. */
function brokenShield(
  { setting, user, target, move }: MoveUse,
  strikes: readonly Strike[],
): readonly Strike[] {
  const ability = abilityAgainst(setting, user, target, move);
  const { name } = target.species;
  const disguised = ability === 'disguise' && /^Mimikyu(-Totem)?$/.test(name);
  const iced = ability === 'iceface' && name === 'Eiscue' && move.category === 'Physical';
  if (!disguised && !iced) return strikes;
  const cost = disguised && setting.gen >= 8 ? Math.max(1, Math.floor(maxHpOf(target) / 8)) : 0;
  return [strikeOf([[cost, 1]]), ...strikes.slice(1)];
}

/** Focus Sash and Sturdy let a Pokémon at full HP survive any move that hits only once. */
function survivesOnce({ setting, user, target, move }: MoveUse, counts: HitCounts): boolean {
  if (target.pokemon.hp < 1 || counts.some(([hits]) => hits > 1)) return false;
  const sturdy = setting.gen >= 5 && abilityAgainst(setting, user, target, move) === 'sturdy';
  return sturdy || itemInEffect(setting, target) === 'focussash';
}

/** Chance that a Focus Band leaves a Pokémon 1 HP. */
function enduringChance(setting: Setting, target: Combatant): number {
  if (itemInEffect(setting, target) !== 'focusband') return 0;
  return setting.gen <= 2 ? 30 / 256 : 1 / 10;
}

function ignoresSubstitute(setting: Setting, user: Combatant, move: Move): boolean {
  return setting.gen >= 6 && (user.ability === 'infiltrator' || Boolean(move.flags.bypasssub));
}
