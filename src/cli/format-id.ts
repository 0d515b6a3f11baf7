import { checkFormat } from '../arena/format.ts';

/**
 * The id of a format in the forms that users write: `GEN9OU`, `[Gen 9] OU` and `ou` are `gen9ou`. Servers identify
 * formats by it. Custom rules (`gen9ou@@@-Kingambit`) stay part of it, in the simulator's spelling.
 *
 * @throws {UserError} when there is no such format or rule, or it cannot be played
 */
export function formatId(text: string): string {
  return checkFormat(text).id;
}
