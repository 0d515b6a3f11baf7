import { UNCOPIABLE, UNGIVABLE, UNSUPPRESSABLE, UNSWAPPABLE } from './ability-flags.ts';
import { blocksPriority, dragIn } from './attack.ts';
import { hasBench } from './bench.ts';
import { boostAll, boostStat } from './boosts.ts';
import { abilityNow, itemNow, stageFactor } from './condition.ts';
import { tryAbsorb } from './contact.ts';
import { abilityAgainst, typeMultiplier } from './effectiveness.ts';
import { applyIndirectDamage, faint, heal } from './hp.ts';
import { keepsItem, loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import { onOwnSide } from './own-side-move.ts';
import { hitChance } from './priority.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearHazards, clearScreens, layHazard } from './side-conditions.ts';
import { inflict } from './status.ts';
import { startAbility } from './switch-in.ts';
import { transform } from './transform.ts';
import { DARK, GHOST, GRASS } from './types.ts';
import { giveVolatile } from './volatile.ts';

/** Lets the active Pokémon use a status move. Returns whether it worked. */
export function useStatusMove(p: SearchState, user: Side, move: ModelMove): boolean {
  // Curse is another move for those that are no Ghosts.
  const isAimed = move.id === 'curse' ? user.hasType(GHOST) : move.aimed;
  const worked = isAimed ? onFoe(p, user, move) : onOwnSide(p, user, move);
  if (worked && user.active.hp > 0) {
    if (move.passesVolatiles) user.mustSwitch = hasBench(user) ? 3 : 0;
    else if (move.pivots && hasBench(user)) user.mustSwitch = 2;
  }
  return worked;
}

function onFoe(p: SearchState, user: Side, move: ModelMove): boolean {
  const target = user.foe;
  if (target.active.hp <= 0) return false;
  const { volatiles } = target;
  if (volatiles.protected === 2 || (volatiles.protected === 1 && move.stoppedByProtect)) return false;
  if (blocksPriority(p, user, move)) return false;
  const ability = abilityAgainst(user, move);
  if (ability === 'goodasgold') return false;
  if (p.gen >= 7 && abilityNow(user) === 'prankster' && target.hasType(DARK)) return false;
  if (ability === 'magicbounce' && move.reflectable) {
    effectOn(p, target, user, move);
    return false;
  }
  if (move.powder && p.gen >= 6) {
    if (target.hasType(GRASS) || ability === 'overcoat' || itemNow(target) === 'safetygoggles') return false;
  }
  if (move.sound && ability === 'soundproof') return false;
  if (volatiles.substitute > 0 && !move.passesSubstitute && abilityNow(user) !== 'infiltrator') return false;
  // Thunder Wave is the status move that types stop.
  if (move.id === 'thunderwave') {
    if (typeMultiplier(p, user, move, move.type) === 0 || tryAbsorb(p, target, move, move.type, ability))
      return false;
  }
  if (!p.chance(hitChance(p, user, move))) return false;
  return effectOn(p, user, target, move);
}

/** What an aimed status move does to whom it reaches. */
function effectOn(p: SearchState, user: Side, target: Side, move: ModelMove): boolean {
  let worked = false;
  if (move.status !== '') worked = inflict(p, target, move.status, user) || worked;
  if (move.boosts) worked = boostAll(p, target, move.boosts, true) || worked;
  if (move.volatile !== '' && move.id !== 'curse') {
    worked = giveVolatile(p, user, target, move.volatile) || worked;
  }
  if (move.sideCondition !== '') worked = layHazard(target, move.sideCondition) || worked;
  if (move.forcesOut) worked = dragIn(p, target) || worked;
  switch (move.id) {
    case 'partingshot':
      boostStat(p, target, 'atk', -1, true);
      boostStat(p, target, 'spa', -1, true);
      return true;
    case 'memento':
      faint(p, user);
      return true;
    case 'strengthsap': {
      const stage = target.volatiles.atk;
      const points = target.forme.atk * stageFactor(stage);
      if (!boostStat(p, target, 'atk', -1, true)) return false;
      heal(user, points);
      return true;
    }
    case 'painsplit': {
      const mean = Math.floor((user.active.hp + target.active.hp) / 2);
      user.active.hp = Math.min(user.active.maxHp, Math.max(1, mean));
      target.active.hp = Math.min(target.active.maxHp, Math.max(1, mean));
      return true;
    }
    case 'trick':
    case 'switcheroo': {
      if (keepsItem(target) || keepsItem(user)) return false;
      const { item } = user.active;
      user.active.item = target.active.item;
      target.active.item = item;
      user.volatiles.lockedMove = 0;
      target.volatiles.lockedMove = 0;
      return true;
    }
    case 'curse':
      applyIndirectDamage(p, user, user.active.maxHp / 2);
      return giveVolatile(p, user, target, 'curse');
    case 'topsyturvy':
      target.volatiles.atk *= -1;
      target.volatiles.def *= -1;
      target.volatiles.spa *= -1;
      target.volatiles.spd *= -1;
      target.volatiles.spe *= -1;
      return true;
    case 'psychup': {
      const { volatiles: mine } = user;
      const { volatiles: theirs } = target;
      mine.atk = theirs.atk;
      mine.def = theirs.def;
      mine.spa = theirs.spa;
      mine.spd = theirs.spd;
      mine.spe = theirs.spe;
      return true;
    }
    case 'meanlook':
    case 'block':
    case 'spiderweb':
      target.volatiles.held = 1;
      return true;
    case 'soak':
      target.type1 = 3;
      target.type2 = 0;
      return true;
    case 'transform':
      transform(user);
      return user.formeAtHome !== undefined;
    case 'skillswap':
      return swapAbilities(p, user);
    case 'roleplay':
    case 'doodle':
      if (UNCOPIABLE.has(target.ability) || UNSUPPRESSABLE.has(user.ability)) return false;
      return giveAbility(p, user, target.ability);
    case 'entrainment':
      if (UNGIVABLE.has(user.ability) || UNSUPPRESSABLE.has(target.ability) || target.ability === 'truant')
        return false;
      return giveAbility(p, target, user.ability);
    case 'worryseed':
      if (UNSUPPRESSABLE.has(target.ability) || target.ability === 'truant') return false;
      if (target.active.status === 'slp') target.active.status = '';
      return giveAbility(p, target, 'insomnia');
    case 'simplebeam':
      if (UNSUPPRESSABLE.has(target.ability) || target.ability === 'truant') return false;
      return giveAbility(p, target, 'simple');
    case 'gastroacid':
      if (UNSUPPRESSABLE.has(target.ability)) return false;
      target.ability = '';
      return true;
    case 'defog':
      clearHazards(target);
      clearScreens(target);
      if (p.gen >= 6) clearHazards(user);
      if (p.gen >= 8) p.terrain = '';
      boostStat(p, target, 'evasion', -1, true);
      return true;
    case 'corrosivegas':
      loseItem(target);
      return true;
    case 'spite':
      if (target.volatiles.lastMove === 0) return false;
      target.active.usePp(target.volatiles.lastMove - 1, 4);
      return true;
  }
  return worked;
}

/** Another ability takes effect at once. Returns whether it is another. */
function giveAbility(p: SearchState, side: Side, ability: string): boolean {
  if (side.ability === ability) return false;
  side.ability = ability;
  startAbility(p, side);
  return true;
}

function swapAbilities(p: SearchState, user: Side): boolean {
  const { foe, ability } = user;
  if (UNSWAPPABLE.has(ability) || UNSWAPPABLE.has(foe.ability)) return false;
  user.ability = foe.ability;
  foe.ability = ability;
  startAbility(p, user);
  startAbility(p, foe);
  return true;
}
