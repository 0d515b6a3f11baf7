import { safeLine } from '../util/safe-text.ts';

const GAME_TYPE = '|gametype|';

/**
 * The type that a `|gametype|` line names when it is neither singles nor doubles. Battles of more players, or three a
 * side, would be misread.
 *
 * @returns undefined for singles and doubles
 */
export function foreignGameType(line: string): string | undefined {
  if (!line.startsWith(GAME_TYPE)) return undefined;
  const type = safeLine(line.slice(GAME_TYPE.length), 20);
  return type === 'singles' || type === 'doubles' ? undefined : type;
}
