import type { Asked } from './room-answer.ts';

/** A log that does not come by itself within this time is missed. */
const WAIT_MS = 5_000;

/** What of a battle's log has come since the last request was taken up: servers differ in which they send first. */
export class LogNews {
  private lines = 0;
  private turns = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param onMissed called when a log that is waited for does not come */
  constructor(private readonly onMissed: () => void) {}

  line(): void {
    this.lines++;
  }

  turn(): void {
    this.turns++;
  }

  /** Everything has come, as for who joins a running battle, or nothing more is waited for. */
  complete(): void {
    this.lines = 1;
    this.turns = 1;
  }

  /** A request is taken up. */
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

  /** Waits for no log any more. */
  stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Whether the log that led to a request has come. */
  hasLogOf({ type, update }: Asked): boolean {
    return update || (type === 'move' ? this.turns : this.lines) > 0;
  }
}
