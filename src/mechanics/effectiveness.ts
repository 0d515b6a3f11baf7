import { abilityEffects, abilityNow, isGrounded, itemNow } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { against, FIGHTING, FLYING, GHOST, GROUND, NO_TYPE, NORMAL, STELLAR, WATER } from './types.ts';

/** Id of the target's ability as far as it affects this move: none against Mold Breaker and similar abilities. */
export function abilityAgainst(p: SearchState, user: Side, move: ModelMove): string {
  const ability = abilityNow(user.foe);
  if (ability === '') return '';
  const ignores = move.ignoresAbility || abilityEffects(p, user).ignoresAbilities;
  if (!ignores || itemNow(user.foe) === 'abilityshield') return ability;
  return ability === 'shadowshield' || ability === 'prismarmor' || ability === 'fullmetalbody' ? ability : '';
}

/** Type multiplier of an attack on the opposing active Pokémon, without abilities and items. */
export function typeMultiplier(p: SearchState, user: Side, move: ModelMove, type: number): number {
  const target = user.foe;
  if (type === NO_TYPE) return 1;
  if (type === STELLAR) return target.active.terastallized ? 2 : 1;
  let product = oneType(p, user, move, type, target.type1);
  if (target.type2 !== NO_TYPE) product *= oneType(p, user, move, type, target.type2);
  if (product === 0 && (itemNow(target) === 'ringtarget' || move.id === 'thousandarrows')) return 1;
  return product;
}

// biome-ignore lint/complexity/useMaxParams: called for each type of each attack; an object would cost
function oneType(p: SearchState, user: Side, move: ModelMove, type: number, defending: number): number {
  if (defending === WATER && move.id === 'freezedry') return 2;
  if (defending === GHOST && (type === NORMAL || type === FIGHTING)) {
    if (abilityEffects(p, user).hitsGhosts) return 1;
  }
  if (defending === FLYING) {
    if (type === GROUND && (isGrounded(p, user.foe) || user.foe.volatiles.roosting > 0)) return 1;
    if (user.foe.volatiles.roosting > 0) return 1;
  }
  let factor = against(p.chart, type, defending);
  if (move.id === 'flyingpress') factor *= against(p.chart, FLYING, defending);
  if (defending === FLYING && factor > 1 && p.weather === 'wind') return 1;
  return factor;
}
