import { type Combatant, isGrounded } from './combatant.ts';
import type { Move } from './dex.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

const MAX_GUARD = 4;

/** The priority of a move when this Pokémon uses it now; as a Max Move if it is dynamaxed. */
export function priorityNow(
  setting: Setting,
  user: Combatant,
  move: Move,
  form: 'plain' | 'zmove' = 'plain',
): number {
  const { ability } = user;
  const isStatus = move.category === 'Status';
  const isMax = Boolean(user.pokemon.volatiles.dynamax);
  // As Z-moves status moves stay what they are; under Dynamax they become Max Guard.
  const isAnother = isMax || (form === 'zmove' && !isStatus);
  let priority = isAnother ? 0 : move.priority;
  const isGuard = isMax && isStatus;
  if (isGuard) priority = MAX_GUARD;
  if (ability === 'prankster' && isStatus) priority += 1;
  if (
    !isAnother &&
    move.id === 'grassyglide' &&
    setting.terrain === 'grassyterrain' &&
    isGrounded(setting, user)
  )
    priority += 1;
  if (!isAnother && ability === 'triage' && move.flags.heal) priority += 3;
  if (ability === 'galewings' && !isGuard && moveTypeNow(setting, user, move) === 'Flying') {
    // From generation 7 on only at full HP.
    if (setting.gen <= 6 || user.pokemon.hp === 1) priority += 1;
  }
  return priority;
}
