import { UNSUPPRESSABLE, UNSWAPPABLE } from './ability-flags.ts';
import { boostStat } from './boosts.ts';
import { SWITCH } from './choices.ts';
import { abilityNow, isGrounded, itemNow } from './condition.ts';
import { applyIndirectDamage } from './hp.ts';
import { loseItem } from './item.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { inflict } from './status.ts';
import { setTerrain, setWeather } from './switch-in.ts';
import { BUG, DARK, ELECTRIC, FIRE, GHOST, GRASS, GROUND, ICE, NO_TYPE, WATER } from './types.ts';
import { giveVolatile } from './volatile.ts';

/** Whether a move touches its target, for abilities and items that answer to that. */
export function makesContact(user: Side, move: ModelMove): boolean {
  if (!move.contact || abilityNow(user) === 'longreach') return false;
  const item = itemNow(user);
  return item !== 'protectivepads' && !(item === 'punchingglove' && move.punch);
}

/** What the target's ability and item do after each strike that it took itself. */
export function onDamagingHit(
  p: SearchState,
  user: Side,
  move: ModelMove,
  type: number,
  effectiveness: number,
  crit: boolean,
): void {
  const target = user.foe;
  const alive = target.active.hp > 0;
  if (makesContact(user, move)) answerTouch(p, user, target, alive);
  const physical = move.category === 'Physical';
  switch (abilityNow(target)) {
    case 'stamina':
      if (alive) boostStat(p, target, 'def', 1);
      break;
    case 'weakarmor':
      if (alive && physical) {
        boostStat(p, target, 'def', -1);
        boostStat(p, target, 'spe', p.gen >= 7 ? 2 : 1);
      }
      break;
    case 'justified':
      if (alive && type === DARK) boostStat(p, target, 'atk', 1);
      break;
    case 'rattled':
      if (alive && (type === DARK || type === BUG || type === GHOST)) boostStat(p, target, 'spe', 1);
      break;
    case 'watercompaction':
      if (alive && type === WATER) boostStat(p, target, 'def', 2);
      break;
    case 'steamengine':
      if (alive && (type === WATER || type === FIRE)) boostStat(p, target, 'spe', 6);
      break;
    case 'thermalexchange':
      if (alive && type === FIRE) boostStat(p, target, 'atk', 1);
      break;
    case 'angerpoint':
      if (alive && crit) target.volatiles.atk = 6;
      break;
    case 'cottondown':
      boostStat(p, user, 'spe', -1, true);
      break;
    case 'toxicdebris':
      if (physical && user.toxicSpikes < 2) user.toxicSpikes += 1;
      break;
    case 'sandspit':
      setWeather(p, target, 'sand');
      break;
    case 'seedsower':
      setTerrain(p, target, 'grassyterrain');
      break;
    case 'electromorphosis':
      if (alive) target.volatiles.charged = 1;
      break;
    case 'windpower':
      if (alive && move.wind) target.volatiles.charged = 1;
      break;
    case 'innardsout':
      break;
  }
  if (!alive) return;
  switch (itemNow(target)) {
    case 'weaknesspolicy':
      if (effectiveness > 1) {
        loseItem(target);
        boostStat(p, target, 'atk', 2);
        boostStat(p, target, 'spa', 2);
      }
      break;
    case 'airballoon':
      loseItem(target);
      break;
    case 'absorbbulb':
      if (type === WATER) useFor(p, target, 'spa');
      break;
    case 'luminousmoss':
      if (type === WATER) useFor(p, target, 'spd');
      break;
    case 'cellbattery':
      if (type === ELECTRIC) useFor(p, target, 'atk');
      break;
    case 'snowball':
      if (type === ICE) useFor(p, target, 'atk');
      break;
    case 'keeberry':
      if (physical) useFor(p, target, 'def');
      break;
    case 'marangaberry':
      if (!physical) useFor(p, target, 'spd');
      break;
    case 'enigmaberry':
      if (effectiveness > 1) {
        loseItem(target);
        target.active.hp = Math.min(
          target.active.maxHp,
          target.active.hp + Math.floor(target.active.maxHp / 4),
        );
      }
      break;
    case 'jabocaberry':
      if (physical) {
        loseItem(target);
        applyIndirectDamage(p, user, user.active.maxHp / 8);
      }
      break;
    case 'rowapberry':
      if (!physical) {
        loseItem(target);
        applyIndirectDamage(p, user, user.active.maxHp / 8);
      }
      break;
  }
}

function useFor(p: SearchState, side: Side, stat: 'atk' | 'def' | 'spa' | 'spd'): void {
  loseItem(side);
  boostStat(p, side, stat, 1);
}

function answerTouch(p: SearchState, user: Side, target: Side, alive: boolean): void {
  if (itemNow(target) === 'rockyhelmet') applyIndirectDamage(p, user, user.active.maxHp / 6);
  if (user.active.hp <= 0) return;
  switch (abilityNow(target)) {
    case 'roughskin':
    case 'ironbarbs':
      applyIndirectDamage(p, user, user.active.maxHp / 8);
      break;
    case 'static':
      if (p.chance(0.3)) inflict(p, user, 'par', target);
      break;
    case 'flamebody':
      if (p.chance(0.3)) inflict(p, user, 'brn', target);
      break;
    case 'poisonpoint':
      if (p.chance(0.3)) inflict(p, user, 'psn', target);
      break;
    case 'effectspore':
      if (!user.hasType(GRASS) && p.chance(0.3)) {
        const which = p.random();
        inflict(p, user, which < 0.37 ? 'slp' : which < 0.7 ? 'par' : 'psn', target);
      }
      break;
    case 'gooey':
    case 'tanglinghair':
      boostStat(p, user, 'spe', -1, true);
      break;
    case 'mummy':
    case 'lingeringaroma':
      if (!UNSUPPRESSABLE.has(user.ability) && user.active.item !== 'abilityshield')
        user.ability = target.ability;
      break;
    case 'wanderingspirit':
      if (!UNSWAPPABLE.has(user.ability) && user.active.item !== 'abilityshield') {
        target.ability = user.ability;
        user.ability = 'wanderingspirit';
      }
      break;
    case 'aftermath':
      if (!alive && abilityNow(user) !== 'damp') applyIndirectDamage(p, user, user.active.maxHp / 4);
      break;
    case 'cursedbody':
      if (alive && p.chance(0.3)) giveVolatile(p, target, user, 'disable');
      break;
    case 'perishbody':
      if (alive) {
        giveVolatile(p, target, user, 'perishsong');
        giveVolatile(p, target, target, 'perishsong');
      }
      break;
  }
}

