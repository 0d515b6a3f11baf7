import type { BattleFaults } from '../ledger/record.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import type { BattleRoom, RoomObserver, RoomOutcome } from './battle-room.ts';
import type { BattleRoomConfig } from './battle-room-config.ts';
import type { ClientOptions } from './client.ts';
import type { FindOptions } from './find-options.ts';
import type { Matchmaking } from './matchmaking.ts';

/** Settings of {@link playSession}. */
export interface SessionOptions {
  readonly client: ClientOptions;
  readonly matchmaking: Matchmaking;
  /** Number of battles to play, including those found running; Infinity for as long as the signal allows. */
  readonly battles: number;
  /**
   * Battles at the same time.
   *
   * @default 1
   */
  readonly concurrency?: number;
  /**
   * Packed team for a format.
   *
   * @default none: the server makes the teams
   */
  readonly teamFor?: FindOptions['teamFor'];
  /** How each battle is played. */
  readonly room: Omit<BattleRoomConfig, 'id' | 'name' | 'random' | 'send'>;
  /** Ids of battles that an earlier run may have left: looked for at the start. */
  readonly unfinished?: readonly string[];
  /** Starts no more battles; running ones are finished. */
  readonly stop?: AbortSignal;
  /** A room is entered: usually of a battle of ours, which is certain once both players are announced. */
  readonly onStart?: (room: BattleRoom) => void;
  /** Something has happened in a room. */
  readonly onRoomEvent?: RoomObserver;
  /** A room is left, once for each that was entered; its outcome has no side if the battle was not ours. */
  readonly onEnd?: (room: BattleRoom, outcome: RoomOutcome) => void;
  /** Called for every event worth recording except the session's start and end, which its caller knows best. */
  readonly onEvent?: (event: SessionEvent) => void;
}

/** The result of a session. */
export interface SessionResult {
  readonly faults: Readonly<BattleFaults>;
  /** Counts of lines of unknown kinds, by kind. */
  readonly unknownKinds: ReadonlyMap<string, number>;
}
