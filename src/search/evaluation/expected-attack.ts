import { stageFactor } from '../../knowledge/stat-stages.ts';
import type { Pokemon } from '../../mechanics/pokemon.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import type { Side } from '../../mechanics/side.ts';
import type { Attacks } from './matchups.ts';

/**
 * Factor on the damage of a team member's attacks of one category: stages of an active attacker or target, burns, Guts
 * and screens.
 */
export function attackFactor(user: Side, attacker: Pokemon, target: Pokemon, physical: boolean): number {
  const { foe, volatiles: v } = user;
  const { volatiles: w } = foe;
  let factor = 1;
  if (attacker === user.active) factor *= stageFactor(physical ? v.atk : v.spa);
  if (target === foe.active) factor /= stageFactor(physical ? w.def : w.spd);
  if (foe.auroraVeil > 0 || (physical ? foe.reflect : foe.lightScreen) > 0) factor *= 0.5;
  if (!physical || attacker.status === '') return factor;
  if (attacker.forme.ability === 'guts') return factor * 1.5;
  return attacker.status === 'brn' ? factor * 0.5 : factor;
}

/** Expected share of the target's maximum HP that the better of two attacks takes now; see {@link Attacks}. */
// biome-ignore lint/complexity/useMaxParams: hot path, called for each pair of Pokémon an evaluation
export function bestAttack(
  user: Side,
  attacker: Pokemon,
  target: Pokemon,
  { physical, special }: Attacks,
  at: number,
): number {
  return Math.max(
    (physical[at] ?? 0) * attackFactor(user, attacker, target, true),
    (special[at] ?? 0) * attackFactor(user, attacker, target, false),
  );
}

/** Speed of a team member on the field, or as if it were: its stages if active, item, paralysis, Tailwind. */
export function speedIn({ gen }: SearchState, side: Side, pokemon: Pokemon): number {
  const { forme, item, status } = pokemon;
  let speed = forme.spe;
  if (pokemon === side.active) speed *= stageFactor(side.volatiles.spe);
  if (item === 'choicescarf') speed *= 1.5;
  if (status === 'par' && forme.ability !== 'quickfeet') speed *= gen >= 7 ? 0.5 : 0.25;
  return side.tailwind > 0 ? 2 * speed : speed;
}

/** 1 if the first speed goes first, 0 if the other does, ½ on a tie. */
export function goesFirst({ trickRoom }: SearchState, speed: number, other: number): number {
  if (speed === other) return 0.5;
  return speed > other !== trickRoom > 0 ? 1 : 0;
}

/**
 * How a fight to the end between two Pokémon would go, from −1 (lost without damage to the other) to 1.
 *
 * @param dealt share of the opponent's maximum HP that ours takes a turn
 * @param taken the same the other way round
 * @param first 1 if ours goes first, 0 if not
 * @param ownHp HP as a fraction
 */
// biome-ignore lint/complexity/useMaxParams: hot path, called for each pair of Pokémon an evaluation
export function race(dealt: number, taken: number, first: number, ownHp: number, foeHp: number): number {
  const needs = foeHp / Math.max(dealt, 0.02);
  const lasts = ownHp / Math.max(taken, 0.02);
  const lead = lasts - needs + 0.5 * (2 * first - 1);
  return lead / (Math.abs(lead) + 1);
}
