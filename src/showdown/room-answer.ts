import { NO_ACTION, type Seat, type SeatChoice } from '../arena/seat.ts';
import type { BattleRequest } from '../battle/request.ts';
import { type BattleFaults, DEFAULT_CHOICE } from '../ledger/record.ts';
import { UserError } from '../util/errors.ts';
import type { BattleClock } from './battle-clock.ts';

/** The part of a request that matters before it is answered. */
export interface Asked {
  readonly rqid: number | undefined;
  readonly type: 'move' | 'switch' | 'team';
  readonly update: boolean;
}

/** A decision under way. */
interface Deciding {
  readonly controller: AbortController;
  /** When it must be made, on the clock of `performance.now()`. */
  until: number;
  timer?: NodeJS.Timeout;
}

/** A choice, and the reason if it is left to the server. */
type Choice = SeatChoice & { readonly reason?: string };

interface Answer extends Choice {
  /** The connection has been lost since it was sent. */
  doubtful: boolean;
}

/** What a {@link RoomAnswer} works with. */
export interface RoomAnswerOptions {
  readonly clock: BattleClock;
  readonly faults: BattleFaults;
  /** Whether what is sent can arrive. */
  readonly isPresent: () => boolean;
  /** The choice is left to the server, or the server has chosen. */
  readonly onDefault: (reason: string, rqid: number | undefined) => void;
  /** Sends a command to the room, unless it is no longer wanted by then. */
  readonly send: (command: string, isWanted: () => boolean) => void;
}

/** After this many refusals in a row the server's own default is requested. */
const MAX_REFUSALS = 12;

/**
 * What the server asks of us in a battle, and our answer: decided once, sent once, sent again only if it was lost, and
 * replaced if it was refused.
 *
 * Whether an answer was lost with its connection cannot be known here, but the server knows: to a player who comes back
 * it sends the open request again, and with it `|sentchoice|` if it has the answer. If it has not, the same answer goes
 * out again with the same `rqid`. Should the first one still be on its way (on a connection that only we consider
 * dead), the server gets it twice: while the request is open the second one replaces the first, which says the same,
 * and after that it is refused for its `rqid`. It never becomes the answer to another request.
 */
export class RoomAnswer {
  private readonly options: RoomAnswerOptions;
  private open: Asked | undefined;
  private lastRqid = -1;
  private given: Answer | undefined;
  private refusals = 0;
  private deciding: Deciding | undefined;

  constructor(options: RoomAnswerOptions) {
    this.options = options;
  }

  /** What is asked of us; undefined while the server waits for the other player. */
  get asked(): Asked | undefined {
    return this.open;
  }

  /** There is an answer to the request, though it may be lost. */
  get isGiven(): boolean {
    return this.given !== undefined && this.given.rqid === this.open?.rqid;
  }

  get isDeciding(): boolean {
    return this.deciding !== undefined;
  }

  /** Whether a request is the last one sent again, or even an earlier one. */
  compare(rqid: number | undefined): 'new' | 'same' | 'old' {
    if (rqid === undefined || rqid > this.lastRqid) return 'new';
    return rqid === this.lastRqid ? 'same' : 'old';
  }

  /** Notes what is asked of us. */
  expect(request: BattleRequest | undefined): void {
    this.lastRqid = request?.rqid ?? -1;
    this.open =
      request && request.type !== 'wait'
        ? { type: request.type, rqid: request.rqid, update: request.update === true }
        : undefined;
  }

  /** Takes up a new request: a decision under way for an earlier one is obsolete. */
  ask(request: BattleRequest): void {
    this.refusals = 0;
    this.stop();
    this.expect(request);
    if (this.open) this.options.clock.start();
  }

  /** The battle goes on: if the request has no answer of ours, the server has chosen. */
  passOver(): void {
    const { open, given } = this;
    const isAnswered = given?.rqid !== undefined && open?.rqid !== undefined && given.rqid >= open.rqid;
    if (open?.rqid !== undefined && !isAnswered) this.options.onDefault('no answer came in time', open.rqid);
  }

  /** Nothing is asked any more. */
  close(): void {
    this.stop();
    this.open = undefined;
  }

  /** Aborts the running decision. */
  stop(): void {
    this.deciding?.controller.abort();
    this.settle();
  }

  /** The server has reported the time: the running decision gets no more than there is. */
  noteTime(): void {
    const { deciding } = this;
    if (!deciding) return;
    const { turnMs } = this.options.clock.read();
    const until = performance.now() + turnMs;
    if (until >= deciding.until) return;
    deciding.until = until;
    clearTimeout(deciding.timer);
    deciding.timer = setTimeout(() => deciding.controller.abort(timeUp()), turnMs);
  }

