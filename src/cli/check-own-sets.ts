import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { playerFolder } from '../knowledge/player-folder.ts';

/**
 * Reads the player's own `sets.json`, if there is one, so that a mistake in it ends a command before its first battle.
 *
 * @throws {UserError} when an entry is not as it should be: names the file, the entry and what was expected there
 */
export async function checkOwnSets(): Promise<void> {
  if (!existsSync(join(playerFolder(), 'sets.json'))) return;
  const { playersSets } = await import('../knowledge/set-files.ts');
  playersSets('gen9ou');
}
