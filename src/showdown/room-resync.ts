import type { Outgoing } from './send-queue.ts';

/** An attempt to enter that is not answered is repeated after this time. */
const ENTRY_MS = 10_000;
/** A room that is silent for this long is re-entered. */
const SILENCE_MS = 90_000;
/** How often a room is re-entered within a time: each re-entry brings its whole log. */
const LIMIT = { times: 3, withinMs: 30_000 };

/** What a {@link RoomResync} works with. */
export interface RoomResyncOptions {
  /** Address of the room: the id may gain a password. */
  readonly address: () => string;
  readonly send: (message: Outgoing) => void;
  /** We are out of the room: what was sent to it may be lost. */
  readonly onAway: () => void;
  /** The room is being re-entered. */
  readonly onResync: () => void;
}

/**
 * Whether we are in a battle's room, and how we get back into it. Leaving and re-entering brings the whole log and the
 * open request, and so repairs whatever was lost, repeated or garbled on the way.
 */
export class RoomResync {
  private readonly options: RoomResyncOptions;
  private state: 'out' | 'entering' | 'in' = 'out';
  /** When the room was last re-entered, on the clock of `performance.now()`. */
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

  /** Enters the room; the server then sends its log from the first line. */
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

  /**
   * The server has removed us from the room. Unless we asked for that, we come back: it may only have been tidied up.
   */
  left(): void {
    if (this.state === 'entering') return;
    this.options.onAway();
    this.join();
  }

  /** The room has a new address. */
  moved(): void {
    if (this.state === 'entering') this.join();
  }

  /** Something was heard in the room. */
  heard(): void {
    if (this.state === 'out') this.ask();
    this.silence ??= setTimeout(() => this.ask(), SILENCE_MS);
    this.silence.refresh();
  }

  /** The connection is lost; whoever restores it joins the room again. */
  down(): void {
    this.state = 'out';
    this.close();
    this.options.onAway();
  }

  /**
   * Lines are missing: re-enters the room, or does so as soon as allowed.
   *
   * @returns false when it has to wait, because it happened too often lately
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

  /** Stops waiting. */
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
