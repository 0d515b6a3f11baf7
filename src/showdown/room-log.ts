import { lineCleaner } from '../ledger/redaction.ts';

/**
 * What a player has seen of a battle so far, kept so that the log which the server sends again after a reconnect can
 * be told apart from what is new.
 */
export class RoomLog {
  /** Every line seen, requests included. */
  readonly lines: string[];
  /** Where in `lines` the battle's own lines are: those that everybody who joins gets to see again. */
  private readonly own: number[] = [];
  private position: number;

  /**
   * @param lines what had been seen before, as by a process that was killed
   * @param asKept what the ledger keeps of a line
   */
  constructor(
    lines: readonly string[] = [],
    private readonly asKept = lineCleaner(),
  ) {
    this.lines = [...lines];
    this.lines.forEach((line, index) => {
      if (!line.startsWith('|request|')) this.own.push(index);
    });
    this.position = this.own.length;
  }

  /** Everything that was seen has been seen again, if the log was sent again at all. */
  get isCaughtUp(): boolean {
    return this.position === this.own.length;
  }

  /** The server starts over with the battle's first line. */
  rewind(): void {
    this.position = 0;
  }

  /** Notes a request; requests are not part of the log that is sent again. */
  request(line: string): void {
    this.lines.push(line);
  }

  /**
   * Takes one of the battle's own lines.
   *
   * @returns `new` for a line not seen before; `seen` for one sent again; `diverged` when it is not the line that was
   *   seen in its place
   */
  take(line: string): 'new' | 'seen' | 'diverged' {
    if (this.isCaughtUp) {
      this.own.push(this.lines.length);
      this.lines.push(line);
      this.position++;
      return 'new';
    }
    const index = this.own[this.position];
    const seen = index === undefined ? undefined : this.lines[index];
    // What comes from the disk has no secrets.
    if (seen !== line && seen !== this.asKept(line)) return 'diverged';
    this.position++;
    return 'seen';
  }

  /** What was seen again so far, with the requests in between. */
  confirmed(): string[] {
    return this.lines.slice(0, this.own[this.position] ?? this.lines.length);
  }
}
