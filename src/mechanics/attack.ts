import { addVolatile } from './add-volatile.ts';
import { refreshAttack, setUpAttack } from './aim.ts';
import { hasBench, randomFromBench } from './bench.ts';
import { boostAll, boostStat } from './boosts.ts';
import { SWITCH } from './choices.ts';
import { makesContact } from './contact.ts';
import { fixedDamage, passesSubstitute, strike } from './damaging-move.ts';
import { abilityAgainst } from './effectiveness.ts';
import { abilityEffects, abilityNow, isGrounded, itemNow } from './effects-now.ts';
import { applyDamage, applyIndirectDamage, faint, heal } from './hp.ts';
import { isImmune, tryAbsorb } from './immunity.ts';
import { keepsItem, loseItem } from './lose-item.ts';
import type { ModelMove } from './model-move.ts';
import { hitChance, priorityOf } from './priority.ts';
import type { Attack, SearchState } from './search-state.ts';
import { applySecondaries } from './secondaries.ts';
import { NOT_ASKED, PIVOT, type Side } from './side.ts';
import { breakScreens } from './side-conditions.ts';
import { switchTo } from './switch-in.ts';
import { OUT_OF_REACH, SHIELDED } from './volatiles.ts';

/** Whether something protects the target from moves of this priority. */
export function blocksPriority(p: SearchState, user: Side, move: ModelMove): boolean {
  if (priorityOf(p, user, move) <= 0) return false;
  if (p.terrain === 'psychicterrain' && isGrounded(p, user.foe)) return true;
  return abilityEffects(p, user.foe).stopsPriority && abilityAgainst(p, user, move) !== '';
}

