import type { Status } from './condition-ids.ts';
import { abilityEffects, abilityNow, isGrounded, isSunny, itemNow } from './effects-now.ts';
import { curesStatus, loseItem } from './item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { ELECTRIC, FIRE, ICE, POISON, STEEL } from './types.ts';

/**
 * Gives the active Pokémon a status, unless something forbids it. Returns whether it has it now.
 *
 * @param source who causes it; undefined for hazards and its own item
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
    // Until generation 4 bad poison came back as poison.
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

/** Sleep Clause: one sleeper a side by the foe's doing. A self-made sleep of somebody else is taken for one, too. */
function sleepClause(target: Side, source: Side | undefined): boolean {
  if (!source || source === target) return false;
  for (const pokemon of target.pokemon) {
    if (pokemon !== target.active && pokemon.status === 'slp' && pokemon.hp > 0) return true;
  }
  return false;
}
