/** No name in the game is as long. */
const MAX_NAME = 60;
/** Fields of a log are longer than a name where they hold more than one, and where texts of other kinds stand in them. */
const MAX_FIELD = 128;
/** A log names a Pokémon `p1a: Name` where a request has `p1: Name`: both keep as much of the name. */
const MAX_IDENT = MAX_FIELD - 1;

/** A name, without what makes it too long to be one of the game's. */
export function cutName(name: string): string {
  return name.slice(0, MAX_NAME);
}

/** What a request has in the place of a log's field, cut as {@link cutFields} does. */
export function cutField(field: string): string {
  return field.slice(0, MAX_FIELD);
}

/** How a request names a Pokémon (`p1: Name`), with as much of the name as {@link cutFields} leaves in a log. */
export function cutIdent(ident: string): string {
  return ident.slice(0, MAX_IDENT);
}

/** A line of a log whose fields are no longer than those of the game. */
export function cutFields(line: string): string {
  if (line.length <= MAX_FIELD) return line;
  return line.split('|').map(cutField).join('|');
}
