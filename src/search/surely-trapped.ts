import { assessTurn } from '../knowledge/assess-turn.ts';
import { isTrapped } from '../mechanics/choices.ts';
import type { SearchState } from '../mechanics/search-state.ts';
import type { DecisionContext } from '../memory/decision-context.ts';

/**
 * Whether an ability of the opponent's is certain to refuse each switch that a request offers: the request only says
 * that it may. It is certain once the ability is known, or when all sets that the opponent may have share it.
 *
 * @param p any world's state
 */
export function isSurelyTrapped({ state, request, memory }: DecisionContext, p: SearchState): boolean {
  if (request.type !== 'move' || !request.active[0]?.maybeTrapped || !isTrapped(p, p.sides[0])) return false;
  const foe = state.foe.active[0];
  if (!foe || foe.ability !== undefined) return foe !== undefined && foe !== null;
  const sets = assessTurn(state, memory.turns).likelySets.get(foe.id)?.sets ?? [];
  return sets.length > 0 && sets.every(({ ability }) => ability === p.sides[1].ability);
}
