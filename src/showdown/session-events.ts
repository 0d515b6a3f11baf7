import { basename } from 'node:path';
import type { SideId } from '../battle/state.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import type { BattleRoom } from './battle-room.ts';
import type { BattleRoomOptions } from './battle-room-options.ts';
import type { ServerMessage } from './server-message.ts';

/**
 * What a message of the server is in the log of a session; undefined for what leads to an event of its own, or none.
 *
 * @param isSearched whether a search for a battle takes pop-ups for its answers
 */
export function messageEvent(message: ServerMessage, isSearched: boolean): SessionEvent | undefined {
  switch (message.type) {
    case 'popup':
      return { type: 'message', text: message.text, ...(isSearched && { search: true }) };
    case 'name-taken':
      return { type: 'message', text: message.reason };
    case 'replay':
      return { type: 'replay-published', url: message.url };
    case 'replay-refused':
      return { type: 'replay-refused', reason: message.reason };
    default:
      return undefined;
  }
}

/** Lets a room tell what happens in it as events of its session. */
export function roomEvents(
  battleId: string,
  tell: (event: SessionEvent) => void,
): Required<
  Pick<
    BattleRoomOptions,
    'onSeated' | 'onGivenUp' | 'onResync' | 'onSaid' | 'onDefault' | 'onRefused' | 'onProblem'
  >
> {
  return {
    onSeated: (room, side, resumed) => tell({ type: 'battle-started', ...placeOf(room, side), resumed }),
    onGivenUp: ({ id: { battle, format } }, reason) =>
      tell({ type: 'battle-given-up', battleId: battle, format, reason }),
    onResync: () => tell({ type: 'room-reentered', battleId }),
    onSaid: (text, refusal) =>
      tell(
        refusal === undefined
          ? { type: 'said', battleId, text }
          : { type: 'chat-refused', battleId, text, reason: refusal },
      ),
    onDefault: (reason, rqid) => tell({ type: 'default-chosen', battleId, rqid, reason }),
    onRefused: (reason) => tell({ type: 'choice-refused', battleId, reason }),
    onProblem: ({ line, error }) => tell({ type: 'line-skipped', battleId, line, reason: String(error) }),
  };
}

/** A battle as its events name it. */
export function placeOf({ id, opponent, folder = '' }: BattleRoom, side: SideId) {
  return {
    battleId: id.battle,
    format: id.format,
    side,
    opponent: opponent?.name ?? '',
    folder: basename(folder),
  };
}
