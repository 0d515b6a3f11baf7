import { hasBench, randomFromBench } from './bench.ts';
import { boostAll, boostStat } from './boosts.ts';
import { abilityNow, isGrounded, itemNow } from './condition.ts';
import { addedEffects, isImmune, makesContact, onHitShield, tryAbsorb } from './contact.ts';
import { fixedDamage, passesSubstitute, strike } from './damaging-move.ts';
import { abilityAgainst, typeMultiplier } from './effectiveness.ts';
import { applyDamage, applyIndirectDamage, faint, heal } from './hp.ts';
import { keepsItem, loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import { afterHitEffects } from './move-effects.ts';
import { typeOf } from './move-type.ts';
import { hitChance, priorityOf } from './priority.ts';
import type { SearchState } from './search-state.ts';
import { applySecondaries } from './secondaries.ts';
import type { Side } from './side.ts';
import { switchTo } from './switch-in.ts';
import { giveVolatile } from './volatile.ts';

/** Whether something lets no move of this priority through to the target. */
export function blocksPriority(p: SearchState, user: Side, move: ModelMove): boolean {
  if (priorityOf(p, user, move) <= 0) return false;
  if (p.terrain === 'psychicterrain' && isGrounded(p, user.foe)) return true;
  const ability = abilityAgainst(user, move);
  return ability === 'queenlymajesty' || ability === 'dazzling' || ability === 'armortail';
}

/** Lets the active Pokémon use a damaging move on the other side's. Returns whether it did something. */
export function attack(p: SearchState, user: Side, move: ModelMove): boolean {
  const done = strikes(p, user, move);
  if (move.selfDestructs && abilityNow(user.foe) !== 'damp') {
    // It faints for its attack, whatever came of that.
    if (user.active.hp > 0) faint(p, user);
    return done;
  }
  if (!done && move.crashes && user.active.hp > 0) {
    applyIndirectDamage(
      p,
      user,
      p.gen >= 5 ? user.active.maxHp / 2 : p.gen === 1 ? 1 : user.active.maxHp / 8,
    );
  }
  if (move.hpCost > 0 && user.active.hp > 0 && (done || move.id === 'mindblown')) {
    applyIndirectDamage(p, user, Math.ceil(user.active.maxHp * move.hpCost));
  }
  return done;
}

function strikes(p: SearchState, user: Side, move: ModelMove): boolean {
  const target = user.foe;
  if (target.active.hp <= 0) return false;
  const type = typeOf(p, user, move);
  const ability = abilityAgainst(user, move);
  if (isProtected(p, user, move)) {
    onHitShield(p, user, move);
    return false;
  }
  if (blocksPriority(p, user, move)) return false;
  if (!p.chance(hitChance(p, user, move))) {
    if (itemNow(user) === 'blunderpolicy') {
      loseItem(user);
      boostStat(p, user, 'spe', 2);
    }
    return false;
  }
  const effectiveness = typeMultiplier(p, user, move, type);
  if (tryAbsorb(p, target, move, type, ability)) return false;
  if (isImmune(p, target, move, type, effectiveness, ability)) return false;

  const fixed = fixedDamage(p, user, move);
  if (fixed === 0) return false;
  if (SCREEN_BREAKERS.has(move.id)) {
    target.reflect = 0;
    target.lightScreen = 0;
    target.auroraVeil = 0;
  }
  const hadSubstitute = target.volatiles.substitute > 0 && !passesSubstitute(user, move);
  const hpBefore = target.active.hp;
  const hits = hitCount(p, user, move);
  let dealt = 0;
  let landed = 0;
  for (let hit = 0; hit < hits && target.active.hp > 0 && user.active.hp > 0; hit++) {
    if (hit > 0 && move.rollsEachHit && abilityNow(user) !== 'skilllink' && itemNow(user) !== 'loadeddice') {
      if (!p.chance(hitChance(p, user, move))) break;
    }
    dealt += strike(p, user, move, type, effectiveness, fixed, hit);
    landed++;
  }
  if (landed === 0) return false;
  if (!hadSubstitute) target.active.timesHit += landed;
  afterStrikes(p, user, move, dealt, hadSubstitute);
  if (abilityNow(user) !== 'sheerforce' || !move.hasSecondary) fleeIfHurt(target, hpBefore);
  return true;
}

function isProtected(p: SearchState, user: Side, move: ModelMove): boolean {
  const { volatiles } = user.foe;
  if (volatiles.protected === 0) return false;
  if (volatiles.protected === 2) return abilityNow(user) !== 'noguard' && abilityNow(user.foe) !== 'noguard';
  if (!move.stoppedByProtect) return false;
  if (p.gen >= 8 && abilityNow(user) === 'unseenfist' && makesContact(user, move)) return false;
  return true;
}

const SCREEN_BREAKERS = new Set(['brickbreak', 'psychicfangs', 'ragingbull']);

function hitCount(p: SearchState, user: Side, move: ModelMove): number {
  const { minHits, maxHits } = move;
  if (move.id === 'beatup') return comrades(user);
  if (maxHits === minHits) return maxHits;
  if (abilityNow(user) === 'skilllink') return maxHits;
  const luck = p.random();
  if (itemNow(user) === 'loadeddice') return luck < 0.5 ? 4 : 5;
  const few = p.gen >= 5 ? 0.35 : 0.375;
  if (luck < 2 * few) return luck < few ? 2 : 3;
  return luck < (p.gen >= 5 ? 0.85 : 0.875) ? 4 : 5;
}

/** Whoever joins in a Beat Up: the user, and team members that are well. */
function comrades({ pokemon: team, active }: Side): number {
  let count = 0;
  for (const pokemon of team) {
    if (pokemon === active || (pokemon.hp > 0 && pokemon.status === '')) count++;
  }
  return count;
}

function afterStrikes(
  p: SearchState,
  user: Side,
  move: ModelMove,
  dealt: number,
  hadSubstitute: boolean,
): void {
  const target = user.foe;
  const forceful = abilityNow(user) === 'sheerforce' && move.hasSecondary;
  if (!hadSubstitute && target.active.hp > 0 && !forceful) {
    const shielded = abilityAgainst(user, move) === 'shielddust' || itemNow(target) === 'covertcloak';
    applySecondaries(p, user, move, shielded);
    // In generation 1 binding holds both, turn after turn: the model takes it for a plain attack.
    if (move.volatile !== '' && p.gen > 1) giveVolatile(p, user, target, move.volatile);
    if (!shielded) addedEffects(p, user, move);
  } else if (!forceful) {
    applySecondaries(p, user, move, true);
  }
  if (user.active.hp > 0) {
    if (move.drain > 0 && dealt > 0) drain(p, user, dealt * move.drain);
    if (move.recoil > 0 && dealt > 0 && abilityNow(user) !== 'rockhead') {
      applyIndirectDamage(p, user, dealt * move.recoil);
    }
    if (move.id === 'struggle') applyDamage(p, user, p.gen >= 4 ? user.active.maxHp / 4 : dealt / 2);
  }
  if (user.active.hp > 0 && move.selfBoosts) boostAll(p, user, move.selfBoosts);
  afterHitEffects(p, user, move, hadSubstitute);
  if (user.active.hp > 0 && !forceful) {
    const item = itemNow(user);
    if (item === 'lifeorb') applyIndirectDamage(p, user, user.active.maxHp / 10);
    else if (item === 'shellbell' && dealt > 0) heal(user, dealt / 8);
  }
  if (!hadSubstitute && makesContact(user, move)) pickPocket(user);
  if (move.pivots && user.active.hp > 0 && hasBench(user)) user.mustSwitch = 2;
  if (target.active.hp > 0 && !hadSubstitute) {
    if (move.forcesOut) dragIn(p, target);
    else if (itemNow(target) === 'ejectbutton' && hasBench(target) && user.mustSwitch === 0) {
      loseItem(target);
      target.mustSwitch = 2;
      target.pending = 0;
    } else if (itemNow(target) === 'redcard' && user.active.hp > 0 && hasBench(user)) {
      loseItem(target);
      user.mustSwitch = 0;
      dragIn(p, user);
    }
  }
}

/** Pickpocket takes the item of whoever touches its bearer. */
function pickPocket(user: Side): void {
  const { foe, active } = user;
  if (abilityNow(foe) !== 'pickpocket' || foe.active.hp <= 0 || foe.active.item !== '') return;
  if (active.hp <= 0 || active.item === '' || keepsItem(user)) return;
  foe.active.item = active.item;
  loseItem(user);
}

function drain(p: SearchState, user: Side, points: number): void {
  const bigger = itemNow(user) === 'bigroot' ? 1.3 : 1;
  if (abilityNow(user.foe) === 'liquidooze') applyIndirectDamage(p, user, points);
  else heal(user, points * bigger);
}

/** Emergency Exit and Wimp Out: whoever falls to half of its HP leaves, and does nothing more in this turn. */
export function fleeIfHurt(side: Side, hpBefore: number): void {
  const { active } = side;
  if (active.hp <= 0 || active.hp * 2 > active.maxHp || hpBefore * 2 <= active.maxHp) return;
  const ability = abilityNow(side);
  if ((ability !== 'emergencyexit' && ability !== 'wimpout') || !hasBench(side)) return;
  side.mustSwitch = 2;
  side.pending = 0;
  // Whoever wanted to leave after the attack stays.
  side.foe.mustSwitch = 0;
}

/** Somebody else comes in by force. */
export function dragIn(p: SearchState, side: Side): boolean {
  const ability = abilityNow(side);
  if (ability === 'suctioncups' || ability === 'guarddog' || side.volatiles.ingrain) return false;
  if (side.volatiles.dynamax > 0) return false;
  const next = randomFromBench(p, side);
  if (!next) return false;
  side.pending = 0;
  switchTo(p, side, next);
  return true;
}
