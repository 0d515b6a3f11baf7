import { announcedEnd, type Ended } from '../ledger/how-ended.ts';
import type { BattleResult } from '../ledger/record.ts';
import { parseRatingLine } from './rating-line.ts';
import type { RoomPlayers } from './room-players.ts';

/** How long to wait for the new ratings that follow a rated battle. */
const RATING_WAIT_MS = 3_000;
/** An end that does not come by itself within this time is fetched, with the room's whole log. */
const LOG_WAIT_MS = 3_000;
/** How long to wait for the log each time, and how often to fetch it before giving up on the end. */
const FETCH = { waitMs: 10_000, times: 3 };

/** The callbacks of a {@link RoomEnding}. */
export interface RoomEndingEvents {
  /** The battle has ended, and nothing more is to come. */
  readonly onComplete: () => void;
  /** The battle is said to be over, but its end has not arrived. */
  readonly onMissing: () => void;
  /** The battle is over, but the server does not say how, as when its simulator has crashed. */
  readonly onLost: () => void;
}

/** How a battle has ended; complete when, for a rated one, the new ratings are there, too. */
export class RoomEnding {
  private reached: BattleResult | undefined;
  private timer: NodeJS.Timeout | undefined;
  private announced: Ended | undefined;

  constructor(
    private readonly players: RoomPlayers,
    private readonly events: RoomEndingEvents,
  ) {}

  /** Undefined while the battle runs. */
  get result(): BattleResult | undefined {
    return this.reached;
  }

  /** The server says that the battle is over: its end is on the way, or was lost. */
  expect(): void {
    if (!this.reached && this.timer === undefined) this.wait(LOG_WAIT_MS, FETCH.times);
  }

  /** The battle is running after all, as far as is known. */
  expectNothing(): void {
    if (!this.reached) this.cancel();
  }

  /** Takes a line of the battle, which may announce that it is not played out. */
  line(line: string): void {
    this.announced = announcedEnd(line) ?? this.announced;
  }

  /**
   * The battle is decided.
   *
   * @param winner id of a user; undefined for a tie
   */
  decided(winner: string | undefined, turns: number, isRated: boolean): void {
    const side = winner === undefined ? undefined : this.players.sideOf(winner);
    const ended = this.announced ?? (winner === undefined ? 'tie' : 'played-out');
    this.reached = { winner: side ?? null, turns, ended };
    this.cancel();
    this.timer = setTimeout(this.events.onComplete, isRated ? RATING_WAIT_MS : 0);
  }

  /** Takes a line of HTML, which may contain a player's new rating. */
  html(html: string): void {
    const change = this.reached && parseRatingLine(html);
    const side = change && this.players.sideOf(change.player);
    if (!this.reached || !change || !side) return;
    const { before, after } = change;
    const ratings = { ...this.reached.ratings, [side]: { before, after } };
    this.reached = { ...this.reached, ratings };
    if (ratings.p1 && ratings.p2) this.events.onComplete();
  }

  /** Stops waiting. */
  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(ms: number, times: number): void {
    this.timer = setTimeout(() => {
      if (times === 0) {
        this.events.onLost();
        return;
      }
      this.events.onMissing();
      this.wait(FETCH.waitMs, times - 1);
    }, ms);
  }
}
