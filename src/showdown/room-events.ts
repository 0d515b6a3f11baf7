import type { SideId } from '../battle/state.ts';
import type { DecisionRecord } from '../ledger/record.ts';

/** Events in a battle room, for those around it. */
export type RoomEvent =
  /** We have our place; `isRestored` if an interrupted run had begun the battle. */
  | { readonly type: 'seated'; readonly side: SideId; readonly isRestored: boolean }
  /** A decision is in the ledger and will be sent. */
  | { readonly type: 'decision'; readonly record: DecisionRecord }
  /** Something about the battle has changed: a turn, the clock, the result. */
  | { readonly type: 'changed' }
  /** The room is being re-entered: lines were lost, or the server removed us from it. */
  | { readonly type: 'resync' }
  /** A greeting or a farewell was said, or was refused (`refusal` says why); this may come after the battle. */
  | { readonly type: 'said'; readonly text: string; readonly refusal?: string }
  /** The battle cannot be played and is forfeited; the session goes on without it. */
  | { readonly type: 'given-up'; readonly reason: string }
  /** The choice is left to the server; `rqid` is undefined when the request cannot be read that far. */
  | { readonly type: 'default'; readonly reason: string; readonly rqid: number | undefined }
  /** The server complains about a choice. */
  | { readonly type: 'refused'; readonly reason: string }
  /** A line of an unknown kind: the kind, as in `|kind|…`. */
  | { readonly type: 'unknown-line'; readonly kind: string }
  /** Something failed: the line, or a description. The battle goes on without it. */
  | { readonly type: 'problem'; readonly line: string; readonly error: unknown }
  /** The battle can no longer be written down, e.g. because the disk is full, and must not go on. */
  | { readonly type: 'failed'; readonly error: unknown };

/** Emits an event of a room. */
export type EmitRoomEvent = (event: RoomEvent) => void;
