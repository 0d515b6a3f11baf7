import type { Fighter, Half } from '../../mechanics/search-state.ts';

/** Share of its HP that coming in would cost a Pokémon. */
export function entryCost(half: Half, { body, item }: Fighter): number {
  if (item === 'heavydutyboots' || body.ability === 'magicguard') return 0;
  const rocks = half.stealthRock ? body.rockWeakness / 8 : 0;
  if (half.spikes === 0 || !body.grounded) return rocks;
  return rocks + (half.spikes === 1 ? 1 / 8 : half.spikes === 2 ? 1 / 6 : 1 / 4);
}
