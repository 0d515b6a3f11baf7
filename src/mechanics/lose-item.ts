import type { Status } from './condition-ids.ts';
import { abilityNow } from './effects-now.ts';
import { ITEM_IDS } from './ids.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Whether the active Pokémon's item cannot be taken away. */
export function keepsItem(side: Side): boolean {
  const { item, forme } = side.active;
  return (item !== '' && item === forme.boundItem) || abilityNow(side) === 'stickyhold';
}

/** Removes the active Pokémon's item: used up or knocked off. */
export function loseItem(side: Side): void {
  const { active, volatiles } = side;
  if (active.item === '') return;
  const chosen = active.item.startsWith('choice') && side.ability !== 'gorillatactics';
  if (chosen && volatiles.rampage === 0 && volatiles.rolling === 0) volatiles.lockedMove = 0;
  active.item = '';
  active.lostItem = true;
  if (side.ability === 'unburden') volatiles.unburdened = 1;
}

/** Whether a held item cures a status. */
export function curesStatus(p: SearchState, item: string, status: Status): boolean {
  return p.effects.items[ITEM_IDS.numberOf(item)]?.cures.includes(status) ?? false;
}
