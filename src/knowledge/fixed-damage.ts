import type { PokemonState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { type Combatant, maxHpOf } from './combatant.ts';
import type { Move } from './dex.ts';

/** Current HP points of a Pokémon; for an opponent's the middle of the possible range. */
export function hpPoints(combatant: Combatant): number {
  const [least, most] = possibleHp(combatant);
  return Math.floor((least + most) / 2);
}

/** Current HP points without what Dynamax adds. */
function plainHpPoints(combatant: Combatant): number {
  return Math.ceil((hpPoints(combatant) * combatant.stats.hp) / maxHpOf(combatant));
}

/**
 * The least and the most HP points that a Pokémon may have now. An opponent's are known in steps: of 1/100, rounded up,
 * where 99% stands for everything just below full HP; or of 1/48 in older games, rounded down, where the lowest step
 * stands for anything and a letter splits two of the steps.
 */
export function possibleHp(combatant: Combatant): readonly [least: number, most: number] {
  const { hp, maxHp, hpSteps = 100, hpColor } = combatant.pokemon;
  const max = maxHpOf(combatant);
  if (hp <= 0) return [0, 0];
  if (hp >= 1) return [max, max];
  const within = (points: number): number => Math.min(Math.max(1, points), Math.max(1, max - 1));
  const step = Math.round(hp * hpSteps);
  if (maxHp !== undefined || ![48, 100].includes(hpSteps)) {
    const points = within(Math.round(hp * max));
    return [points, points];
  }
  if (hpSteps === 48) {
    const [floor, ceiling] = hpColor === undefined ? [0, max] : coloredHp(step, hpColor, max);
    return [
      within(Math.max(floor, step === 1 ? 1 : Math.ceil((step * max) / 48))),
      within(Math.min(ceiling, Math.ceil(((step + 1) * max) / 48) - 1)),
    ];
  }
  return [
    within(Math.floor(((step - 1) * max) / 100) + 1),
    within(step === 99 ? max - 1 : Math.floor((step * max) / 100)),
  ];
}

/** The range that the letter after 24/48 (half) or 9/48 (a fifth) leaves. */
function coloredHp(
  step: number,
  color: NonNullable<PokemonState['hpColor']>,
  max: number,
): readonly [least: number, most: number] {
  const threshold = Math.floor(max / (step === 24 ? 2 : 5));
  return color === (step === 24 ? 'g' : 'y') ? [threshold + 1, max] : [0, threshold];
}

/**
 * The possible damage, in HP points, of one hit of a move outside of the damage formula; undefined for all others.
 * Moves that return damage taken (Counter and similar moves) count as 0, because it is not known beforehand.
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
  if (takesShare(move)) return [shareTaken(move, plainHpPoints(target))];
  switch (move.id) {
    case 'endeavor':
      // It works on who is healthier than its user, and takes one point at least.
      if (hpPoints(user) >= hpPoints(target)) return [0];
      return [Math.max(1, plainHpPoints(target) - hpPoints(user))];
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

/**
 * The possible damage of every hit of such a move, in HP points; undefined for all others. Parental Bond makes most hit
 * twice, the second time with part of the damage.
 */
export function fixedStrikes(
  gen: number,
  user: Combatant,
  target: Combatant,
  move: Move,
): readonly (readonly number[])[] | undefined {
  const first = fixedDamage(gen, user, target, move);
  if (!first) return undefined;
  if (user.ability !== 'parentalbond' || move.ohko || move.flags.noparentalbond) return [first];
  const left = plainHpPoints(target) - (first[0] ?? 0);
  return [first, takesShare(move) ? [shareTaken(move, left)] : first];
}

/** Share of the target's HP that a move takes. */
const SHARES: Readonly<Record<string, number>> = table({
  guardianofalola: 3 / 4,
  naturesmadness: 1 / 2,
  ruination: 1 / 2,
  superfang: 1 / 2,
});

function takesShare({ id }: Move): boolean {
  return SHARES[id] !== undefined;
}

function shareTaken({ id }: Move, hp: number): number {
  return Math.max(1, Math.floor(hp * (SHARES[id] ?? 0)));
}

/** Between half and one and a half times the level; up to generation 2 as little as one point. */
function psywave(gen: number, level: number): readonly number[] {
  if (gen <= 2) {
    const most = Math.floor(level * 1.5) - 1;
    return Array.from({ length: Math.max(1, most) }, (_, less) => Math.max(1, most - less)).reverse();
  }
  return Array.from({ length: 101 }, (_, step) => Math.max(1, Math.floor((level * (50 + step)) / 100)));
}
