import { checkFormat } from '../arena/match.ts';
import { UserError } from '../util/errors.ts';

/**
 * The id of a format as people write it: `GEN9OU`, `[Gen 9] OU` and `ou` are `gen9ou`. Servers name formats by it.
 *
 * @throws {UserError} when there is no such format, or it cannot be played
 */
export function formatId(text: string): string {
  if (text.includes('@@@')) {
    throw new UserError(`The format "${text}" has rules of its own; only formats as they are can be played`);
  }
  return checkFormat(text).id;
}
