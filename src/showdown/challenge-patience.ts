import { toId } from '../battle/generations.ts';
import { inWords } from '../util/duration.ts';
import { ServerError, UserError } from '../util/errors.ts';
import type { FindOptions } from './find-options.ts';
import type { Asking, Matchmaking } from './matchmaking.ts';
import type { Refusal } from './popup-kind.ts';

/** How long a user may take to come online, to answer a challenge, or to want one after a battle with us. */
const PATIENCE_MS = 2 * 60_000;
/** How often to look for a user who is not online. */
const LOOK_AGAIN_MS = 3_000;
/** A user who has declined after a battle with us is challenged again after this long, doubled each further time. */
const DECLINED = { firstMs: 1_000, mostMs: 16_000 };
/**
 * A user who has not noticed a challenge after a battle with us gets another one after this long, then after twice as
 * long.
 */
const UNNOTICED_MS = 10_000;
/** How long to wait at a time for the server to take back a challenge, and for a battle to end. */
const LOOK_MS = 500;

/**
 * How long to wait for the challenged user, and when to challenge again. A user who has declined is not asked twice;
 * but after a battle with us a player, usually a program, may need a moment before it notices or accepts the next
 * challenge.
 */
export class ChallengePatience {
  private readonly how: Matchmaking & { readonly type: 'challenge' };
  private readonly ask: Asking;
  private readonly options: FindOptions;
  private absentSince: number | undefined;
  private openSince: number | undefined;
  private declinedSince: number | undefined;
  private declines = 0;
  /** When to challenge again after the user has declined. */
  private askAt: number | undefined;
  /** When to challenge again after the user has not answered. */
  private renewAt: number | undefined;
  private renewals = 0;
  private isWithdrawn = false;
  private epoch = 0;
  private reported: string | undefined;

  constructor(how: Matchmaking & { readonly type: 'challenge' }, ask: Asking, options: FindOptions) {
    this.how = how;
    this.ask = ask;
    this.options = options;
  }

  /**
   * Considers the server's last answer.
   *
   * @param popup the text of the refusal
   * @returns how long to ask nothing, in ms; undefined when the user may be challenged
   * @throws {UserError} when the user does not want to battle
   * @throws {ServerError} when the user does not come online, or does not answer
   */
  check(refusal: Refusal, popup: string): number | undefined {
    const now = performance.now();
    if (refusal === 'absent') return this.absent(now);
    if (refusal === 'temporary' || this.ask.isKnown()) this.absentSince = undefined;
    if (this.options.lobby.rejectedBy.delete(toId(this.how.user))) this.declined('', now);
    if (refusal === 'blocked') this.declined(popup, now);
    return this.askAt === undefined ? this.unanswered(now) : this.untilAsked(this.askAt, now);
  }

  private absent(now: number): number {
    this.absentSince ??= now;
    this.openSince = undefined;
    if (now - this.absentSince > PATIENCE_MS) {
      throw new ServerError(`${this.how.user} has not come to the server within ${inWords(PATIENCE_MS)}`);
    }
    this.tell('is not on the server');
    this.ask.forget();
    return LOOK_AGAIN_MS;
  }

  private declined(popup: string, now: number): void {
    if (!this.options.hasMet(toId(this.how.user))) {
      throw popup ? new UserError(`The server refuses: ${popup}`) : this.rejection('does not want to battle');
    }
    this.askAt = now + Math.min(DECLINED.mostMs, DECLINED.firstMs * 2 ** this.declines++);
  }

  private untilAsked(askAt: number, now: number): number | undefined {
    // A user who plays one battle at a time may want the next when this one is over.
    if (this.options.isPlaying()) return LOOK_MS;
    this.declinedSince ??= now;
    if (now - this.declinedSince > PATIENCE_MS) throw this.rejection('does not want another battle');
    this.tell('does not take another challenge yet');
    if (now < askAt) return askAt - now;
    this.askAt = undefined;
    this.ask.forget();
    return undefined;
  }

  private unanswered(now: number): number | undefined {
    const { lobby, isPlaying, hasMet } = this.options;
    const { ask } = this;
    const { user } = this.how;
    if (this.isWithdrawn && ask.isKnown()) return LOOK_MS;
    if (this.isWithdrawn) ask.forget();
    this.isWithdrawn = false;
    if (!lobby.isOnline || lobby.epoch !== this.epoch || isPlaying()) {
      this.openSince = undefined;
      this.renewAt = undefined;
      this.epoch = lobby.epoch;
    }
    if (!ask.isKnown() || isPlaying()) return undefined;
    this.openSince ??= now;
    if (now - this.openSince > PATIENCE_MS) {
      ask.withdraw();
      throw new ServerError(`${user} has not answered the challenge for ${inWords(PATIENCE_MS)}`);
    }
    if (!hasMet(toId(user))) return undefined;
    this.renewAt ??= now + UNNOTICED_MS * 2 ** this.renewals;
    if (now < this.renewAt) return undefined;
    this.tell('has not answered another challenge yet');
    this.renewals++;
    this.renewAt = undefined;
    this.isWithdrawn = true;
    ask.withdraw();
    return LOOK_MS;
  }

  private rejection(words: string): UserError {
    const { lobby, onEvent } = this.options;
    const { user, format } = this.how;
    onEvent({ type: 'challenge-rejected', from: lobby.id, to: toId(user), format, reason: 'declined' });
    return new UserError(`${user} ${words}`);
  }

  /** Reports once what is being waited for. */
  private tell(what: string): void {
    if (this.reported === what) return;
    this.reported = what;
    this.options.onEvent({ type: 'waiting', reason: `${this.how.user} ${what}`, limitMs: PATIENCE_MS });
  }
}
