import type { Asked } from './room-answer.ts';

/** A log that does not arrive by itself within this time is missing. */
const WAIT_MS = 5_000;

/** Tracks which part of a battle's log has arrived since the last request: servers differ in which they send first. */
export class LogNews {
  private lines = 0;
  private turns = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param onMissed called when an expected log does not arrive */
  constructor(private readonly onMissed: () => void) {}

  line(): void {
    this.lines++;
  }

  turn(): void {
    this.turns++;
  }

  /** Everything has arrived, as when joining a running battle, or nothing more is expected. */
  complete(): void {
    this.lines = 1;
    this.turns = 1;
  }

  /** A request is being handled. */
  clear(): void {
    this.stopWaiting();
    this.lines = 0;
    this.turns = 0;
  }

  /** Waits for a log. */
  wait(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.onMissed();
    }, WAIT_MS);
  }

  /** Stops waiting for a log. */
  stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Whether the log that led to a request has arrived. */
  hasLogOf({ type, update }: Asked): boolean {
    return update || (type === 'move' ? this.turns : this.lines) > 0;
  }
}
