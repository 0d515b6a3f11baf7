import { lineCleaner } from '../ledger/redaction.ts';

/** A player's name, which the server announces again whenever that player comes back, or takes another name. */
const PLAYER = /^\|player\|([^|]*)\|/;

/**
 * What a player has seen of a battle so far, kept in order to tell the log that the server sends again after a
 * reconnect from what is new. The first announcement of the players is part of the battle; later ones, when players
 * come back, are not, and the server sends them in different places.
 */
export class RoomLog {
  /** Every line seen, requests included. */
  readonly lines: string[];
  /** Indices in `lines` of the battle's own lines: those that everybody who joins is shown again. */
  private readonly own: number[] = [];
  private position: number;
  /** Sides whose players were announced since the battle's first line. */
  private readonly announced = new Set<string>();

  /**
   * @param lines what had been seen before, e.g. by a process that was killed
   * @param asKept the form in which the ledger keeps a line
   */
  constructor(
    lines: readonly string[] = [],
    private readonly asKept = lineCleaner(),
  ) {
    this.lines = [...lines];
    this.lines.forEach((line, index) => {
      if (!line.startsWith('|request|') && !this.isRepeated(line)) this.own.push(index);
    });
    this.position = this.own.length;
  }

  /** The battle's own lines. */
  get battleLines(): string[] {
    return this.own.flatMap((index) => this.lines[index] ?? []);
  }

  /** Everything seen before has been seen again, if the log was sent again at all. */
  get isCaughtUp(): boolean {
    return this.position === this.own.length;
  }

  /** The server starts over with the battle's first line. */
  rewind(): void {
    this.position = 0;
    this.announced.clear();
  }

  /** Notes a request; requests are not part of the log that is sent again. */
  request(line: string): void {
    this.lines.push(line);
  }

  /**
   * Takes one of the battle's own lines.
   *
   * @returns `new` for a line not seen before; `seen` for one sent again; `aside` for a new one that says nothing about
   * the battle; `diverged` when it differs from the line that was seen in its place
   */
  take(line: string): 'new' | 'seen' | 'aside' | 'diverged' {
    if (this.isRepeated(line)) {
      if (this.lines.includes(line) || this.lines.includes(this.asKept(line))) return 'seen';
      this.lines.push(line);
      return 'aside';
    }
    if (this.isCaughtUp) {
      this.own.push(this.lines.length);
      this.lines.push(line);
      this.position++;
      return 'new';
    }
    const index = this.own[this.position];
    const seen = index === undefined ? undefined : this.lines[index];
    // Lines from the disk have their secrets redacted.
    if (seen !== line && seen !== this.asKept(line)) return 'diverged';
    this.position++;
    return 'seen';
  }

  /** What has been seen again so far, with the requests in between. */
  confirmed(): string[] {
    return this.lines.slice(0, this.own[this.position] ?? this.lines.length);
  }

  /** Whether a line announces a player once more. */
  private isRepeated(line: string): boolean {
    const side = PLAYER.exec(line)?.[1];
    if (side === undefined) return false;
    const isKnown = this.announced.has(side);
    this.announced.add(side);
    return isKnown;
  }
}
