import { type Combatant, maxHpOf } from './combatant.ts';
import type { Move } from './dex.ts';

/** HP points a Pokémon has now. A foe's are known in steps of 1/100, always rounded up. */
export function hpPoints(combatant: Combatant): number {
  const { hp, maxHp } = combatant.pokemon;
  const max = maxHpOf(combatant);
  if (hp <= 0) return 0;
  if (hp >= 1) return max;
  return Math.max(1, maxHp === undefined ? Math.floor((hp - 0.005) * max) : Math.round(hp * max));
}

/**
 * The HP points that a Pokémon may have now, least and most: a foe's percentage stands for all that round up to it.
 */
export function possibleHp(combatant: Combatant): readonly [least: number, most: number] {
  const { hp, maxHp } = combatant.pokemon;
  const points = hpPoints(combatant);
  if (hp <= 0 || hp >= 1 || maxHp !== undefined) return [points, points];
  const max = maxHpOf(combatant);
  // A little more and a little less, because fractions such as 0.07 are not exact.
  const least = Math.floor((hp - 0.01) * max + 1e-6) + 1;
  // What is not full is never told as such: 99% may be all but one point.
  const most = hp > 0.985 ? max - 1 : Math.floor(hp * max + 1e-6);
  return [Math.max(1, Math.min(least, points)), Math.max(1, Math.max(most, points))];
}

/**
 * The possible damage, in HP points, of a move outside of the damage formula; undefined for all others.
 * Moves that give back what was taken (Counter and its like) count as 0, because that is not known beforehand.
 */
export function fixedDamage(
  gen: number,
  user: Combatant,
  target: Combatant,
  move: Move,
): readonly number[] | undefined {
  const level = user.pokemon.level;
  if (move.ohko) return [maxHpOf(target)];
  if (move.damage === 'level') return [level];
  if (typeof move.damage === 'number') return [move.damage];
  switch (move.id) {
    case 'superfang':
    case 'naturesmadness':
    case 'ruination':
      return [Math.max(1, Math.floor(hpPoints(target) / 2))];
    case 'guardianofalola':
      return [Math.max(1, Math.floor((hpPoints(target) * 3) / 4))];
    case 'endeavor':
      return [Math.max(0, hpPoints(target) - hpPoints(user))];
    case 'finalgambit':
      return [hpPoints(user)];
    case 'psywave':
      return psywave(gen, level);
    case 'bide':
    case 'comeuppance':
    case 'counter':
    case 'metalburst':
    case 'mirrorcoat':
      return [0];
    default:
      return undefined;
  }
}

/** Between half and one and a half times the level; up to generation 2 as little as one point. */
function psywave(gen: number, level: number): readonly number[] {
  if (gen <= 2) {
    const most = Math.floor(level * 1.5) - 1;
    return Array.from({ length: Math.max(1, most) }, (_, less) => Math.max(1, most - less)).reverse();
  }
  return Array.from({ length: 101 }, (_, step) => Math.max(1, Math.floor((level * (50 + step)) / 100)));
}
