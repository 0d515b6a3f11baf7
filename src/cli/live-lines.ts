import { cutToWidth, displayWidth, wrapToWidth } from './display-width.ts';

/** How often the lines are drawn at most. */
const DRAW_MS = 200;
/** How often at least: the clocks in them run while nothing else changes. */
const TICK_MS = 1000;

/** A terminal that does not say how large it is. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * Lines that change in place at the bottom of a terminal, one for each running battle; finished ones scroll away
 * above. In a pipe only the finished ones are written.
 */
export class LiveLines {
  private readonly lines = new Map<string, () => string>();
  /** Columns that each line on the screen takes. */
  private drawn: number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private tick: NodeJS.Timeout | undefined;

  /** @param isLive false writes to {@link LiveLines.print} only */
  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly isLive: boolean,
  ) {}

  /** Adds a line, or says that it has changed; its text is asked for when it is drawn. */
  set(id: string, text: () => string): void {
    this.lines.set(id, text);
    if (this.isLive) this.timer ??= setTimeout(() => this.draw(), DRAW_MS);
  }

  /** Takes a line away. */
  remove(id: string): void {
    this.lines.delete(id);
  }

  /** Writes a line that stays. */
  print(text: string): void {
    this.erase();
    const { columns } = this.stream;
    this.stream.write(`${columns ? wrapToWidth(text, columns) : text}\n`);
    if (this.isLive) this.draw();
  }

  /** Leaves the terminal as an ordinary program would. */
  close(): void {
    this.lines.clear();
    this.erase();
  }

  private draw(): void {
    this.erase();
    // A line that wraps, or that scrolls out of sight, could not be drawn over.
    const width = (this.stream.columns || COLUMNS) - 1;
    const most = (this.stream.rows || ROWS) - 1;
    for (const [id, text] of [...this.lines].slice(0, most)) {
      const line = cutToWidth(textOr(id, text), width);
      this.stream.write(`${line}\n`);
      this.drawn.push(displayWidth(line));
    }
    // Nobody has to wait for a clock to leave.
    if (this.lines.size > 0) this.tick = setTimeout(() => this.draw(), TICK_MS).unref();
  }

  private erase(): void {
    clearTimeout(this.timer);
    clearTimeout(this.tick);
    this.timer = undefined;
    // A terminal that has become narrower wraps what was written before.
    const columns = this.stream.columns || COLUMNS;
    const rows = this.drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    if (rows > 0) this.stream.write(`\u001b[${rows}A\u001b[J`);
    this.drawn = [];
  }
}

/** What a line says; its id where that cannot be told, for no battle is to end because of how it looks. */
function textOr(id: string, text: () => string): string {
  try {
    return text();
  } catch {
    return id;
  }
}