  /** An earlier run made this decision; whether the server has received it is unknown. */
  recall(choice: SeatChoice): void {
    this.given = { ...choice, doubtful: true };
  }

  /** Forgets what was answered. */
  forget(): void {
    this.given = undefined;
  }

  /** The connection is lost, and with it perhaps the answer. */
  doubt(): void {
    if (this.given) this.given.doubtful = true;
  }

  /** The server has our answer, or that of the process before us. */
  confirm(): void {
    if (this.given && this.isGiven) this.given.doubtful = false;
    else this.given = { choice: '', rqid: this.open?.rqid, doubtful: false };
  }

  /** Sends an answer again that may have been lost. */
  repeat(): void {
    if (this.given?.doubtful) this.submit(this.given);
  }

  /**
   * Lets the seat decide and sends its choice.
   *
   * @returns false when the choice came too late
   * @throws {Error} when the seat does; the server then chooses, unless it is a {@link UserError}: that ends the
   * session
   */
  async decide(seat: Seat): Promise<boolean> {
    const time = this.options.clock.read();
    const deciding = { controller: new AbortController(), until: performance.now() + time.turnMs };
    this.deciding = deciding;
    let choice: SeatChoice | undefined;
    try {
      choice = await seat.decide(time, deciding.controller.signal);
    } catch (error) {
      if (this.deciding === deciding) {
        this.settle();
        if (!(error instanceof UserError)) this.giveDefault('the decision has failed');
      }
      throw error;
    }
    if (this.deciding !== deciding || !choice) return false;
    this.settle();
    this.give(choice);
    return true;
  }

  /**
   * Leaves the choice to the server when nothing better is available.
   *
   * @param reason the reason, in words
   */
  giveDefault(reason: string): void {
    if (this.open && !this.isGiven) this.give(byDefault(this.open.rqid, reason));
  }

  /** Takes the server's complaint about a choice; answers with the next best if the request is still open. */
  refuse(message: string, seat: Seat | undefined): void {
    const { given, isGiven } = this;
    const { faults, clock } = this.options;
    if (message.startsWith('[Unavailable choice]')) {
      faults.unavailable++;
      if (given && isGiven) seat?.noteRefusal(given.choice, message);
      return;
    }
    if (!message.startsWith('[Invalid choice]') || !seat) return;
    if (!given || !isGiven || /too late|nothing to (choose|cancel)|Can't (undo|do anything)/i.test(message)) {
      faults.stale++;
      return;
    }
    faults.invalid++;
    if (given.choice === '') {
      // The refused choice is unknown here: the agent decides as if for the first time.
      this.given = undefined;
      return;
    }
    let next: Choice = byDefault(given.rqid, 'the decision has failed');
    try {
      if (++this.refusals <= MAX_REFUSALS) next = seat.refuse(given.choice, message, clock.read());
      else {
        seat.noteRefusal(given.choice, message);
        next = byDefault(given.rqid, 'too many choices were refused');
      }
    } finally {
      const answer = this.take(next, false);
      if (this.refusals <= 2 * MAX_REFUSALS) this.submit(answer);
    }
  }

  private settle(): void {
    clearTimeout(this.deciding?.timer);
    this.deciding = undefined;
  }

  private give(choice: Choice): void {
    const isPresent = this.options.isPresent();
    const answer = this.take(choice, !isPresent);
    if (isPresent) this.submit(answer);
  }

  /** Makes this the current answer, sent or not. */
  private take(choice: Choice, doubtful: boolean): Answer {
    const answer = { ...choice, doubtful };
    this.given = answer;
    if (choice.choice === DEFAULT_CHOICE) this.options.onDefault(choice.reason ?? NO_ACTION, choice.rqid);
    return answer;
  }

  private submit(answer: Answer): void {
    answer.doubtful = false;
    this.options.clock.stop();
    this.options.send(chooseCommand(answer), () => this.given === answer && this.open?.rqid === answer.rqid);
  }
}

function byDefault(rqid: number | undefined, reason: string): Choice {
  return { choice: DEFAULT_CHOICE, rqid, reason };
}

/** The reason that makes a decision end at once, with an answer. */
function timeUp(): DOMException {
  return new DOMException("the server's clock runs out", 'TimeoutError');
}

/** A choice as sent to its room. */
export function chooseCommand({ choice, rqid }: SeatChoice): string {
  return `/choose ${choice}${rqid === undefined ? '' : `|${rqid}`}`;
}
