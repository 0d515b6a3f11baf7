import type { Agent } from '../agent/agent.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import type { SavedBattle } from '../ledger/resume.ts';
import type { Random } from '../util/random.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { RoomPlayer } from './room-players.ts';
import type { Outgoing } from './send-queue.ts';

/** What a battle room needs from its surroundings; it reports to them with `RoomEvent`s. */
export interface BattleRoomConfig {
  readonly id: BattleRoomId;
  /** Our name on the server. */
  readonly name: string;
  readonly agent: Agent;
  /**
   * Decides when the agent fails.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
  /** The stream that all decisions of this battle draw from. */
  readonly random: Random;
  /** Most time for a decision, in ms. */
  readonly turnMs: number;
  /**
   * Whether to ask the server to end the battle of a player who does not answer.
   *
   * @default false
   */
  readonly timer?: boolean;
  /** Said at the start and at the end of the battle; nothing else is ever said. */
  readonly greeting?: string;
  readonly farewell?: string;
  /**
   * Whether to ask the server to publish the replay.
   *
   * @default false
   */
  readonly saveReplay?: boolean;
  /**
   * Finds what an interrupted run has saved of this battle.
   *
   * @default finds nothing
   */
  readonly findSaved?: (side: SideId, id: BattleRoomId) => SavedBattle | undefined;
  /** The form in which the ledger keeps a line; needed when it redacts secrets. */
  readonly asKept?: (line: string) => string;
  /**
   * Opens the battle's ledger; with `resume` continues a saved one.
   *
   * @default writes nothing
   */
  readonly openLedger?: (
    side: SideId,
    players: Readonly<Record<SideId, RoomPlayer>>,
    id: BattleRoomId,
    resume: SavedBattle | undefined,
  ) => BattleFolder;
  /** Sends a message to the server as soon as its limits allow; without a connection it is lost. */
  readonly send: (message: Outgoing) => void;
}
