import { type Combatant, isGrounded } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

/** The priority a move has when this Pokémon uses it now. */
export function priorityNow(setting: Setting, user: Combatant, move: Move): number {
  const { ability } = user;
  let priority = move.priority;
  if (move.id === 'grassyglide' && setting.terrain === 'grassyterrain' && isGrounded(setting, user))
    priority += 1;
  if (ability === 'prankster' && move.category === 'Status') priority += 1;
  if (ability === 'triage' && move.flags.heal) priority += 3;
  if (ability === 'galewings' && moveTypeNow(setting, user, move) === 'Flying') {
    // From generation 7 on only at full health.
    if (setting.gen <= 6 || user.pokemon.hp === 1) priority += 1;
  }
  return priority;
}
