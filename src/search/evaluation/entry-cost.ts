import type { Pokemon } from '../../mechanics/pokemon.ts';
import type { Side } from '../../mechanics/side.ts';

/** Share of its HP that a Pokémon would lose by coming in. */
export function entryCost(side: Side, { forme, item }: Pokemon): number {
  if (item === 'heavydutyboots' || forme.ability === 'magicguard') return 0;
  const rocks = side.stealthRock ? forme.rockWeakness / 8 : 0;
  if (side.spikes === 0 || !forme.grounded) return rocks;
  return rocks + (side.spikes === 1 ? 1 / 8 : side.spikes === 2 ? 1 / 6 : 1 / 4);
}
