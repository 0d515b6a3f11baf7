import { takeFormeByHp, turnMood } from './ability-formes.ts';
import { fleeIfHurt } from './attack.ts';
import { boostStat, useWhiteHerb } from './boosts.ts';
import { abilityNow, isGrounded, isRainy, isSunny, itemNow, weatherNow } from './condition.ts';
import { strikeDamage } from './damage.ts';
import { typeMultiplier } from './effectiveness.ts';
import { faint, heal, hurt, hurtIndirectly } from './hp.ts';
import { typeOf } from './move-type.ts';
import type { Half, Position } from './search-state.ts';
import { inflict } from './status.ts';
import { endDynamax } from './switch-in.ts';
import { GROUND, ICE, POISON, ROCK, STEEL, WATER } from './types.ts';

/** The end of a turn, the faster side first in each step. */
export function endTurn(p: Position, first: Half): void {
  const second = first.foe;
  const firstHp = first.active.hp;
  const secondHp = second.active.hp;
  endWeather(p);
  weatherHurts(p, first);
  weatherHurts(p, second);
  landFuture(p, first);
  landFuture(p, second);
  grantWish(first);
  grantWish(second);
  if (p.gen > 2) {
    recoverOrSuffer(p, first);
    recoverOrSuffer(p, second);
  }
  countDown(p, first);
  countDown(p, second);
  countSide(first);
  countSide(second);
  countField(p);
  lateEffects(p, first);
  lateEffects(p, second);
  fleeIfHurt(first, firstHp);
  fleeIfHurt(second, secondHp);
}

function endWeather(p: Position): void {
  if (p.weather === '' || p.weatherTurns === 0) return;
  p.weatherTurns--;
  if (p.weatherTurns === 0) {
    p.weather = '';
    sleepParadox(p);
  }
}

/** Protosynthesis and Quark Drive rest when what woke them has gone; Booster Energy lasts. */
function sleepParadox(p: Position): void {
  for (const half of p.sides) {
    const { ability } = half;
    const starved =
      (ability === 'protosynthesis' && !isSunny(p)) ||
      (ability === 'quarkdrive' && p.terrain !== 'electricterrain');
    if (starved && !half.active.lostItem) half.volatiles.paradoxStat = 0;
  }
}

function weatherHurts(p: Position, half: Half): void {
  const { active } = half;
  if (active.hp <= 0 || p.weather === '') return;
  const ability = abilityNow(half);
  switch (weatherNow(p)) {
    case 'sand':
      if (half.hasType(ROCK) || half.hasType(GROUND) || half.hasType(STEEL)) return;
      if (
        ability === 'sandveil' ||
        ability === 'sandrush' ||
        ability === 'sandforce' ||
        ability === 'overcoat'
      )
        return;
      if (itemNow(half) === 'safetygoggles') return;
      hurtIndirectly(p, half, active.maxHp / (p.gen === 2 ? 8 : 16));
      return;
    case 'snow':
      if (ability === 'icebody') heal(half, active.maxHp / 16);
      if (p.gen >= 9 || half.hasType(ICE) || ability === 'icebody') return;
      if (ability === 'snowcloak' || ability === 'slushrush' || ability === 'overcoat') return;
      if (itemNow(half) === 'safetygoggles') return;
      hurtIndirectly(p, half, active.maxHp / 16);
      return;
    case 'rain':
    case 'heavyrain':
      if (ability === 'raindish') heal(half, active.maxHp / 16);
      else if (ability === 'dryskin') heal(half, active.maxHp / 8);
      return;
    case 'sun':
    case 'harshsun':
      if (ability === 'solarpower' || ability === 'dryskin') hurtIndirectly(p, half, active.maxHp / 8);
      return;
  }
}

function landFuture(p: Position, half: Half): void {
  if (half.futureTurns === 0) return;
  half.futureTurns--;
  if (half.futureTurns > 0 || half.active.hp <= 0 || !half.futureMove) return;
  const user = half.foe;
  const caster = user.fighters[half.futureFighter];
  if (!caster) return;
  // Who cast it strikes with its own stats, on the field or not.
  const { body } = user;
  user.body = caster.body;
  const type = typeOf(p, user, half.futureMove);
  const effectiveness = typeMultiplier(p, user, half.futureMove, type);
  if (effectiveness > 0) {
    const roll = (85 + Math.floor(p.random() * 16)) / 100;
    hurt(p, half, strikeDamage(p, user, half.futureMove, type, effectiveness, false, roll));
  }
  user.body = body;
}

function grantWish(half: Half): void {
  if (half.wishTurns === 0) return;
  half.wishTurns--;
  if (half.wishTurns === 0) heal(half, half.wishHp);
}

