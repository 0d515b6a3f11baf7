import { styleText } from 'node:util';
import { wrapToWidth } from './display-width.ts';

/** Styles of the terminal output. */
export type Style = Parameters<typeof styleText>[0];

/** Where a command writes for people: coloured on a terminal, plain in a pipe or with `NO_COLOR`. */
export interface Terminal {
  /** Whether it is a terminal that a person is watching. */
  readonly interactive: boolean;
  /** Writes a line for people, wrapped if the terminal is too narrow for it. */
  line(text?: string): void;
  /** Writes a line for programs, unchanged. */
  data(text: string): void;
  style(style: Style, text: string): string;
}

/** The terminal behind a stream. */
export function terminal(stream: NodeJS.WriteStream): Terminal {
  const coloured = stream.isTTY && !process.env.NO_COLOR;
  return {
    interactive: stream.isTTY,
    line: (text = '') => void stream.write(`${stream.columns ? wrapToWidth(text, stream.columns) : text}\n`),
    data: (text) => void stream.write(`${text}\n`),
    style: (style, text) => (coloured ? styleText(style, text) : text),
  };
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A bar of `width` characters, filled to a share.
 *
 * @param share 0–1
 */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const filled = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
  return filled.padEnd(width, '░');
}
