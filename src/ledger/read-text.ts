import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../util/errors.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The text of a file named by the user.
 *
 * @throws {UserError} when it does not exist, cannot be read or is larger than 256 MiB
 */
export async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UserError(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  throw new UserError(`Cannot read ${path}: it is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
}
