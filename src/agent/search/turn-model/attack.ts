import { hasBench, randomFromBench } from './bench.ts';
import { boostAll, boostStat, clearStages } from './boosts.ts';
import { abilityNow, isGrounded, itemNow } from './condition.ts';
import { absorbs, addedEffects, answerStrike, touches } from './contact.ts';
import {
  abilityAgainst,
  berryWeakens,
  critChance,
  isPhysical,
  strikeDamage,
  typeMultiplier,
} from './damage.ts';
import { setTerrain, setWeather, switchTo } from './entry.ts';
import { faint, heal, hurt, hurtIndirectly, loseItem } from './hp.ts';
import type { ModelMove, Secondary } from './model-move.ts';
import { gemOf, typeOf } from './move-now.ts';
import type { Half, Position } from './position.ts';
import { hitChance, priorityOf } from './priority.ts';
import { clearHazards, layHazard } from './side-conditions.ts';
import { inflict } from './status.ts';
import { ELECTRIC, FIRE, GROUND, NO_TYPE } from './types.ts';
import { giveVolatile } from './volatile.ts';

/** Whether something lets no move of this priority through to the target. */
export function blocksPriority(p: Position, user: Half, move: ModelMove): boolean {
  if (priorityOf(p, user, move) <= 0) return false;
  if (p.terrain === 'psychicterrain' && isGrounded(p, user.foe)) return true;
  const ability = abilityAgainst(user, move);
  return ability === 'queenlymajesty' || ability === 'dazzling' || ability === 'armortail';
}

/** Lets the active Pokémon use a damaging move on the other side's. Returns whether it did something. */
export function attack(p: Position, user: Half, move: ModelMove): boolean {
  const target = user.foe;
  if (move.selfDestructs && abilityNow(target) !== 'damp') {
    // It faints for its attack, whatever comes of that.
    const done = strikes(p, user, move);
    if (user.active.hp > 0) faint(p, user);
    return done;
  }
  const done = strikes(p, user, move);
  if (!done && move.crashes && user.active.hp > 0) {
    hurtIndirectly(p, user, p.gen >= 5 ? user.active.maxHp / 2 : p.gen === 1 ? 1 : user.active.maxHp / 8);
  }
  if (move.hpCost > 0 && user.active.hp > 0 && (done || move.id === 'mindblown')) {
    hurtIndirectly(p, user, Math.ceil(user.active.maxHp * move.hpCost));
  }
  return done;
}

function strikes(p: Position, user: Half, move: ModelMove): boolean {
  const target = user.foe;
  if (target.active.hp <= 0) return false;
  const type = typeOf(p, user, move);
  const ability = abilityAgainst(user, move);
  if (isProtected(p, user, move) || blocksPriority(p, user, move)) return false;
  if (!p.chance(hitChance(p, user, move))) {
    if (itemNow(user) === 'blunderpolicy') {
      loseItem(user);
      boostStat(p, user, 'spe', 2);
    }
    return false;
  }
  const effectiveness = typeMultiplier(p, user, move, type);
  if (effectiveness === 0) return false;
  if (ability === 'wonderguard' && effectiveness <= 1 && type !== NO_TYPE) return false;
  if (absorbs(p, user, move, type, ability)) return false;
  if (type === GROUND && itemNow(target) === 'airballoon' && p.gravity === 0) return false;

  const fixed = fixedDamage(p, user, move);
  if (fixed === 0) return false;
  if (SCREEN_BREAKERS.has(move.id)) {
    target.reflect = 0;
    target.lightScreen = 0;
    target.auroraVeil = 0;
  }
  const hadSubstitute = target.volatiles.substitute > 0 && !passesSubstitute(user, move);
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
  afterStrikes(p, user, move, dealt, hadSubstitute);
  return true;
}

function isProtected(p: Position, user: Half, move: ModelMove): boolean {
  const { volatiles } = user.foe;
  if (volatiles.protected === 0) return false;
  if (volatiles.protected === 2) return abilityNow(user) !== 'noguard' && abilityNow(user.foe) !== 'noguard';
  if (!move.stoppedByProtect) return false;
  if (p.gen >= 8 && abilityNow(user) === 'unseenfist' && touches(user, move)) return false;
  return true;
}

