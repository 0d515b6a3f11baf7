import type { Combatant } from './combatant.ts';

/** Whether the user has aimed at the target with Lock-On or Mind Reader, so that its next move cannot miss. */
export function isLockedOn(user: Combatant, target: Combatant): boolean {
  // The level holds the position on the field that was aimed at.
  const place = user.pokemon.volatiles.lockon;
  return place !== undefined && !target.entering && place === 1 + (target.pokemon.position ?? 0);
}
