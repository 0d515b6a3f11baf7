import { UserError } from '../util/errors.ts';

/**
 * Runs a write; a full disk or a missing permission becomes an error for people.
 *
 * @param what what is being written, in words
 * @throws {UserError} when it cannot be written
 */
export function writing<T>(what: string, place: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    throw new UserError(`Cannot write ${what} to ${place}: ${(cause as Error).message}`, { cause });
  }
}
