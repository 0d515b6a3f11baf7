import { Writable } from 'node:stream';

const ESCAPE = '\u001b';
const TOKENS = new RegExp(`${ESCAPE}\\[(\\d*)([AJm])|\\n|[^${ESCAPE}\\n]+`, 'g');

/** A terminal that shows what a program writes to it, as far as programs here use one: lines, and going back up. */
export class Screen extends Writable {
  readonly isTTY = true;
  readonly columns: number;
  /** What is to be seen, from the first line on. */
  readonly lines: string[] = [''];
  private row = 0;

  /** @param onWrite called after each write */
  constructor(
    columns: number,
    private readonly onWrite: (screen: Screen) => void = () => {},
  ) {
    super({ decodeStrings: false });
    this.columns = columns;
  }

  /** The screen as programs know their output. */
  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    for (const [token, count, command] of chunk.matchAll(TOKENS)) {
      if (command === 'A') this.row -= Number(count || 1);
      else if (command === 'J') this.lines.splice(this.row, Number.POSITIVE_INFINITY, '');
      else if (token === '\n') this.lines[++this.row] ??= '';
      else if (command === undefined) this.lines[this.row] += token;
    }
    this.onWrite(this);
    done();
  }
}
