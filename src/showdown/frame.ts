/** One message of the server: lines for one room. */
export interface Frame {
  /** Room id, e.g. `battle-gen9ou-123`; empty for lines outside of rooms. */
  readonly room: string;
  readonly lines: readonly string[];
}

/** Splits a WebSocket message into its room and lines. */
export function parseFrame(text: string): Frame {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  return first.startsWith('>') ? { room: first.slice(1), lines: lines.slice(1) } : { room: '', lines };
}

/** A line's kind and what follows it: `|pm| A| B|hi` is `['pm', ' A| B|hi']`; text without a kind has the kind ``. */
export function splitLine(line: string): readonly [kind: string, rest: string] {
  if (!line.startsWith('|')) return ['', line];
  const end = line.indexOf('|', 1);
  return end < 0 ? [line.slice(1), ''] : [line.slice(1, end), line.slice(end + 1)];
}
