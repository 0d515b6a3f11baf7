import type { Agent } from '../agent/agent.ts';
import type { SeatOptions } from '../arena/seat.ts';
import type { SideId } from '../battle/state.ts';
import type { BattleFolder } from '../ledger/battle-ledger.ts';
import type { DecisionRecord } from '../ledger/record.ts';
import type { SavedBattle } from '../ledger/resume.ts';
import type { Random } from '../util/random.ts';
import type { BattleRoomId } from './battle-id.ts';
import type { BattleRoom } from './battle-room.ts';
import type { RoomPlayer } from './room-players.ts';
import type { Outgoing } from './send-queue.ts';

/** What a battle room needs from its surroundings. */
export interface BattleRoomOptions {
  readonly id: BattleRoomId;
  /** Our name on the server. */
  readonly name: string;
  readonly agent: Agent;
  /** Decides when the agent fails. */
  readonly fallback: Agent;
  /** The stream all decisions of this battle draw from. */
  readonly random: Random;
  /** The most a decision may take, in ms. */
  readonly turnMs: number;
  /** Ask the server to end the battle of a player who does not answer. */
  readonly timer: boolean;
  /** Said at the start and at the end of the battle; nothing else is ever said. */
  readonly greeting?: string;
  readonly farewell?: string;
  /** Ask the server to publish the replay. */
  readonly saveReplay: boolean;
  /** Finds what an interrupted run has left of this battle. */
  readonly findSaved: (side: SideId, id: BattleRoomId) => SavedBattle | undefined;
  /** What the ledger keeps of a line; needed where there are secrets that it leaves out. */
  readonly asKept?: (line: string) => string;
  /** Opens the battle's ledger; `resume` to go on with one. */
  readonly openLedger: (
    side: SideId,
    players: Readonly<Record<SideId, RoomPlayer>>,
    id: BattleRoomId,
    resume: SavedBattle | undefined,
  ) => BattleFolder;
  /** Sends a message to the server as soon as its limits allow; without a connection it is lost. */
  readonly send: (message: Outgoing) => void;
  /** Told of each decision after it is in the ledger and before it is sent. */
  readonly onDecision?: (room: BattleRoom, record: DecisionRecord) => void;
  /** Something about the battle has changed: a turn, the clock, the result. */
  readonly onChange?: (room: BattleRoom) => void;
  /** Our place is taken; `isRestored` where an interrupted run has begun the battle. */
  readonly onSeated?: (room: BattleRoom, side: SideId, isRestored: boolean) => void;
  /** The room is entered anew: lines were lost, or the server has put us out. */
  readonly onResync?: () => void;
  /** A greeting or a farewell is said, or is not, which may be told after the battle: `refusal` says why. */
  readonly onSaid?: (text: string, refusal?: string) => void;
  /** The battle cannot be played and is forfeited, for this reason; the session goes on without it. */
  readonly onGivenUp?: (room: BattleRoom, reason: string) => void;
  /** The server is left to choose; `rqid` is undefined where the request cannot be read that far. */
  readonly onDefault?: (reason: string, rqid: number | undefined) => void;
  /** The server complains about a choice. */
  readonly onRefused?: (reason: string) => void;
  /** Told of each line of a kind that nobody knows: the kind, as in `|kind|…`. */
  readonly onUnknown?: (kind: string) => void;
  /** Told of what could not be followed or done: the line, or in words what it was. The battle goes on without it. */
  readonly onProblem?: SeatOptions['onProblem'];
  /** The battle cannot be written down any more, as when the disk is full, and must not go on. */
  readonly onFail: (error: unknown) => void;
}
