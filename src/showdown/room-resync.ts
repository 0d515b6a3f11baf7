import type { Outgoing } from './send-queue.ts';

/** An entry that is not answered is asked for again after this time. */
const ENTRY_MS = 10_000;
/** A room that says nothing for so long is entered anew. */
const SILENCE_MS = 90_000;
/** A room is entered anew so often within so long a time and no more: each time brings its whole log. */
const LIMIT = { times: 3, withinMs: 30_000 };

/** What a {@link RoomResync} works with. */
export interface RoomResyncOptions {
  /** Where the room is: the id may gain a password. */
  readonly address: () => string;
  readonly send: (message: Outgoing) => void;
  /** We are out of the room: what was sent to it may be lost. */
  readonly onAway: () => void;
  /** The room is being entered anew. */
  readonly onResync: () => void;
}

/**
 * Whether we are in a battle's room, and how we get back into it. To leave it and to enter it anew brings its whole log
 * and the open request, and so mends whatever was lost, repeated or garbled on the way.
 */
export class RoomResync {
  private readonly options: RoomResyncOptions;
  private state: 'out' | 'entering' | 'in' = 'out';
  /** When the room was last entered anew, on the clock of `performance.now()`. */
  private made: readonly number[] = [];
  private entry: NodeJS.Timeout | undefined;
  private silence: NodeJS.Timeout | undefined;
  private postponed: NodeJS.Timeout | undefined;

  constructor(options: RoomResyncOptions) {
    this.options = options;
  }

  /** Whether the server has sent the room's log since the last login. */
  get isPresent(): boolean {
    return this.state === 'in';
  }

  /** Enters the room, which the server then sends from its first line on. */
  join(): void {
    this.state = 'entering';
    this.options.send({ text: `|/join ${this.options.address()}`, urgent: true });
    clearTimeout(this.entry);
    this.entry = setTimeout(() => this.enterAnew(), ENTRY_MS);
  }

  /** The room's log begins. */
  entered(): void {
    clearTimeout(this.entry);
    this.state = 'in';
  }

  /** The server has put us out of the room. If that was not asked for, we come back: it may only have been tidied up. */
  left(): void {
    if (this.state === 'entering') return;
    this.options.onAway();
    this.join();
  }

  /** The room has another address now. */
  moved(): void {
    if (this.state === 'entering') this.join();
  }

  /** Something was heard in the room. */
  heard(): void {
    if (this.state === 'out') this.ask();
    this.silence ??= setTimeout(() => this.ask(), SILENCE_MS);
    this.silence.refresh();
  }

  /** The connection is lost; whoever makes a new one joins the room again. */
  down(): void {
    this.state = 'out';
    this.close();
    this.options.onAway();
  }

  /**
   * Lines are missing: enters the room anew, or as soon as that may be.
   *
   * @returns false when it has to wait, because it was done so often of late
   */
  ask(): boolean {
    if (this.state === 'entering') return true;
    const now = performance.now();
    const last = this.made.at(-LIMIT.times);
    const wait = last === undefined ? 0 : last + LIMIT.withinMs - now;
    if (wait > 0) {
      this.postponed ??= setTimeout(() => this.ask(), wait);
      return false;
    }
    this.made = [...this.made, now].slice(-LIMIT.times);
    this.enterAnew();
    return true;
  }

  /** Waits for nothing any more. */
  close(): void {
    clearTimeout(this.entry);
    clearTimeout(this.silence);
    clearTimeout(this.postponed);
    this.silence = undefined;
    this.postponed = undefined;
  }

  private enterAnew(): void {
    clearTimeout(this.postponed);
    this.postponed = undefined;
    this.options.onResync();
    this.options.onAway();
    this.options.send({ text: `|/noreply /leave ${this.options.address()}`, urgent: true });
    this.join();
  }
}
