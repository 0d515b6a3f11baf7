import type { Action, Gimmick } from '../battle/action.ts';
import type { BattleState } from '../battle/state.ts';
import { moveIdWithoutPower } from '../knowledge/dex.ts';
import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../mechanics/choices.ts';
import type { SearchState } from '../mechanics/search-state.ts';

/**
 * The choice number of one of our actions.
 *
 * @returns undefined for actions that the mechanics lack (reviving, doubles, team preview, a second kind of gimmick)
 */
export function choiceOf(action: Action, state: BattleState, p: SearchState): number | undefined {
  switch (action.type) {
    case 'switch': {
      if (action.revive) return undefined;
      const index = state.own.pokemon.findIndex(({ requestSlot }) => requestSlot === action.slot);
      return index < 0 ? undefined : SWITCH + index;
    }
    case 'move': {
      const slot = moveSlot(action.move, p);
      if (slot === undefined) return NO_CHOICE;
      if (action.gimmick === undefined) return slot;
      if (action.gimmick === 'zmove') return Z_MOVE + slot;
      return isMain(action.gimmick, p) ? GIMMICK + slot : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a gimmick is the one in the state. */
function isMain(gimmick: Gimmick, p: SearchState): boolean {
  const isMega = gimmick === 'megax' || gimmick === 'megay' || gimmick === 'ultra';
  return p.gimmick === (isMega ? 'mega' : gimmick);
}

function moveSlot(id: string, p: SearchState): number | undefined {
  const { moves } = p.sides[0].forme;
  // Requests write the power of some moves into their id, and leave Hidden Power's type out.
  const plain = moveIdWithoutPower(id);
  const index = moves.findIndex(
    (move) => move.id === plain || (plain === 'hiddenpower' && move.id.startsWith(plain)),
  );
  return index < 0 ? undefined : index;
}