/** What King's Shield and its like do to whoever touches them. */
export function onHitShield(p: SearchState, user: Side, move: ModelMove): void {
  const { volatiles, forme, choice } = user.foe;
  if (volatiles.protected !== 1 || volatiles.dynamax > 0 || choice >= SWITCH || !makesContact(user, move))
    return;
  switch (forme.moves[choice & 3]?.id) {
    case 'kingsshield':
      boostStat(p, user, 'atk', p.gen >= 8 ? -1 : -2, true);
      break;
    case 'obstruct':
      boostStat(p, user, 'def', -2, true);
      break;
    case 'silktrap':
      boostStat(p, user, 'spe', -1, true);
      break;
    case 'spikyshield':
      applyIndirectDamage(p, user, user.active.maxHp / 8);
      break;
    case 'banefulbunker':
      inflict(p, user, 'psn', user.foe);
      break;
    case 'burningbulwark':
      inflict(p, user, 'brn', user.foe);
      break;
  }
}

/**
 * Whether an attack does nothing to its target, by types, Wonder Guard or Air Balloon.
 *
 * @param ability the target's, as far as the move cares
 */
export function isImmune(
  p: SearchState,
  target: Side,
  move: ModelMove,
  type: number,
  effectiveness: number,
  ability: string,
): boolean {
  if (move.ignoresImmunity) return false;
  if (effectiveness === 0) return true;
  if (ability === 'wonderguard' && effectiveness <= 1 && type !== NO_TYPE) return true;
  return type === GROUND && itemNow(target) === 'airballoon' && p.gravity === 0;
}

/**
 * Whether the target's ability keeps an attack of this type off.
 *
 * @param ability the target's, as far as the move cares
 */
export function isBlockedByAbility(
  p: SearchState,
  target: Side,
  move: ModelMove,
  type: number,
  ability: string,
): boolean {
  switch (ability) {
    case '':
      return false;
    case 'voltabsorb':
    case 'motordrive':
      return type === ELECTRIC;
    case 'waterabsorb':
    case 'dryskin':
      return type === WATER;
    case 'lightningrod':
      return type === ELECTRIC && p.gen > 4;
    case 'stormdrain':
      return type === WATER && p.gen > 4;
    case 'eartheater':
      return type === GROUND;
    case 'sapsipper':
      return type === GRASS;
    case 'wellbakedbody':
      return type === FIRE;
    case 'flashfire':
      return type === FIRE && !(p.gen <= 4 && target.active.status === 'frz');
    case 'levitate':
      return type === GROUND && move.id !== 'thousandarrows' && !isGrounded(p, target);
    case 'bulletproof':
      return move.bullet;
    case 'soundproof':
      return move.sound;
    case 'windrider':
      return move.wind;
    case 'damp':
      return move.selfDestructs;
    default:
      return false;
  }
}

/** Like {@link isBlockedByAbility}; the target takes what the ability gives for it. */
export function tryAbsorb(
  p: SearchState,
  target: Side,
  move: ModelMove,
  type: number,
  ability: string,
): boolean {
  if (!isBlockedByAbility(p, target, move, type, ability)) return false;
  switch (ability) {
    case 'voltabsorb':
    case 'waterabsorb':
    case 'dryskin':
    case 'eartheater':
      drink(target);
      break;
    case 'lightningrod':
    case 'stormdrain':
      boostStat(p, target, 'spa', 1);
      break;
    case 'motordrive':
      boostStat(p, target, 'spe', 1);
      break;
    case 'sapsipper':
    case 'windrider':
      boostStat(p, target, 'atk', 1);
      break;
    case 'wellbakedbody':
      boostStat(p, target, 'def', 2);
      break;
    case 'flashfire':
      target.volatiles.flashFire = 1;
      break;
  }
  return true;
}

function drink({ active }: Side): void {
  active.hp = Math.min(active.maxHp, active.hp + Math.floor(active.maxHp / 4));
}

/** Items and abilities of the user that poison or flinch by a hit. */
export function addedEffects(p: SearchState, user: Side, move: ModelMove): void {
  const target = user.foe;
  switch (abilityNow(user)) {
    case 'poisontouch':
      if (makesContact(user, move) && p.chance(0.3)) inflict(p, target, 'psn', user);
      break;
    case 'toxicchain':
      if (p.chance(0.3)) inflict(p, target, 'tox', user);
      break;
    case 'stench':
      if (p.chance(0.1)) giveVolatile(p, user, target, 'flinch');
      break;
  }
  const item = itemNow(user);
  if ((item === 'kingsrock' || item === 'razorfang') && p.chance(0.1))
    giveVolatile(p, user, target, 'flinch');
}
