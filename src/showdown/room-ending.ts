import type { BattleResult } from '../ledger/record.ts';
import { parseRatingLine } from './rating-line.ts';
import type { RoomPlayers } from './room-players.ts';

/** Rated battles are followed by the new ratings; this long they are waited for. */
const RATING_WAIT_MS = 3_000;

/** How a battle has ended, once it has; complete when the new ratings of a rated one are there, too. */
export class RoomEnding {
  private reached: BattleResult | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param onComplete called when nothing more is to come */
  constructor(
    private readonly players: RoomPlayers,
    private readonly onComplete: () => void,
  ) {}

  /** Undefined while the battle runs. */
  get result(): BattleResult | undefined {
    return this.reached;
  }

  /**
   * The battle is decided.
   *
   * @param winner id of a user; undefined for a tie
   */
  decided(winner: string | undefined, turns: number, isRated: boolean): void {
    const side = winner === undefined ? undefined : this.players.sideOf(winner);
    this.reached = { winner: side ?? null, turns };
    this.timer = setTimeout(this.onComplete, isRated ? RATING_WAIT_MS : 0);
  }

  /** Takes a line of HTML, which may tell a player's new rating. */
  html(html: string): void {
    const change = this.reached && parseRatingLine(html);
    const side = change && this.players.sideOf(change.player);
    if (!this.reached || !change || !side) return;
    const { before, after } = change;
    const ratings = { ...this.reached.ratings, [side]: { before, after } };
    this.reached = { ...this.reached, ratings };
    if (ratings.p1 && ratings.p2) this.onComplete();
  }

  /** Waits for nothing any more. */
  cancel(): void {
    clearTimeout(this.timer);
  }
}
