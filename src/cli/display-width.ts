/** Takes no column of its own: marks on other characters, joiners, variation selectors. */
const NONE = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;

/** Takes two columns: emoji, and what Unicode calls wide or full-width (UAX #11), in ranges. */
const DOUBLE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f251}\u{20000}-\u{3fffd}]$/u;

/** How many columns of a terminal a character takes; a character of a sequence is counted as if it stood alone. */
function columnsOf(character: string): number {
  // Turns the character before it into an emoji, which is wide.
  if (character === '\ufe0f') return 1;
  if (NONE.test(character)) return 0;
  return DOUBLE.test(character) ? 2 : 1;
}

/** How many columns of a terminal a text takes; the maximum if terminals differ. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** The longest beginning of a text that fits into this many columns. */
export function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

/** A style code of a terminal, which takes no column. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const STYLE_CODES = /\u001b\[[\d;]*m/g;

/** Indentation of a wrapped text's later lines. */
const HANGING = 2;

/**
 * Wraps a line at blanks so that it fits; later lines are indented. A word that is too long for a line stays whole.
 * Style codes take no room.
 *
 * @param columns width of the terminal
 */
export function wrapToWidth(text: string, columns: number): string {
  const widthOf = (part: string): number => displayWidth(part.replace(STYLE_CODES, ''));
  if (widthOf(text) <= columns) return text;
  const [indent = ''] = /^ */.exec(text) ?? [];
  const hanging = ' '.repeat(indent.length + HANGING < columns / 2 ? indent.length + HANGING : 0);
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const [, blanks = '', word = ''] of text.matchAll(/( *)([^ ]+)/g)) {
    const isFirst = line === '' || line === hanging;
    if (!isFirst && width + blanks.length + widthOf(word) > columns) {
      lines.push(line);
      line = hanging;
      width = hanging.length;
    } else {
      line += blanks;
      width += blanks.length;
    }
    line += word;
    width += widthOf(word);
  }
  return [...lines, line].join('\n');
}