/** Lets the active Pokémon use a damaging move on the opposing one. Returns whether it had an effect. */
export function attack(p: SearchState, user: Side, move: ModelMove): boolean {
  const done = strikes(p, user, move);
  if (move.selfDestructs && abilityNow(user.foe) !== 'damp') {
    // The user faints for its attack, whatever the outcome.
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
  if (isProtected(p, user, move)) {
    applyShieldContact(p, user, move);
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
  const attack = setUpAttack(p, user, move);
  if (tryAbsorb(p, attack) || isImmune(p, attack)) return false;
  const fixed = fixedDamage(p, attack);
  if (fixed === 0) return false;
  if (attack.moveEffects?.breaksScreens) breakScreens(target);
  attack.hadSubstitute = target.volatiles.substitute > 0 && !passesSubstitute(user, move);
  const hpBefore = target.active.hp;
  const landed = strikeAll(p, attack, fixed);
  if (landed === 0) return false;
  if (!attack.hadSubstitute) target.active.timesHit += landed;
  afterStrikes(p, attack);
  if (!hasSheerForce(user, move)) useEmergencyExit(target, hpBefore);
  return true;
}

/** All hits of a move, until one misses or a Pokémon faints. Returns how many landed. */
function strikeAll(p: SearchState, attack: Attack, fixed: number): number {
  const { user, target, move } = attack;
  const hits = hitCount(p, user, move);
  attack.dealt = 0;
  let landed = 0;
  while (landed < hits && target.active.hp > 0 && user.active.hp > 0) {
    if (landed > 0 && checksEachHit(user, move) && !p.chance(hitChance(p, user, move))) break;
    attack.dealt += strike(p, attack, fixed, landed);
    landed++;
  }
  return landed;
}

/** Whether each hit checks accuracy. */
function checksEachHit(user: Side, move: ModelMove): boolean {
  return move.rollsEachHit && abilityNow(user) !== 'skilllink' && itemNow(user) !== 'loadeddice';
}

/** Sheer Force trades secondary effects for power. */
function hasSheerForce(user: Side, move: ModelMove): boolean {
  return move.hasSecondary && abilityNow(user) === 'sheerforce';
}

function isProtected(p: SearchState, user: Side, move: ModelMove): boolean {
  const { volatiles } = user.foe;
  if (volatiles.protected === 0) return false;
  if (volatiles.protected === OUT_OF_REACH)
    return abilityNow(user) !== 'noguard' && abilityNow(user.foe) !== 'noguard';
  if (!move.stoppedByProtect) return false;
  return !(p.gen >= 8 && abilityNow(user) === 'unseenfist' && makesContact(user, move));
}

/** Applies what King's Shield and similar moves do to a Pokémon that makes contact. */
function applyShieldContact(p: SearchState, user: Side, move: ModelMove): void {
  const { volatiles, forme, choice } = user.foe;
  if (
    volatiles.protected !== SHIELDED ||
    volatiles.dynamax > 0 ||
    choice >= SWITCH ||
    !makesContact(user, move)
  )
    return;
  const shield = forme.moves[choice & 3];
  if (shield) p.effects.moves[shield.number]?.onShieldTouched?.(p, user);
}

function hitCount(p: SearchState, user: Side, move: ModelMove): number {
  const { minHits, maxHits } = move;
  if (move.id === 'beatup') return beatUpHits(user);
  if (maxHits === minHits) return maxHits;
  if (abilityNow(user) === 'skilllink') return maxHits;
  const luck = p.random();
  if (itemNow(user) === 'loadeddice') return luck < 0.5 ? 4 : 5;
  const { fewStrikes, underFiveStrikes } = p.rules;
  if (luck < 2 * fewStrikes) return luck < fewStrikes ? 2 : 3;
  return luck < underFiveStrikes ? 4 : 5;
}

/** Number of Pokémon that take part in Beat Up: the user, and healthy team members. */
function beatUpHits({ pokemon: team, active }: Side): number {
  let count = 0;
  for (const pokemon of team) {
    if (pokemon === active || (pokemon.hp > 0 && pokemon.status === '')) count++;
  }
  return count;
}

function afterStrikes(p: SearchState, attack: Attack): void {
  const { user, target, move, dealt, hadSubstitute } = attack;
  const isForced = hasSheerForce(user, move);
  if (!isForced) applySecondaryEffects(p, attack);
  if (user.active.hp > 0) {
    applyRecoilAndDrain(p, attack);
    if (user.active.hp > 0 && move.selfBoosts) boostAll(p, user, move.selfBoosts);
  }
  attack.moveEffects?.onAfterHit?.(p, attack);
  if (user.active.hp > 0 && !isForced) {
    const item = itemNow(user);
    if (item === 'lifeorb') applyIndirectDamage(p, user, user.active.maxHp / 10);
    else if (item === 'shellbell' && dealt > 0) heal(user, dealt / 8);
  }
  if (!hadSubstitute && makesContact(user, move)) usePickpocket(user);
  if (move.pivots && user.active.hp > 0 && hasBench(user)) user.mustSwitch = PIVOT;
  if (target.active.hp > 0 && !hadSubstitute) applyForcedSwitches(p, user, move);
}

/** Applies secondary effects, and those of the user's ability and item. */
function applySecondaryEffects(p: SearchState, attack: Attack): void {
  const { user, target, move } = attack;
  if (attack.hadSubstitute || target.active.hp <= 0) {
    applySecondaries(p, user, move, true);
    return;
  }
  // A hit may have changed abilities and items.
  refreshAttack(p, attack);
  const isShielded = attack.defendingAbility.stopsSecondaries || itemNow(target) === 'covertcloak';
  applySecondaries(p, user, move, isShielded);
  // In generation 1 binding immobilizes both, turn after turn: the model treats it as a plain attack.
  if (move.volatile !== '' && p.gen > 1) addVolatile(p, user, target, move.volatile);
  if (isShielded) return;
  attack.userAbility.onSourceDamagingHit?.(p, attack);
  const item = itemNow(user);
  if ((item === 'kingsrock' || item === 'razorfang') && p.chance(0.1)) addVolatile(p, user, target, 'flinch');
}

/** Recoil, drain and similar effects of the damage dealt on the user. */
function applyRecoilAndDrain(p: SearchState, { user, move, dealt }: Attack): void {
  if (move.drain > 0 && dealt > 0) drain(p, user, dealt * move.drain);
  if (move.recoil > 0 && dealt > 0 && abilityNow(user) !== 'rockhead')
    applyIndirectDamage(p, user, dealt * move.recoil);
  if (move.id === 'struggle') applyDamage(p, user, p.gen >= 4 ? user.active.maxHp / 4 : dealt / 2);
}

/** Switches that follow from the hit, of the target or the user. */
function applyForcedSwitches(p: SearchState, user: Side, move: ModelMove): void {
  const target = user.foe;
  if (move.forcesOut) forceSwitch(p, target);
  else if (itemNow(target) === 'ejectbutton' && hasBench(target) && user.mustSwitch === NOT_ASKED) {
    loseItem(target);
    target.mustSwitch = PIVOT;
    target.pending = 0;
  } else if (itemNow(target) === 'redcard' && user.active.hp > 0 && hasBench(user)) {
    loseItem(target);
    user.mustSwitch = NOT_ASKED;
    forceSwitch(p, user);
  }
}

/** Pickpocket steals the item of a Pokémon that makes contact. */
function usePickpocket(user: Side): void {
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

/** Emergency Exit and Wimp Out: a Pokémon whose HP falls to half leaves, and does nothing more this turn. */
export function useEmergencyExit(side: Side, hpBefore: number): void {
  const { active } = side;
  if (active.hp <= 0 || active.hp * 2 > active.maxHp || hpBefore * 2 <= active.maxHp) return;
  const ability = abilityNow(side);
  if ((ability !== 'emergencyexit' && ability !== 'wimpout') || !hasBench(side)) return;
  side.mustSwitch = PIVOT;
  side.pending = 0;
  // The attacker no longer leaves after its attack.
  side.foe.mustSwitch = NOT_ASKED;
}

/** Forces out the active Pokémon for a random team member. */
export function forceSwitch(p: SearchState, side: Side): boolean {
  if (abilityEffects(p, side).staysPut || side.volatiles.ingrain) return false;
  if (side.volatiles.dynamax > 0) return false;
  const next = randomFromBench(p, side);
  if (!next) return false;
  side.pending = 0;
  switchTo(p, side, next);
  return true;
}
