import { boostStat } from './boosts.ts';
import { takeForme } from './change-forme.ts';
import { abilityNow, itemNow } from './condition.ts';
import { onDamagingHit } from './contact.ts';
import { critChance } from './crit-chance.ts';
import { berryWeakens, isPhysical, strikeDamage } from './damage.ts';
import { abilityAgainst } from './effectiveness.ts';
import { applyDamage, eatPinchBerry, faint, subtractHp } from './hp.ts';
import { keepsItem, loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import { gemOf } from './power-factors.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { FIRE } from './types.ts';

/** Damage outside of the formula; −1 where the formula applies, 0 where the move fails. */
export function fixedDamage(p: SearchState, user: Side, move: ModelMove): number {
  const { active, volatiles, forme, foe } = user;
  if (move.ohko) {
    return abilityAgainst(user, move) === 'sturdy' || foe.forme.level > forme.level ? 0 : foe.active.hp;
  }
  if (move.fixedDamage !== 0) return move.fixedDamage < 0 ? forme.level : move.fixedDamage;
  switch (move.id) {
    case 'superfang':
    case 'naturesmadness':
    case 'ruination':
      return Math.max(1, Math.floor(foe.active.hp / 2));
    case 'endeavor':
      return Math.max(0, foe.active.hp - active.hp);
    case 'finalgambit':
      return active.hp;
    case 'psywave':
      return Math.max(1, Math.floor(forme.level * (0.5 + p.random())));
    case 'counter':
      return volatiles.hurtPhysical * 2;
    case 'mirrorcoat':
      return volatiles.hurtSpecial * 2;
    case 'metalburst':
    case 'comeuppance':
      return Math.floor((volatiles.hurtPhysical + volatiles.hurtSpecial) * 1.5);
    default:
      return -1;
  }
}

/** One strike on the substitute or the Pokémon itself. Returns the HP it took. */
export function strike(
  p: SearchState,
  user: Side,
  move: ModelMove,
  type: number,
  effectiveness: number,
  fixed: number,
  hit: number,
): number {
  const target = user.foe;
  const crit = fixed < 0 && p.chance(critChance(p, user, move));
  let damage = fixed;
  if (fixed < 0) {
    const roll =
      p.gen <= 2 ? (217 + Math.floor(p.random() * 39)) / 255 : (85 + Math.floor(p.random() * 16)) / 100;
    damage = strikeDamage(p, user, move, type, effectiveness, crit, roll);
    // Triple Axel and Triple Kick grow from strike to strike.
    if (move.id === 'tripleaxel' || move.id === 'triplekick') damage *= hit + 1;
    if (berryWeakens(user, type, effectiveness)) loseItem(target);
    if (itemNow(user) === gemOf(type) && hit === 0) loseItem(user);
  }
  if (target.volatiles.substitute > 0 && !passesSubstitute(user, move)) {
    const taken = Math.min(damage, target.volatiles.substitute);
    target.volatiles.substitute -= taken;
    return taken;
  }
  return takeStrike(p, user, move, type, effectiveness, damage, crit);
}

function takeStrike(
  p: SearchState,
  user: Side,
  move: ModelMove,
  type: number,
  effectiveness: number,
  damage: number,
  crit: boolean,
): number {
  const target = user.foe;
  const { active, volatiles } = target;
  const ability = abilityAgainst(user, move);
  if (isShielded(target, ability, isPhysical(user, move))) {
    active.abilitySpent = true;
    if (ability === 'iceface' && target.forme.otherForme) takeForme(target, target.forme.otherForme);
    if (ability === 'disguise' && p.gen >= 8) applyDamage(p, target, active.maxHp / 8);
    return 0;
  }
  let taken = Math.min(damage, active.hp);
  if (taken >= active.hp && survives(p, target, ability, active.hp >= active.maxHp)) taken = active.hp - 1;
  if (isPhysical(user, move)) volatiles.hurtPhysical = taken;
  else volatiles.hurtSpecial = taken;
  const bond = volatiles.destinyBond > 0;
  if (taken > 0) subtractHp(p, target, taken);
  if (active.hp > 0 && active.status === 'frz' && (type === FIRE || move.thawsUser)) active.status = '';
  onDamagingHit(p, user, move, type, effectiveness, crit);
  // The item is gone before a berry can be eaten.
  if (move.id === 'knockoff' && active.hp > 0 && user.active.hp > 0 && !keepsItem(target)) loseItem(target);
  eatPinchBerry(p, target);
  if (active.hp <= 0) {
    if (bond && user.active.hp > 0) faint(p, user);
    else reapKo(p, user);
  }
  return taken;
}

/** Whether Disguise or Ice Face takes the blow; both belong to one species. */
function isShielded({ active, forme }: Side, ability: string, physical: boolean): boolean {
  if (active.abilitySpent) return false;
  if (ability === 'disguise') return forme.species.startsWith('mimikyu');
  return ability === 'iceface' && physical && forme.species === 'eiscue';
}

/** Whether something leaves the Pokémon with 1 HP; a Focus Sash is used up. */
function survives(p: SearchState, target: Side, ability: string, full: boolean): boolean {
  if (full && ability === 'sturdy' && p.gen >= 5) return true;
  const item = itemNow(target);
  if (full && item === 'focussash') {
    loseItem(target);
    return true;
  }
  return item === 'focusband' && p.chance(0.1);
}

/** What abilities give for a knock-out. */
function reapKo(p: SearchState, user: Side): void {
  if (user.active.hp <= 0) return;
  switch (abilityNow(user)) {
    case 'moxie':
    case 'chillingneigh':
    case 'asoneglastrier':
      boostStat(p, user, 'atk', 1);
      break;
    case 'grimneigh':
    case 'asonespectrier':
    case 'soulheart':
      boostStat(p, user, 'spa', 1);
      break;
    case 'beastboost':
      boostStat(p, user, highest(user), 1);
      break;
    case 'battlebond':
      bond(p, user);
      break;
  }
}

/** Battle Bond, once a battle: a forme of its own, since generation 9 stages. */
function bond(p: SearchState, user: Side): void {
  const { active, forme, foe } = user;
  if (active.abilitySpent || forme.species !== 'greninjabond' || foe.fainted >= foe.pokemon.length) return;
  active.abilitySpent = true;
  if (p.gen < 9) {
    if (forme.otherForme) takeForme(user, forme.otherForme);
    return;
  }
  boostStat(p, user, 'atk', 1);
  boostStat(p, user, 'spa', 1);
  boostStat(p, user, 'spe', 1);
}

function highest({ forme: { atk, def, spa, spd, spe } }: Side): 'atk' | 'def' | 'spa' | 'spd' | 'spe' {
  const most = Math.max(atk, def, spa, spd, spe);
  if (atk === most) return 'atk';
  if (def === most) return 'def';
  if (spa === most) return 'spa';
  return spd === most ? 'spd' : 'spe';
}

export function passesSubstitute(user: Side, move: ModelMove): boolean {
  return move.passesSubstitute || abilityNow(user) === 'infiltrator';
}
