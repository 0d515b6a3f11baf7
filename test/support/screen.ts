import { Writable } from 'node:stream';

const ESCAPE = '\u001b';
const TOKENS = new RegExp(`${ESCAPE}\\[(\\d*)([AJm])|\\n|[^${ESCAPE}\\n]`, 'gu');
/** Characters that terminals draw twice as wide, as far as they occur in names and battles. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u;
const NO_WIDTH = /\p{Mn}|\p{Cf}/u;

/**
 * A terminal that shows what a program writes to it, with the features that programs here use: lines that wrap at its
 * last column, and moving back up.
 */
export class Screen extends Writable {
  readonly isTTY = true;
  readonly rows = 50;
  private width: number;
  /** What is visible, from the first row on. */
  readonly lines: string[] = [''];
  private row = 0;
  private column = 0;

  /** @param onWrite called after each write */
  constructor(
    columns: number,
    private readonly onWrite: (screen: Screen) => void = () => {},
  ) {
    super({ decodeStrings: false });
    this.width = columns;
  }

  /** The screen as a program's output stream. */
  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }

  get columns(): number {
    return this.width;
  }

  /** Makes the window narrower or wider; lines that have become too long wrap. */
  resize(columns: number): void {
    const before = this.lines.splice(0, Number.POSITIVE_INFINITY, '');
    this.width = columns;
    this.row = 0;
    this.column = 0;
    for (const [index, line] of before.entries()) {
      if (index > 0) this.feed();
      for (const character of line) this.put(character);
    }
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    for (const [token, count, command] of chunk.matchAll(TOKENS)) {
      if (command === 'A') this.row -= Number(count || 1);
      else if (command === 'J') this.lines.splice(this.row, Number.POSITIVE_INFINITY, '');
      else if (token === '\n') this.feed();
      else if (command === undefined) this.put(token);
    }
    this.onWrite(this);
    done();
  }

  private put(character: string): void {
    const width = WIDE.test(character) ? 2 : NO_WIDTH.test(character) ? 0 : 1;
    if (this.column + width > this.width) this.feed();
    this.lines[this.row] += character;
    this.column += width;
  }

  private feed(): void {
    this.lines[++this.row] ??= '';
    this.column = 0;
  }
}
