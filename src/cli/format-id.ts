import { checkFormat } from '../arena/format.ts';

/**
 * The id of a format as people write it: `GEN9OU`, `[Gen 9] OU` and `ou` are `gen9ou`. Servers name formats by it.
 * Rules of its own (`gen9ou@@@-Kingambit`) stay with it, in the simulator's spelling.
 *
 * @throws {UserError} when there is no such format or rule, or it cannot be played
 */
export function formatId(text: string): string {
  return checkFormat(text).id;
}
