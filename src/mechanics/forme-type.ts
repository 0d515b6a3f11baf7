import type { Half, Position } from './search-state.ts';
import { against, NO_TYPE } from './types.ts';

/** Multiplier of a type on the active Pokémon's types alone. */
export function typeMultiplierOf(p: Position, type: number, half: Half): number {
  const first = against(p.chart, type, half.type1);
  return half.type2 === NO_TYPE ? first : first * against(p.chart, type, half.type2);
}
