import type { SideId } from '../battle/state.ts';

/** Whom a protocol line was for. */
export type View = 'spectator' | SideId;

// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Room traffic that a public replay leaves out. */
const ROOM_KINDS = new Set(
  'init deinit title request t: j join l leave n name inactive inactiveoff html uhtml uhtmlchange'.split(' '),
);

function kindOf(line: string): string {
  const end = line.indexOf('|', 1);
  return line.slice(1, end < 0 ? undefined : end).toLowerCase();
}

/** A protocol line as one line, without control characters. */
export function cleanLine(line: string): string {
  return line.replace(CONTROL, ' ');
}

/**
 * Whether a log keeps a clean line. Times (`|t:|`) are left out everywhere, so that the same battle gives the same
 * bytes; the spectator's log also leaves out room traffic.
 */
export function isKept(view: View, line: string): boolean {
  return !line.startsWith('|t:|') && !(view === 'spectator' && ROOM_KINDS.has(kindOf(line)));
}

/** The complete lines of a text that was written line by line, and whether a torn one follows. */
export function completeLines(text: string): { lines: string[]; torn: boolean } {
  const lines = text.split('\n');
  return { torn: lines.pop() !== '', lines };
}
