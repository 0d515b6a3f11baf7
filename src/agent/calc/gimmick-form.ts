import type { Gimmick } from '../../battle/action.ts';
import { assessGimmick } from '../../knowledge/assess-turn.ts';
import type { Pairing } from '../../knowledge/assessment.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import type { Form } from './matchup-state.ts';

/**
 * Factor on damage taken over a duel under Dynamax, whose doubled HP last three turns, and after another forme change.
 */
const DYNAMAX_SCALE = 0.7;
const FORME_SCALE = 0.95;

/** How one of our Pokémon would fight if it used a gimmick this turn. */
export function gimmickForm(
  { state, memory }: DecisionContext,
  pairing: Pairing,
  gimmick: Gimmick | undefined,
): Form {
  if (gimmick === undefined) return {};
  if (gimmick === 'terastallize') return { ownMoves: pairing.ownMovesTera, foeMoves: pairing.foeMovesOnTera };
  const ownMoves = assessGimmick(state, pairing, gimmick, memory.turns);
  return { ownMoves, foeScale: gimmick === 'dynamax' ? DYNAMAX_SCALE : FORME_SCALE };
}
