/** How often the lines are drawn at most. */
const DRAW_MS = 200;

/**
 * Lines that change in place at the bottom of a terminal, one for each running battle; finished ones scroll away
 * above. In a pipe only the finished ones are written.
 */
export class LiveLines {
  private readonly lines = new Map<string, () => string>();
  private drawn = 0;
  private timer: NodeJS.Timeout | undefined;

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
    this.stream.write(`${text}\n`);
    if (this.isLive) this.draw();
  }

  /** Leaves the terminal as an ordinary program would. */
  close(): void {
    this.lines.clear();
    this.erase();
  }

  private draw(): void {
    this.erase();
    const width = this.stream.columns ?? 80;
    for (const text of this.lines.values())
      this.stream.write(`${[...text()].slice(0, width - 1).join('')}\n`);
    this.drawn = this.lines.size;
  }

  private erase(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.drawn > 0) this.stream.write(`\u001b[${this.drawn}A\u001b[J`);
    this.drawn = 0;
  }
}
