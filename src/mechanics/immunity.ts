import { itemNow } from './effects-now.ts';
import type { Attack, SearchState } from './search-state.ts';
import { GROUND, NO_TYPE } from './types.ts';

/** Whether an attack has no effect on its target, by types, Wonder Guard or Air Balloon. */
export function isImmune(p: SearchState, { target, move, type, effectiveness, ability }: Attack): boolean {
  if (move.ignoresImmunity) return false;
  if (effectiveness === 0) return true;
  if (ability === 'wonderguard' && effectiveness <= 1 && type !== NO_TYPE) return true;
  return type === GROUND && p.gravity === 0 && itemNow(target) === 'airballoon';
}

/** Whether the target's ability makes it immune to an attack of this type. */
export function isBlockedByAbility(p: SearchState, attack: Attack): boolean {
  const { defendingAbility, target, move, type } = attack;
  return defendingAbility.onTryHit?.(p, target, move, type) ?? false;
}

/** Like {@link isBlockedByAbility}; the target also gains what the ability gives it. */
export function tryAbsorb(p: SearchState, attack: Attack): boolean {
  if (!isBlockedByAbility(p, attack)) return false;
  attack.defendingAbility.onAbsorb?.(p, attack.target);
  return true;
}