/** Leftovers, Leech Seed, poison, burn and everything else that moves HP at the end of a turn. */
export function recoverOrSuffer(p: Position, half: Half): void {
  const { active, volatiles, foe } = half;
  if (active.hp <= 0) return;
  if (p.terrain === 'grassyterrain' && isGrounded(p, half)) heal(half, active.maxHp / 16);
  const ability = abilityNow(half);
  switch (ability) {
    case 'shedskin':
      if (active.status !== '' && p.chance(p.gen >= 4 ? 0.33 : 1 / 3)) active.status = '';
      break;
    case 'hydration':
      if (isRainy(p)) active.status = '';
      break;
  }
  const item = itemNow(half);
  if (item === 'leftovers') heal(half, active.maxHp / 16);
  else if (item === 'blacksludge') {
    if (half.hasType(POISON)) heal(half, active.maxHp / 16);
    else hurtIndirectly(p, half, active.maxHp / 8);
  }
  if (volatiles.aquaRing) heal(half, active.maxHp / 16);
  if (volatiles.ingrain) heal(half, active.maxHp / 16);
  if (volatiles.leechSeed && active.hp > 0 && foe.active.hp > 0 && ability !== 'magicguard') {
    const points = Math.max(1, Math.floor(active.maxHp / (p.gen === 1 ? 16 : 8)));
    const taken = Math.min(points, active.hp);
    hurt(p, half, points);
    if (abilityNow(half) === 'liquidooze') hurtIndirectly(p, foe, taken);
    else heal(foe, itemNow(foe) === 'bigroot' ? taken * 1.3 : taken);
  }
  if (active.hp > 0) sufferStatus(p, half, ability);
  if (volatiles.cursed && active.hp > 0) hurtIndirectly(p, half, active.maxHp / 4);
  if (volatiles.bound > 0 && active.hp > 0) sufferBinding(p, half);
  if (volatiles.saltCure && active.hp > 0) {
    const weak = half.hasType(WATER) || half.hasType(STEEL);
    hurtIndirectly(p, half, active.maxHp / (weak ? 4 : 8));
  }
  if (active.hp > 0 && foe.active.status !== '' && ability === 'baddreams' && foe.active.status === 'slp') {
    hurtIndirectly(p, foe, foe.active.maxHp / 8);
  }
}

function sufferStatus(p: Position, half: Half, ability: string): void {
  const { active } = half;
  switch (active.status) {
    case 'brn': {
      const share = p.gen >= 7 || p.gen === 1 ? 1 / 16 : 1 / 8;
      hurtIndirectly(p, half, active.maxHp * (ability === 'heatproof' ? share / 2 : share));
      return;
    }
    case 'psn':
      if (ability === 'poisonheal') heal(half, active.maxHp / 8);
      else hurtIndirectly(p, half, active.maxHp / (p.gen === 1 ? 16 : 8));
      return;
    case 'tox':
      active.counter = Math.min(15, active.counter + 1);
      if (ability === 'poisonheal') heal(half, active.maxHp / 8);
      else hurtIndirectly(p, half, Math.max(1, Math.floor(active.maxHp / 16)) * active.counter);
      return;
  }
}

function sufferBinding(p: Position, half: Half): void {
  half.volatiles.bound--;
  if (half.volatiles.bound === 0 || p.gen === 1) return;
  const share = p.gen >= 6 ? (itemNow(half.foe) === 'bindingband' ? 1 / 6 : 1 / 8) : 1 / 16;
  hurtIndirectly(p, half, half.active.maxHp * share);
}

function countDown(p: Position, half: Half): void {
  const { volatiles: v, active } = half;
  if (active.hp <= 0) return;
  if (v.taunt > 0) v.taunt--;
  if (v.encore > 0) {
    v.encore--;
    if (active.pp(v.encoreMove - 1) <= 0) v.encore = 0;
  }
  if (v.disable > 0) v.disable--;
  if (v.healBlock > 0) v.healBlock--;
  if (v.magnetRise > 0) v.magnetRise--;
  if (v.slowStart > 0) v.slowStart--;
  if (v.syrup > 0) {
    v.syrup--;
    boostStat(p, half, 'spe', -1, true);
  }
  if (v.yawn > 0) {
    v.yawn--;
    if (v.yawn === 0) inflict(p, half, 'slp', half.foe);
  }
  if (v.perish > 0) {
    v.perish--;
    if (v.perish === 0) faint(p, half);
  }
  if (v.dynamax > 0) {
    v.dynamax--;
    if (v.dynamax === 0) endDynamax(half);
  }
}

function countSide(half: Half): void {
  if (half.reflect > 0 && half.reflect < 100) half.reflect--;
  if (half.lightScreen > 0 && half.lightScreen < 100) half.lightScreen--;
  if (half.auroraVeil > 0) half.auroraVeil--;
  if (half.tailwind > 0) half.tailwind--;
  if (half.safeguard > 0) half.safeguard--;
}

function countField(p: Position): void {
  if (p.trickRoom > 0) p.trickRoom--;
  if (p.gravity > 0) p.gravity--;
  if (p.terrain !== '' && p.terrainTurns > 0) {
    p.terrainTurns--;
    if (p.terrainTurns === 0) {
      p.terrain = '';
      sleepParadox(p);
    }
  }
}

function lateEffects(p: Position, half: Half): void {
  const { active, volatiles } = half;
  if (active.hp <= 0) return;
  switch (abilityNow(half)) {
    case 'speedboost':
      if (volatiles.turnsActive > 0) boostStat(p, half, 'spe', 1);
      break;
    case 'moody':
      moody(p, half);
      break;
    case 'truant':
      if (p.gen === 3) volatiles.loafing = 1 - volatiles.loafing;
      break;
    case 'zenmode':
    case 'schooling':
    case 'shieldsdown':
    case 'powerconstruct':
      takeFormeByHp(half);
      break;
    case 'hungerswitch':
      turnMood(half);
      break;
  }
  switch (itemNow(half)) {
    case 'flameorb':
      inflict(p, half, 'brn', undefined);
      break;
    case 'toxicorb':
      inflict(p, half, 'tox', undefined);
      break;
    case 'stickybarb':
      hurtIndirectly(p, half, active.maxHp / 8);
      break;
    case 'whiteherb':
      useWhiteHerb(half);
      break;
  }
}

const MOODS = ['atk', 'def', 'spa', 'spd', 'spe'] as const;

function moody(p: Position, half: Half): void {
  const up = Math.floor(p.random() * MOODS.length);
  const down = (up + 1 + Math.floor(p.random() * (MOODS.length - 1))) % MOODS.length;
  boostStat(p, half, MOODS[up] ?? 'atk', 2);
  boostStat(p, half, MOODS[down] ?? 'def', -1);
}
