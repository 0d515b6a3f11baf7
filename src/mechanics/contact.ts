import { abilityNow, itemNow } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import type { Side } from './side.ts';

/** Whether a move makes contact, for abilities and items that respond to it. */
export function makesContact(user: Side, move: ModelMove): boolean {
  if (!move.contact || abilityNow(user) === 'longreach') return false;
  const item = itemNow(user);
  return item !== 'protectivepads' && !(item === 'punchingglove' && move.punch);
}
