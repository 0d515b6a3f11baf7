import type { KnownMove } from './state.ts';

/** What the PP of a move depend on. */
export interface PpData {
  readonly id: string;
  readonly pp: number;
  readonly noPPBoosts?: boolean;
}

/** PP of a move with all PP Ups, capped at 61 in generations 1 and 2. The simulator gives Trump Card none. */
export function fullPp(gen: number, { id, pp, noPPBoosts }: PpData): number {
  if (noPPBoosts || pp === 1 || id === 'trumpcard') return pp;
  return gen <= 2 ? Math.min(61, Math.floor((pp * 8) / 5)) : Math.floor((pp * 8) / 5);
}

/** PP of a move gained by Transform: 5; `max` is the PP it has for the copied Pokémon. */
export function copiedPp(gen: number, max: number): Pick<KnownMove, 'pp' | 'maxPp'> {
  const pp = Math.min(5, max);
  return { pp, maxPp: gen >= 5 ? pp : max };
}
