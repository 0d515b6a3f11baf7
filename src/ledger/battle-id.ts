import { UserError } from '../util/errors.ts';

const BATTLE_ID = /^[a-z0-9][a-z0-9-]{0,95}$/;

/**
 * A battle id that may name a folder: lower-case letters, digits and hyphens, at most 96 of them, as in Showdown's room
 * ids (`battle-gen9ou-123`).
 *
 * @throws {UserError} when it is anything else, so that no id from outside can leave the ledger's folder
 */
export function checkedBattleId(id: string): string {
  if (BATTLE_ID.test(id)) return id;
  throw new UserError(
    `Battle id ${JSON.stringify(id.slice(0, 100))} cannot name a folder; expected a–z, 0–9 and "-", at most 96 characters`,
  );
}
