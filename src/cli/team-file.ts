import { readFileSync } from 'node:fs';
import { readTeam } from '../arena/team.ts';
import { UserError } from '../util/errors.ts';

/**
 * Reads a team from a file, packed and checked against a format.
 *
 * @throws {UserError} when the file cannot be read or contains no team that the format allows
 */
export function readTeamFile(file: string, format: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`Cannot read the team ${file}: ${(cause as Error).message}`, { cause });
  }
  return readTeam(text, format, file);
}
