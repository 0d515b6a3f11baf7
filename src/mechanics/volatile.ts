import { abilityEffects, itemNow } from './condition.ts';
import { loseItem } from './item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { inflict } from './status.ts';
import { GRASS } from './types.ts';

/** Gives the target a volatile condition by id. Returns whether it took. */
export function giveVolatile(p: SearchState, user: Side, target: Side, id: string): boolean {
  const { volatiles: v } = target;
  if (target.active.hp <= 0) return false;
  const ability = abilityEffects(p, target);
  if (ability.volatileproof.length > 0 && ability.volatileproof.includes(id)) return false;
  switch (id) {
    case 'confusion':
      if (v.confusion > 0) return false;
      if (user !== target && target.safeguard > 0) return false;
      if (itemNow(target) === 'lumberry' || itemNow(target) === 'persimberry') loseItem(target);
      else v.confusion = 2 + Math.floor(p.random() * 4);
      return true;
    case 'flinch':
      if (v.moved) return false;
      v.flinched = 1;
      ability.onFlinch?.(target);
      return true;
    case 'leechseed':
      if (v.leechSeed || target.hasType(GRASS)) return false;
      v.leechSeed = 1;
      return true;
    case 'taunt':
      if (v.taunt > 0) return false;
      v.taunt = 3 + (v.moved ? 1 : 0);
      return shrugsOff(target);
    case 'encore':
      if (v.encore > 0 || v.lastMove === 0) return false;
      v.encore = 3 + (v.moved ? 1 : 0);
      v.encoreMove = v.lastMove;
      return shrugsOff(target);
    case 'disable':
      if (v.disable > 0 || v.lastMove === 0) return false;
      v.disable = 4 + (v.moved ? 1 : 0);
      v.disabledMove = v.lastMove;
      return shrugsOff(target);
    case 'yawn':
      if (v.yawn > 0 || target.active.status !== '' || target.safeguard > 0) return false;
      v.yawn = 2;
      return true;
    case 'partiallytrapped':
      if (v.bound > 0) return false;
      v.bound = bindingTurns(p, itemNow(user) === 'gripclaw');
      return true;
    case 'saltcure':
      v.saltCure = 1;
      return true;
    case 'syrupbomb':
      v.syrup = 3;
      return true;
    case 'healblock':
      v.healBlock = 2;
      return true;
    case 'smackdown':
      v.smackedDown = 1;
      return true;
    case 'curse':
      if (v.cursed) return false;
      v.cursed = 1;
      return true;
    case 'perishsong':
      if (v.perish > 0) return false;
      v.perish = 4;
      return true;
    case 'magnetrise':
      v.magnetRise = 5;
      return true;
    case 'aquaring':
      v.aquaRing = 1;
      return true;
    case 'ingrain':
      v.ingrain = 1;
      return true;
    case 'focusenergy':
    case 'dragoncheer':
    case 'laserfocus':
      if (v.focus > 0) return false;
      v.focus = 2;
      return true;
    case 'charge':
      v.charged = 1;
      return true;
    case 'destinybond':
      v.destinyBond = 1;
      return true;
    case 'trapped':
    case 'noretreat':
      v.held = 1;
      return true;
    case 'glaiverush':
      v.exposed = 1;
      return true;
    case 'sparklingaria':
      if (target.active.status === 'brn') target.active.status = '';
      return true;
    case 'mustrecharge':
      v.recharging = 1;
      return true;
    case 'sleep':
      return inflict(p, target, 'slp', user);
    default:
      return false;
  }
}

/** Ends of turns until it is free: it suffers at each but the last. */
function bindingTurns({ rules, random }: SearchState, hasClaw: boolean): number {
  if (hasClaw) return rules.gripClawTurns;
  return rules.fewestBindingTurns + Math.floor(random() * rules.bindingSpread);
}

/** A Mental Herb undoes what keeps its holder from choosing. */
function shrugsOff(target: Side): boolean {
  if (target.active.item !== 'mentalherb') return true;
  const { volatiles: v } = target;
  v.taunt = 0;
  v.encore = 0;
  v.disable = 0;
  loseItem(target);
  return true;
}
