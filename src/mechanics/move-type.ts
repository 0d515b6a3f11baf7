import { abilityEffects } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Type of a move if this side's active Pokémon uses it now. */
export function typeOf(p: SearchState, user: Side, move: ModelMove): number {
  const own = p.effects.moves[move.number]?.onModifyType;
  if (own) return own(p, user, move);
  if (move.category === 'Status') return move.type;
  return abilityEffects(p, user).onModifyType?.(move) ?? move.type;
}
