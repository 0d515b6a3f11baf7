import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { priorityNow } from './priority.ts';
import type { Setting } from './setting.ts';
import { firstChance } from './speed.ts';

/**
 * Chance that a move of the user hits before the target has acted, if the target's move has no priority, 0–1. A Pokémon
 * that comes in just now is compared as if both chose for the next turn.
 */
export function actsBefore(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  // A Pokémon that comes in has no other action this turn.
  if (target.entering) return 1;
  const priority = priorityNow(setting, user, move);
  if (priority !== 0) return priority > 0 ? 1 : 0;
  return firstChance(setting, user, target);
}

/**
 * The same for what lasts until the target's next action, such as being underground: 0 for a user that comes in now,
 * because the target has acted before it can attack.
 */
export function strikesBeforeNextAction(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): number {
  return user.entering ? 0 : actsBefore(setting, user, target, move);
}
