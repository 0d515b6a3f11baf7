import { safeLine } from '../util/safe-text.ts';

const GAME_TYPE = '|gametype|';

/**
 * Battles of more players, or of three a side, would be taken for what they are not.
 *
 * @returns the type that a `|gametype|` line names, where it is neither singles nor doubles
 */
export function foreignGameType(line: string): string | undefined {
  if (!line.startsWith(GAME_TYPE)) return undefined;
  const type = safeLine(line.slice(GAME_TYPE.length), 20);
  return type === 'singles' || type === 'doubles' ? undefined : type;
}
