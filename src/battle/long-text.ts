/** Names, details and conditions are far shorter; whatever is longer is no part of the game. */
const MAX_TEXT = 60;
/** A log names a Pokémon `p1a: Name` where a request has `p1: Name`: both keep as much of the name. */
const MAX_IDENT = MAX_TEXT - 1;

/** A text of a request, without what makes it too long to be one of the game's. */
export function cutText(text: string): string {
  return text.slice(0, MAX_TEXT);
}

/** How a request names a Pokémon (`p1: Name`), with as much of the name as {@link cutFields} leaves in a log. */
export function cutIdent(ident: string): string {
  return ident.slice(0, MAX_IDENT);
}

/** A line of a log whose fields are as long as those of the game at most. */
export function cutFields(line: string): string {
  if (line.length <= MAX_TEXT) return line;
  return line.split('|').map(cutText).join('|');
}
