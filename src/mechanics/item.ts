import { abilityNow } from './condition.ts';
import type { Half } from './search-state.ts';

/** Whether nobody can take the item of the active Pokémon. */
export function keepsItem(half: Half): boolean {
  const { item, body } = half.active;
  return (item !== '' && item === body.boundItem) || abilityNow(half) === 'stickyhold';
}

/** The item is used up or knocked off. */
export function loseItem(half: Half): void {
  const { active, volatiles } = half;
  if (active.item === '') return;
  const chosen = active.item.startsWith('choice') && half.ability !== 'gorillatactics';
  if (chosen && volatiles.rampage === 0 && volatiles.rolling === 0) volatiles.lockedMove = 0;
  active.item = '';
  active.lostItem = true;
  if (half.ability === 'unburden') volatiles.unburdened = 1;
}
