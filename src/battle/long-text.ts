/** No name in the game is this long. */
const MAX_NAME = 60;
/** A field of a log may hold several names, or other text. */
const MAX_FIELD = 128;
/** A log names a Pokémon `p1a: Name` where a request has `p1: Name`: both keep equally much of the name. */
const MAX_IDENT = MAX_FIELD - 1;

/** A name, cut to the length that names in the game can have. */
export function cutName(name: string): string {
  return name.slice(0, MAX_NAME);
}

/** A text of a request that stands for a log's field, cut as {@link cutFields} does. */
export function cutField(field: string): string {
  return field.slice(0, MAX_FIELD);
}

/** How a request names a Pokémon (`p1: Name`), with as much of the name as {@link cutFields} leaves in a log. */
export function cutIdent(ident: string): string {
  return ident.slice(0, MAX_IDENT);
}

/** A log line with its fields cut to the lengths that the game uses. */
export function cutFields(line: string): string {
  if (line.length <= MAX_FIELD) return line;
  return line.split('|').map(cutField).join('|');
}
