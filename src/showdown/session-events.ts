import { basename } from 'node:path';
import type { SideId } from '../battle/state.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import type { BattleRoom } from './battle-room.ts';
import type { RoomEvent } from './room-events.ts';
import type { ServerMessage } from './server-message.ts';

/**
 * The event of a server message in the log of a session; undefined for messages with an event of their own, or none.
 *
 * @param isSearched whether a search for a battle takes pop-ups as its answers
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

/** The session's event for an event in a room; undefined for those that the log does not keep. */
export function eventOfRoom(event: RoomEvent, room: BattleRoom): SessionEvent | undefined {
  const { battle: battleId, format } = room.id;
  switch (event.type) {
    case 'seated':
      return { type: 'battle-started', ...placeOf(room, event.side), resumed: event.isRestored };
    case 'given-up':
      return { type: 'battle-given-up', battleId, format, reason: event.reason };
    case 'resync':
      return { type: 'room-reentered', battleId };
    case 'said':
      return event.refusal === undefined
        ? { type: 'said', battleId, text: event.text }
        : { type: 'chat-refused', battleId, text: event.text, reason: event.refusal };
    case 'default':
      return { type: 'default-chosen', battleId, rqid: event.rqid, reason: event.reason };
    case 'refused':
      return { type: 'choice-refused', battleId, reason: event.reason };
    case 'problem':
      return { type: 'line-skipped', battleId, line: event.line, reason: String(event.error) };
    case 'decision':
    case 'changed':
    case 'unknown-line':
    case 'failed':
      return undefined;
  }
}

/** How events identify a battle. */
export function placeOf({ id, opponent, folder = '' }: BattleRoom, side: SideId) {
  return {
    battleId: id.battle,
    format: id.format,
    side,
    opponent: opponent?.name ?? '',
    folder: basename(folder),
  };
}
