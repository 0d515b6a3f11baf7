import type { Agent } from '../agent/agent.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import type { SavedBattle } from '../ledger/resume.ts';
import type { Random } from '../util/random.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { RoomPlayer } from './room-players.ts';
import type { Outgoing } from './send-queue.ts';

/** What a battle room needs from its surroundings; what it tells them is a `RoomEvent`. */
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
  /** The stream all decisions of this battle draw from. */
  readonly random: Random;
  /** The most a decision may take, in ms. */
  readonly turnMs: number;
  /**
   * Ask the server to end the battle of a player who does not answer.
   *
   * @default false
   */
  readonly timer?: boolean;
  /** Said at the start and at the end of the battle; nothing else is ever said. */
  readonly greeting?: string;
  readonly farewell?: string;
  /**
   * Ask the server to publish the replay.
   *
   * @default false
   */
  readonly saveReplay?: boolean;
  /**
   * Finds what an interrupted run has left of this battle.
   *
   * @default finds nothing
   */
  readonly findSaved?: (side: SideId, id: BattleRoomId) => SavedBattle | undefined;
  /** What the ledger keeps of a line; needed where there are secrets that it leaves out. */
  readonly asKept?: (line: string) => string;
  /**
   * Opens the battle's ledger; `resume` to go on with one.
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
