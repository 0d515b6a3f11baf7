import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The player's own folder: the one named by `POKELLMON_HOME`, otherwise `.pokellmon` in the home directory. It may hold
 * `sets.json`, and, written by `pokellmon sets update`, `sets/FORMAT.json` and `statistics/FORMAT.json`, which replace
 * the files of that name in this package's `knowledge/`.
 */
export function playerFolder(): string {
  return process.env.POKELLMON_HOME || join(homedir(), '.pokellmon');
}
