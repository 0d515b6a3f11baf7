import { cutToWidth, displayWidth, wrapToWidth } from './display-width.ts';

/** The lines are drawn at most once in this time. */
const DRAW_MS = 200;
/** They are drawn at least once in this time, because their clocks run while nothing else changes. */
const TICK_MS = 1000;

/** Width of a terminal that does not report it. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * Lines that change in place at the bottom of a terminal, one for each running battle; finished ones scroll away above.
 * In a pipe only the finished ones are written.
 */
export class LiveLines {
  private readonly lines = new Map<string, () => string>();
  /** Columns that each line on the screen takes. */
  private drawn: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private tick: NodeJS.Timeout | undefined;

  /** @param isLive with false only {@link LiveLines.print} writes */
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly isLive: boolean,
  ) {}

  /** Adds a line, or reports that it has changed; its text is computed when it is drawn. */
  set(id: string, text: () => string): void {
    this.lines.set(id, text);
    if (this.isLive) this.timer ??= setTimeout(() => this.draw(), DRAW_MS);
  }

  /** Removes a line. */
  remove(id: string): void {
    this.lines.delete(id);
  }

  /** Writes a permanent line. */
  print(text: string): void {
    this.erase();
    const { columns } = this.stream;
    this.stream.write(`${columns ? wrapToWidth(text, columns) : text}\n`);
    if (this.isLive) this.draw();
  }

  /** Restores the terminal to its usual state. */
  close(): void {
    this.lines.clear();
    this.erase();
  }

  private draw(): void {
    this.erase();
    // A line that wraps or scrolls out of sight could not be redrawn.
    const width = (this.stream.columns || COLUMNS) - 1;
    const most = (this.stream.rows || ROWS) - 1;
    for (const [id, text] of [...this.lines].slice(0, most)) {
      const line = cutToWidth(textOr(id, text), width);
      this.stream.write(`${line}\n`);
      this.drawn.push(displayWidth(line));
    }
    // Redraws for the clocks; the timer does not keep the process alive.
    if (this.lines.size > 0) this.tick = setTimeout(() => this.draw(), TICK_MS).unref();
  }

  private erase(): void {
    clearTimeout(this.timer);
    clearTimeout(this.tick);
    this.timer = undefined;
    // A terminal that has become narrower wraps earlier lines.
    const columns = this.stream.columns || COLUMNS;
    const rows = this.drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    if (rows > 0) this.stream.write(`\u001b[${rows}A\u001b[J`);
    this.drawn = [];
  }
}

/** The text of a line; its id if that fails, because a display error must not end a battle. */
function textOr(id: string, text: () => string): string {
  try {
    return text();
  } catch {
    return id;
  }
}
