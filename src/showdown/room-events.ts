import type { SideId } from '../battle/state.ts';
import type { DecisionRecord } from '../ledger/record.ts';

/** What happens in a battle room, for those around it. */
export type RoomEvent =
  /** Our place is taken; `isRestored` where an interrupted run has begun the battle. */
  | { readonly type: 'seated'; readonly side: SideId; readonly isRestored: boolean }
  /** A decision is in the ledger and will be sent. */
  | { readonly type: 'decision'; readonly record: DecisionRecord }
  /** Something about the battle has changed: a turn, the clock, the result. */
  | { readonly type: 'changed' }
  /** The room is entered again: lines were lost, or the server has put us out. */
  | { readonly type: 'resync' }
  /** A greeting or a farewell is said, or is not, which may come after the battle: `refusal` says why. */
  | { readonly type: 'said'; readonly text: string; readonly refusal?: string }
  /** The battle cannot be played and is forfeited; the session goes on without it. */
  | { readonly type: 'given-up'; readonly reason: string }
  /** The server is left to choose; `rqid` is undefined where the request cannot be read that far. */
  | { readonly type: 'default'; readonly reason: string; readonly rqid: number | undefined }
  /** The server complains about a choice. */
  | { readonly type: 'refused'; readonly reason: string }
  /** A line of a kind that nobody knows: the kind, as in `|kind|…`. */
  | { readonly type: 'unknown-line'; readonly kind: string }
  /** What could not be followed or done: the line, or in words what it was. The battle goes on without it. */
  | { readonly type: 'problem'; readonly line: string; readonly error: unknown }
  /** The battle cannot be written down any more, as when the disk is full, and must not go on. */
  | { readonly type: 'failed'; readonly error: unknown };

/** Tells what happens in a room. */
export type EmitRoomEvent = (event: RoomEvent) => void;
