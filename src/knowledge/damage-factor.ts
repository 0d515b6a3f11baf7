import { table } from '../util/table.ts';
import { type Combatant, isGrounded } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import { strikesHiddenTwice } from './semi-invulnerable.ts';
import type { Setting } from './setting.ts';
import { actsBefore, strikesBeforeNextAction } from './turn-order.ts';

/** Factor on the damage from conditions that the damage calculator does not know; 1 without any. */
export function damageFactor(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { volatiles } = target.pokemon;
  let factor = 1;
  if (volatiles.glaiverush && strikesBeforeNextAction(setting, user, target, move) >= 0.5) factor *= 2;
  if (volatiles.minimize && setting.gen >= 2 && 'minimize' in move.flags) factor *= 2;
  if (strikesHiddenTwice(setting, user, target, move)) factor *= 2;
  const type = moveTypeNow(setting, user, move);
  if (volatiles.tarshot && type === 'Fire' && target.pokemon.types.length <= 2) factor *= 2;
  factor *= terrainFactorOfUser(setting, user, type) * terrainFactorOfTarget(setting, target, move, type);
  if (user.ability === 'analytic' && actsBefore(setting, user, target, move) < 0.5) factor *= 1.3;
  // The target comes in just now.
  if (user.ability === 'stakeout' && target.entering) factor *= 2;
  return factor;
}

const TERRAIN_TYPES: Readonly<Record<string, string>> = table({
  electricterrain: 'Electric',
  grassyterrain: 'Grass',
  psychicterrain: 'Psychic',
});

/** The calculator considers only Flying types, Levitate, Air Balloons, Iron Balls and Gravity. */
function isGroundedByCalc(setting: Setting, combatant: Combatant): boolean {
  const { magnetrise, telekinesis, smackdown, ingrain, ...volatiles } = combatant.pokemon.volatiles;
  return isGrounded(setting, { ...combatant, pokemon: { ...combatant.pokemon, volatiles } });
}

/** How Smack Down, Magnet Rise and similar conditions change the way a terrain strengthens its user. */
function terrainFactorOfUser(setting: Setting, user: Combatant, type: string): number {
  const { terrain = '', gen } = setting;
  const stands = isGrounded(setting, user);
  if (TERRAIN_TYPES[terrain] !== type || stands === isGroundedByCalc(setting, user)) return 1;
  const boost = gen >= 8 ? 1.3 : 1.5;
  return stands ? boost : 1 / boost;
}

/** How they change the way a terrain protects or exposes the target. */
function terrainFactorOfTarget(setting: Setting, target: Combatant, move: Move, type: string): number {
  const stands = isGrounded(setting, target);
  if (setting.terrain === undefined || stands === isGroundedByCalc(setting, target)) return 1;
  if (isSoftened(setting.terrain, move, type)) return stands ? 1 / 2 : 2;
  const isStrengthened = setting.terrain === 'electricterrain' && move.id === 'risingvoltage';
  if (!isStrengthened) return 1;
  return stands ? 2 : 1 / 2;
}

function isSoftened(terrain: string, move: Move, type: string): boolean {
  if (terrain === 'mistyterrain') return type === 'Dragon';
  return terrain === 'grassyterrain' && ['bulldoze', 'earthquake'].includes(move.id);
}
