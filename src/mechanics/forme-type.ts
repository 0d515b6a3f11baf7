import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { against, NO_TYPE } from './types.ts';

/** Multiplier of a type on the active Pokémon's types alone. */
export function typeMultiplierOf(p: SearchState, type: number, side: Side): number {
  const first = against(p.chart, type, side.type1);
  return side.type2 === NO_TYPE ? first : first * against(p.chart, type, side.type2);
}
