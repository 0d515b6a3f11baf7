import { abilityEffects, abilityNow, itemEffects } from './effects-now.ts';
import { wakeParadox } from './field.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Applies what an ability does when its bearer comes in or gets it, and an item that reacts to it. */
export function startAbility(p: SearchState, side: Side): void {
  const ability = abilityNow(side);
  abilityEffects(p, side).onStart?.(p, side);
  // An ability copied by Trace has started already.
  if (side.ability !== ability && ability === 'trace') return;
  wakeParadox(p, side);
  if (p.weather !== '') wakeParadox(p, side.foe);
  itemEffects(p, side).onStart?.(p, side);
}
