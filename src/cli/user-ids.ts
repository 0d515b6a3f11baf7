import { toId } from '../battle/generations.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';

/**
 * The ids of users in the forms that users write.
 *
 * @param names empty ones, as between two commas, are ignored
 * @throws {UserError} when one cannot be a user's name, or there is none
 */
export function userIds(names: readonly string[]): readonly string[] {
  const given = names.filter((name) => name.trim() !== '');
  const bad = given.find((name) => toId(name) === '');
  if (bad !== undefined)
    throw new UserError(`"${safeLine(bad, 40)}" is not a user name: --from takes names of users`);
  if (given.length === 0) throw new UserError('--from is empty: expected names of users');
  return [...new Set(given.map(toId))];
}
