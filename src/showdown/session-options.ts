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
  /** Battles to play, those found running included; Infinity for as long as the signal allows. */
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
  /** Battles that an earlier run may have left, by id: looked for at the start. */
  readonly unfinished?: readonly string[];
  /** Starts no more battles; those that run are finished. */
  readonly stop?: AbortSignal;
  /** A room is entered: mostly of a battle of ours, which is known once both players are announced. */
  readonly onStart?: (room: BattleRoom) => void;
  /** Something has happened in a room. */
  readonly onRoomEvent?: RoomObserver;
  /** A room is left, once for each that was entered; its outcome has no side where the battle was not ours. */
  readonly onEnd?: (room: BattleRoom, outcome: RoomOutcome) => void;
  /** Told of everything worth a record but how the session starts and ends, which its caller knows best. */
  readonly onEvent?: (event: SessionEvent) => void;
}

/** What a session has come to. */
export interface SessionResult {
  readonly faults: Readonly<BattleFaults>;
  /** Lines of kinds that nobody knows, by kind. */
  readonly unknownKinds: ReadonlyMap<string, number>;
}
