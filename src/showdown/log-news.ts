import type { Asked } from './room-answer.ts';

/** What of a battle's log has come since the last request was taken up: servers differ in which they send first. */
export class LogNews {
  private lines = 0;
  private turns = 0;

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
    this.lines = 0;
    this.turns = 0;
  }

  /** Whether the log that led to a request has come. */
  hasLogOf({ type, update }: Asked): boolean {
    return update || (type === 'move' ? this.turns : this.lines) > 0;
  }
}
