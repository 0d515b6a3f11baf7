import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveCategoryNow } from './move-category.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';
import { multiplied, staged } from './stat-stages.ts';
import { strengthenedType } from './type-items.ts';

/**
 * The user with its attacking stat after its stage and then its item, rounded to the nearest as in Showdown's
 * simulator; the calculator applies the item first and rounds down. Undefined when its item has no effect on the stat.
 *
 * @param how the item in effect, and whether it is a critical hit, which ignores a lowered stage
 */
export function raisedByItem(
  setting: Setting,
  user: Combatant,
  move: Move,
  { item, crit }: { readonly item: string; readonly crit: boolean },
): Combatant | undefined {
  if (setting.gen !== 3 || strengthenedType(3, item) !== moveTypeNow(setting, user, move)) return undefined;
  const stat = moveCategoryNow(setting, user, move) === 'Physical' ? 'atk' : 'spa';
  const { pokemon, stats } = user;
  const stage = pokemon.boosts[stat] ?? 0;
  const points = staged(setting.gen, stats[stat], crit ? Math.max(0, stage) : stage);
  return {
    ...user,
    pokemon: { ...pokemon, boosts: { ...pokemon.boosts, [stat]: 0 } },
    stats: { ...stats, [stat]: multiplied(points, 1.1) },
  };
}
