/** Properties of a Pokémon that rarely matter. */
interface SetDetails {
  /** @default 80 */
  readonly level?: number;
  /** Tera type. */
  readonly tera?: string;
}

/**
 * A Pokémon in Showdown's export format.
 *
 * @param name species, and its item: `Scizor @ Leftovers`
 * @param ability `''` for none
 * @param moves a list, or one text with slashes between: `Surf / Recover`
 */
export function setOf(
  name: string,
  ability: string,
  moves: string | readonly string[],
  { level = 80, tera }: SetDetails = {},
): string {
  const list = typeof moves === 'string' ? moves.split('/') : moves;
  return [
    name,
    ...(ability ? [`Ability: ${ability}`] : []),
    `Level: ${level}`,
    ...(tera ? [`Tera Type: ${tera}`] : []),
    ...list.map((move) => `- ${move.trim()}`),
  ].join('\n');
}
