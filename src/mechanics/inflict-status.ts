import type { Status } from './condition-ids.ts';
import { abilityEffects, abilityNow, isGrounded, isSunny, itemNow } from './effects-now.ts';
import { curesStatus, loseItem } from './lose-item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { ELECTRIC, FIRE, ICE, POISON, STEEL } from './types.ts';

/**
 * Gives the active Pokémon a status, unless something prevents it. Returns whether it has the status now.
 *
 * @param source the side that causes it; undefined for hazards and the target's own item
 */
export function inflict(p: SearchState, target: Side, status: Status, source: Side | undefined): boolean {
  const { active } = target;
  if (active.hp <= 0 || active.status !== '' || isImmune(p, target, status, source)) return false;
  active.status = status;
  active.counter = status === 'slp' ? sleepTurns(p, target) : 0;
  if (curesStatus(p, itemNow(target), status)) {
    active.status = '';
    loseItem(target);
    return false;
  }
  const returned = status === 'brn' || status === 'par' || status === 'psn' || status === 'tox';
  if (source && source !== target && returned && abilityNow(target) === 'synchronize') {
    // Until generation 4 Synchronize returned bad poison as poison.
    inflict(p, source, status === 'tox' && p.gen <= 4 ? 'psn' : status, undefined);
  }
  return true;
}

function sleepTurns(p: SearchState, target: Side): number {
  const turns = 1 + Math.floor(p.random() * p.rules.longestSleep);
  return abilityNow(target) === 'earlybird' ? Math.ceil(turns / 2) : turns;
}

function isImmune(p: SearchState, target: Side, status: Status, source: Side | undefined): boolean {
  if (source && source !== target && target.safeguard > 0) return true;
  if (p.terrain !== '' && isGrounded(p, target)) {
    if (p.terrain === 'mistyterrain') return true;
    if (p.terrain === 'electricterrain' && status === 'slp') return true;
  }
  if (abilityEffects(p, target).onSetStatus?.(p, target, status)) return true;
  switch (status) {
    case 'brn':
      return target.hasType(FIRE);
    case 'par':
      return p.gen >= 6 && target.hasType(ELECTRIC);
    case 'psn':
    case 'tox':
      if (source && abilityNow(source) === 'corrosion') return false;
      return target.hasType(POISON) || (p.gen >= 2 && target.hasType(STEEL));
    case 'slp':
      return sleepClause(target, source);
    case 'frz':
      return target.hasType(ICE) || isSunny(p);
    default:
      return true;
  }
}

/**
 * Sleep Clause: the opponent may put only one Pokémon of a side to sleep. A team member that put itself to sleep counts
 * here, too.
 */
function sleepClause(target: Side, source: Side | undefined): boolean {
  if (!source || source === target) return false;
  for (const pokemon of target.pokemon) {
    if (pokemon !== target.active && pokemon.status === 'slp' && pokemon.hp > 0) return true;
  }
  return false;
}
