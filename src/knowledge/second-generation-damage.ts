import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { effectivenessOf } from './effectiveness.ts';
import { moveCategoryNow } from './move-category.ts';
import type { MoveUse } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import { isRain, isSun, type Setting } from './setting.ts';
import { staged } from './stat-stages.ts';
import { strengthenedType } from './type-items.ts';

/** Moves with a formula of their own. */
const OWN_FORMULA = new Set(['flail', 'present', 'reversal']);

/**
 * The damage of generation 2 in HP points: its 39 equally likely rolls, ascending; undefined for moves with a formula
 * or a power of their own, which the calculator handles. (The games' formula, as in Showdown's simulator; the
 * calculator gives the weakest attacks too little.)
 */
export function secondGenerationRolls(
  use: MoveUse,
  { power, crit }: { readonly power: number; readonly crit: boolean },
): readonly number[] | undefined {
  const { setting, user, move } = use;
  if (power === 0 || OWN_FORMULA.has(move.id)) return undefined;
  const type = moveTypeNow(setting, user, move);
  const [attack, defence] = statsOf(use, crit);
  const level = Math.floor((2 * user.pokemon.level) / 5) + 2;
  let damage = Math.floor(Math.floor((level * power * attack) / defence) / 50);
  if (crit) damage *= 2;
  if (strengthenedType(2, user.item) === type) damage = Math.floor(damage * 1.1);
  damage = Math.floor((Math.min(997, Math.max(1, damage)) + 2) * weatherFactor(setting, move, type));
  if (user.pokemon.types.includes(type)) damage += Math.floor(damage / 2);
  damage = Math.floor(damage * effectivenessOf({ ...use, form: 'plain' }));
  return Array.from({ length: 39 }, (_, roll) =>
    damage === 0 ? 0 : Math.max(1, Math.floor((damage * (217 + roll)) / 255)),
  );
}

/** Attack and defence with all modifiers, in points. */
function statsOf(
  { setting, user, target, move }: MoveUse,
  crit: boolean,
): readonly [attack: number, defence: number] {
  const physical = moveCategoryNow(setting, user, move) === 'Physical';
  const [attacking, defending] = physical ? (['atk', 'def'] as const) : (['spa', 'spd'] as const);
  const [raised, covered] = [user.pokemon.boosts[attacking] ?? 0, target.pokemon.boosts[defending] ?? 0];
  // A critical hit ignores stages, burn and screens when the stages do not favour the user.
  const isPlain = crit && raised <= covered;
  let attack = user.stats[attacking];
  let defence = target.stats[defending];
  if (!isPlain) {
    attack = staged(2, attack, raised);
    defence = staged(2, defence, covered);
    if (physical && user.pokemon.status === 'brn') attack = Math.floor(attack / 2);
    if (target.side.conditions[physical ? 'reflect' : 'lightscreen']) defence *= 2;
  }
  if (doublesAttack(user, physical)) attack *= 2;
  if (target.item === 'metalpowder' && target.pokemon.baseSpecies === 'Ditto')
    defence = Math.floor(defence * 1.5);
  [attack, defence] = inOneByte(attack, defence);
  if (move.selfdestruct && physical) defence = Math.floor(defence / 2);
  return [Math.max(1, attack), Math.max(1, defence)];
}

/** When one of the two exceeds a byte, both are divided by 4; stats above 1023 wrap around. */
function inOneByte(attack: number, defence: number): readonly [attack: number, defence: number] {
  if (attack < 256 && defence < 256) return [attack, defence];
  return [Math.floor(attack / 4) % 256, Math.floor(defence / 4) % 256];
}

function doublesAttack({ item, pokemon }: Combatant, physical: boolean): boolean {
  if (physical) return item === 'thickclub' && ['Cubone', 'Marowak'].includes(pokemon.baseSpecies);
  return item === 'lightball' && pokemon.baseSpecies === 'Pikachu';
}

function weatherFactor(setting: Setting, move: Move, type: string): number {
  const [rain, sun] = [isRain(setting), isSun(setting)];
  if ((type === 'Water' && rain) || (type === 'Fire' && sun)) return 3 / 2;
  const isWeakened = ((type === 'Fire' || move.id === 'solarbeam') && rain) || (type === 'Water' && sun);
  return isWeakened ? 1 / 2 : 1;
}
