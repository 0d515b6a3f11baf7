/**
 * How a fight to the end between two Pokémon would go, −1 (lost without a scratch to the other) to 1.
 *
 * @param dealt share of the foe's maximum HP that own takes a turn
 * @param taken the same the other way round
 * @param faster 1 where own is faster, 0 where it is slower
 * @param ownHp HP as a fraction
 */
export function race(dealt: number, taken: number, faster: number, ownHp: number, foeHp: number): number {
  const needs = foeHp / Math.max(dealt, 0.02);
  const lasts = ownHp / Math.max(taken, 0.02);
  const lead = lasts - needs + 0.5 * (2 * faster - 1);
  return lead / (Math.abs(lead) + 1);
}
