import { refreshAttack } from './aim.ts';
import { takeForme } from './change-forme.ts';
import { critChance } from './crit-chance.ts';
import { berryWeakens, strikeDamage } from './damage.ts';
import { abilityNow, itemNow } from './effects-now.ts';
import { applyDamage, eatPinchBerry, faint, subtractHp } from './hp.ts';
import { keepsItem, loseItem } from './lose-item.ts';
import type { ModelMove } from './model-move.ts';
import type { Attack, SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { FIRE } from './types.ts';

/** Damage of a move outside of the formula; −1 when the formula applies, 0 when the move fails. */
export function fixedDamage(p: SearchState, { user, target, move, ability, moveEffects }: Attack): number {
  const { level } = user.forme;
  if (move.ohko) return ability === 'sturdy' || target.forme.level > level ? 0 : target.active.hp;
  if (move.fixedDamage !== 0) return move.fixedDamage < 0 ? level : move.fixedDamage;
  return moveEffects?.damageCallback ? moveEffects.damageCallback(p, user) : -1;
}

/**
 * Applies one hit to the substitute or the Pokémon itself. Returns the HP it took.
 *
 * @param fixed see {@link fixedDamage}
 * @param hit number of hits before this one
 */
export function strike(p: SearchState, attack: Attack, fixed: number, hit: number): number {
  const { user, target, move } = attack;
  if (hit > 0) refreshAttack(p, attack);
  attack.crit = fixed < 0 && p.chance(critChance(p, attack));
  let damage = fixed;
  if (fixed < 0) {
    const { lowestRoll, rolls, rollBase } = p.rules;
    attack.roll = (lowestRoll + Math.floor(p.random() * rolls)) / rollBase;
    damage = strikeDamage(p, attack);
    // Triple Axel and Triple Kick grow with each hit.
    if (move.id === 'tripleaxel' || move.id === 'triplekick') damage *= hit + 1;
    if (berryWeakens(attack)) loseItem(target);
    if (attack.userItem.gem === attack.type && hit === 0) loseItem(user);
  }
  if (target.volatiles.substitute > 0 && !passesSubstitute(user, move)) {
    const taken = Math.min(damage, target.volatiles.substitute);
    target.volatiles.substitute -= taken;
    return taken;
  }
  return takeStrike(p, attack, damage);
}

function takeStrike(p: SearchState, attack: Attack, damage: number): number {
  const { user, target, move } = attack;
  const { active, volatiles } = target;
  if (isShielded(attack)) {
    breakShield(p, attack);
    return 0;
  }
  let taken = Math.min(damage, active.hp);
  if (taken >= active.hp && survives(p, attack)) taken = active.hp - 1;
  if (attack.physical) volatiles.hurtPhysical = taken;
  else volatiles.hurtSpecial = taken;
  const isBound = volatiles.destinyBond > 0;
  if (taken > 0) subtractHp(p, target, taken);
  if (active.hp > 0 && active.status === 'frz' && (attack.type === FIRE || move.thawsUser))
    active.status = '';
  attack.targetAbility.onDamagingHit?.(p, attack);
  attack.targetItem.onDamagingHit?.(p, attack);
  // The item is gone before a berry can be eaten.
  if (move.id === 'knockoff' && active.hp > 0 && user.active.hp > 0 && !keepsItem(target)) loseItem(target);
  eatPinchBerry(p, target);
  if (active.hp <= 0 && user.active.hp > 0) {
    if (isBound) faint(p, user);
    else attack.userAbility.onSourceAfterFaint?.(p, user);
  }
  return taken;
}

/** Whether Disguise or Ice Face absorbs the hit; each belongs to one species. */
function isShielded({ target: { active, forme }, ability, physical }: Attack): boolean {
  if (active.abilitySpent) return false;
  if (ability === 'disguise') return forme.species.startsWith('mimikyu');
  return ability === 'iceface' && physical && forme.species === 'eiscue';
}

function breakShield(p: SearchState, { target, ability }: Attack): void {
  const { active, forme } = target;
  active.abilitySpent = true;
  if (ability === 'iceface' && forme.otherForme) takeForme(target, forme.otherForme);
  if (ability === 'disguise' && p.gen >= 8) applyDamage(p, target, active.maxHp / 8);
}

/** Whether something leaves the Pokémon with 1 HP; uses up a Focus Sash. */
function survives(p: SearchState, { target, ability }: Attack): boolean {
  const isFull = target.active.hp >= target.active.maxHp;
  if (isFull && ability === 'sturdy' && p.gen >= 5) return true;
  const item = itemNow(target);
  if (isFull && item === 'focussash') {
    loseItem(target);
    return true;
  }
  return item === 'focusband' && p.chance(0.1);
}

/** Whether a move bypasses a substitute. */
export function passesSubstitute(user: Side, move: ModelMove): boolean {
  return move.passesSubstitute || abilityNow(user) === 'infiltrator';
}