const SCREEN_BREAKERS = new Set(['brickbreak', 'psychicfangs', 'ragingbull']);

function passesSubstitute(user: Half, move: ModelMove): boolean {
  return move.passesSubstitute || abilityNow(user) === 'infiltrator';
}

function hitCount(p: Position, user: Half, move: ModelMove): number {
  const { minHits, maxHits } = move;
  if (maxHits === minHits) return maxHits;
  if (abilityNow(user) === 'skilllink') return maxHits;
  const luck = p.random();
  if (itemNow(user) === 'loadeddice') return luck < 0.5 ? 4 : 5;
  const [two, three, four] = p.gen >= 5 ? [0.35, 0.7, 0.85] : [0.375, 0.75, 0.875];
  return luck < (two ?? 0) ? 2 : luck < (three ?? 0) ? 3 : luck < (four ?? 0) ? 4 : 5;
}

/** Damage outside of the formula; −1 where the formula applies, 0 where the move fails. */
function fixedDamage(p: Position, user: Half, move: ModelMove): number {
  const { active, volatiles, body, foe } = user;
  if (move.ohko) {
    return abilityAgainst(user, move) === 'sturdy' || foe.body.level > body.level ? 0 : foe.active.hp;
  }
  if (move.fixedDamage !== 0) return move.fixedDamage < 0 ? body.level : move.fixedDamage;
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
      return Math.max(1, Math.floor(body.level * (0.5 + p.random())));
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
function strike(
  p: Position,
  user: Half,
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
  p: Position,
  user: Half,
  move: ModelMove,
  type: number,
  effectiveness: number,
  damage: number,
  crit: boolean,
): number {
  const target = user.foe;
  const { active, volatiles } = target;
  const ability = abilityAgainst(user, move);
  if ((ability === 'disguise' || (ability === 'iceface' && isPhysical(user, move))) && !active.abilitySpent) {
    active.abilitySpent = true;
    if (ability === 'disguise' && p.gen >= 8) hurt(p, target, active.maxHp / 8);
    return 0;
  }
  let taken = Math.min(damage, active.hp);
  if (taken >= active.hp && survives(p, target, ability, active.hp >= active.maxHp)) taken = active.hp - 1;
  if (isPhysical(user, move)) volatiles.hurtPhysical = taken;
  else volatiles.hurtSpecial = taken;
  const bond = volatiles.destinyBond > 0;
  if (taken > 0) hurt(p, target, taken);
  if (active.hp > 0 && active.status === 'frz' && (type === FIRE || move.thawsUser)) active.status = '';
  answerStrike(p, user, move, type, effectiveness, crit);
  if (active.hp <= 0) {
    if (bond && user.active.hp > 0) faint(p, user);
    else reapKo(p, user);
  }
  return taken;
}

/** Whether something leaves the Pokémon with 1 HP; a Focus Sash is used up. */
function survives(p: Position, target: Half, ability: string, full: boolean): boolean {
  if (full && ability === 'sturdy' && p.gen >= 5) return true;
  const item = itemNow(target);
  if (full && item === 'focussash') {
    loseItem(target);
    return true;
  }
  return item === 'focusband' && p.chance(0.1);
}

/** What abilities give for a knock-out. */
function reapKo(p: Position, user: Half): void {
  if (user.active.hp <= 0) return;
  switch (abilityNow(user)) {
    case 'moxie':
    case 'chillingneigh':
    case 'asoneglastrier':
      boostStat(p, user, 'atk', 1);
      break;
    case 'grimneigh':
    case 'asonespectrier':
      boostStat(p, user, 'spa', 1);
      break;
    case 'beastboost':
      boostStat(p, user, highest(user), 1);
      break;
  }
}

function highest({ body: { atk, def, spa, spd, spe } }: Half): 'atk' | 'def' | 'spa' | 'spd' | 'spe' {
  const most = Math.max(atk, def, spa, spd, spe);
  if (atk === most) return 'atk';
  if (def === most) return 'def';
  if (spa === most) return 'spa';
  return spd === most ? 'spd' : 'spe';
}

function afterStrikes(p: Position, user: Half, move: ModelMove, dealt: number, hadSubstitute: boolean): void {
  const target = user.foe;
  const forceful = abilityNow(user) === 'sheerforce' && move.hasSecondary;
  if (!hadSubstitute && target.active.hp > 0 && !forceful) {
    const shielded = abilityAgainst(user, move) === 'shielddust' || itemNow(target) === 'covertcloak';
    applySecondaries(p, user, move, shielded);
    if (!shielded) addedEffects(p, user, move);
  } else if (!forceful) {
    applySecondaries(p, user, move, true);
  }
  if (user.active.hp > 0) {
    if (move.drain > 0 && dealt > 0) drain(p, user, dealt * move.drain);
    if (move.recoil > 0 && dealt > 0 && abilityNow(user) !== 'rockhead') {
      hurtIndirectly(p, user, dealt * move.recoil);
    }
    if (move.id === 'struggle') hurt(p, user, p.gen >= 4 ? user.active.maxHp / 4 : dealt / 2);
  }
  if (user.active.hp > 0 && move.selfBoosts) boostAll(p, user, move.selfBoosts);
  ownEffects(p, user, move, hadSubstitute);
  if (user.active.hp > 0 && !forceful) {
    const item = itemNow(user);
    if (item === 'lifeorb') hurtIndirectly(p, user, user.active.maxHp / 10);
    else if (item === 'shellbell' && dealt > 0) heal(user, dealt / 8);
  }
  if (move.pivots && user.active.hp > 0 && hasBench(user)) user.mustSwitch = 2;
  if (target.active.hp > 0 && !hadSubstitute) {
    if (move.forcesOut) dragIn(p, target);
    else if (itemNow(target) === 'ejectbutton' && hasBench(target) && user.mustSwitch === 0) {
      loseItem(target);
      target.mustSwitch = 2;
    } else if (itemNow(target) === 'redcard' && user.active.hp > 0 && hasBench(user)) {
      loseItem(target);
      user.mustSwitch = 0;
      dragIn(p, user);
    }
  }
}

function drain(p: Position, user: Half, points: number): void {
  const bigger = itemNow(user) === 'bigroot' ? 1.3 : 1;
  if (abilityNow(user.foe) === 'liquidooze') hurtIndirectly(p, user, points);
  else heal(user, points * bigger);
}

/** Somebody else comes in by force. */
export function dragIn(p: Position, half: Half): boolean {
  const ability = abilityNow(half);
  if (ability === 'suctioncups' || ability === 'guarddog' || half.volatiles.ingrain) return false;
  if (half.volatiles.dynamax > 0) return false;
  const next = randomFromBench(p, half);
  if (!next) return false;
  half.pending = 0;
  switchTo(p, half, next);
  return true;
}

function applySecondaries(p: Position, user: Half, move: ModelMove, userOnly: boolean): void {
  const { secondaries } = move;
  if (secondaries.length === 0) return;
  const luck = abilityNow(user) === 'serenegrace' ? 2 : 1;
  for (const secondary of secondaries) {
    if (!p.chance(secondary.chance * luck)) continue;
    if (secondary.selfBoosts && user.active.hp > 0) boostAll(p, user, secondary.selfBoosts);
    if (!userOnly) applySecondary(p, user, move, secondary);
  }
}

function applySecondary(p: Position, user: Half, move: ModelMove, secondary: Secondary): void {
  const target = user.foe;
  if (secondary.boosts) boostAll(p, target, secondary.boosts, true);
  if (secondary.status !== '') inflict(p, target, secondary.status, user);
  if (secondary.volatile !== '') giveVolatile(p, user, target, secondary.volatile);
  switch (move.id) {
    case 'triattack': {
      const which = p.random() * 3;
      inflict(p, target, which < 1 ? 'brn' : which < 2 ? 'par' : 'frz', user);
      break;
    }
    case 'direclaw': {
      const which = p.random() * 3;
      inflict(p, target, which < 1 ? 'psn' : which < 2 ? 'par' : 'slp', user);
      break;
    }
    case 'throatchop':
    case 'psychicnoise':
      target.volatiles.healBlock = move.id === 'psychicnoise' ? 2 : target.volatiles.healBlock;
      break;
  }
}

/** What particular moves do besides. */
function ownEffects(p: Position, user: Half, move: ModelMove, hadSubstitute: boolean): void {
  const target = user.foe;
  const alive = target.active.hp > 0;
  switch (move.id) {
    case 'knockoff':
      if (alive && !hadSubstitute && abilityNow(target) !== 'stickyhold') loseItem(target);
      break;
    case 'thief':
    case 'covet':
      if (alive && !hadSubstitute && user.active.item === '' && target.active.item !== '') {
        user.active.item = target.active.item;
        loseItem(target);
      }
      break;
    case 'bugbite':
    case 'pluck':
    case 'incinerate':
      if (alive && target.active.item.endsWith('berry')) loseItem(target);
      break;
    case 'rapidspin':
    case 'mortalspin':
      if (user.active.hp > 0) {
        clearHazards(user);
        user.volatiles.leechSeed = 0;
        user.volatiles.bound = 0;
      }
      break;
    case 'icespinner':
    case 'steelroller':
      p.terrain = '';
      break;
    case 'clearsmog':
      if (alive && !hadSubstitute) clearStages(target);
      break;
    case 'stoneaxe':
      layHazard(target, 'stealthrock');
      break;
    case 'ceaselessedge':
      layHazard(target, 'spikes');
      break;
    case 'spiritshackle':
    case 'thousandwaves':
    case 'anchorshot':
      if (alive) target.volatiles.held = 1;
      break;
    case 'jawlock':
      if (alive) target.volatiles.held = 1;
      user.volatiles.held = 1;
      break;
    case 'burnup':
      loseType(user, FIRE);
      break;
    case 'doubleshock':
      loseType(user, ELECTRIC);
      break;
    case 'smackdown':
    case 'thousandarrows':
      if (alive) target.volatiles.smackedDown = 1;
      break;
    case 'glaiverush':
      user.volatiles.exposed = 1;
      break;
    case 'finalgambit':
      if (user.active.hp > 0) faint(p, user);
      break;
    case 'wakeupslap':
      if (alive && target.active.status === 'slp') target.active.status = '';
      break;
    case 'smellingsalts':
      if (alive && target.active.status === 'par') target.active.status = '';
      break;
    case 'fellstinger':
      if (!alive) boostStat(p, user, 'atk', 3);
      break;
    case 'maxflare':
      setWeather(p, user, 'sun');
      break;
    case 'maxgeyser':
      setWeather(p, user, 'rain');
      break;
    case 'maxrockfall':
      setWeather(p, user, 'sand');
      break;
    case 'maxhailstorm':
      setWeather(p, user, 'snow');
      break;
    case 'maxlightning':
      setTerrain(p, user, 'electricterrain');
      break;
    case 'maxovergrowth':
      setTerrain(p, user, 'grassyterrain');
      break;
    case 'maxstarfall':
      setTerrain(p, user, 'mistyterrain');
      break;
    case 'maxmindstorm':
      setTerrain(p, user, 'psychicterrain');
      break;
    case 'maxknuckle':
      boostStat(p, user, 'atk', 1);
      break;
    case 'maxsteelspike':
      boostStat(p, user, 'def', 1);
      break;
    case 'maxooze':
      boostStat(p, user, 'spa', 1);
      break;
    case 'maxquake':
      boostStat(p, user, 'spd', 1);
      break;
    case 'maxairstream':
      boostStat(p, user, 'spe', 1);
      break;
    case 'maxwyrmwind':
      boostStat(p, target, 'atk', -1, true);
      break;
    case 'maxphantasm':
      boostStat(p, target, 'def', -1, true);
      break;
    case 'maxflutterby':
      boostStat(p, target, 'spa', -1, true);
      break;
    case 'maxdarkness':
      boostStat(p, target, 'spd', -1, true);
      break;
    case 'maxstrike':
      boostStat(p, target, 'spe', -1, true);
      break;
  }
  if (itemNow(user) === 'throatspray' && move.sound && user.active.hp > 0) {
    loseItem(user);
    boostStat(p, user, 'spa', 1);
  }
}

function loseType(half: Half, type: number): void {
  if (half.type1 === type) half.type1 = NO_TYPE;
  if (half.type2 === type) half.type2 = NO_TYPE;
}
