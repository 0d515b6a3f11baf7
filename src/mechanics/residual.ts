import { takeFormeByHp, turnMood } from './ability-formes.ts';
import { fleeIfHurt } from './attack.ts';
import { boostStat, useWhiteHerb } from './boosts.ts';
import { abilityNow, isGrounded, isRainy, isSunny, itemNow, weatherNow } from './condition.ts';
import { strikeDamage } from './damage.ts';
import { typeMultiplier } from './effectiveness.ts';
import { applyDamage, applyIndirectDamage, faint, heal } from './hp.ts';
import { typeOf } from './move-type.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { inflict } from './status.ts';
import { endDynamax } from './switch-in.ts';
import { GROUND, ICE, POISON, ROCK, STEEL, WATER } from './types.ts';

/** The end of a turn, the faster side first in each step. */
export function endTurn(p: SearchState, first: Side): void {
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
    applyResidualHp(p, first);
    applyResidualHp(p, second);
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

function endWeather(p: SearchState): void {
  if (p.weather === '' || p.weatherTurns === 0) return;
  p.weatherTurns--;
  if (p.weatherTurns === 0) {
    p.weather = '';
    sleepParadox(p);
  }
}

/** Protosynthesis and Quark Drive rest when what woke them has gone; Booster Energy lasts. */
function sleepParadox(p: SearchState): void {
  for (const side of p.sides) {
    const { ability } = side;
    const starved =
      (ability === 'protosynthesis' && !isSunny(p)) ||
      (ability === 'quarkdrive' && p.terrain !== 'electricterrain');
    if (starved && !side.active.lostItem) side.volatiles.paradoxStat = 0;
  }
}

function weatherHurts(p: SearchState, side: Side): void {
  const { active } = side;
  if (active.hp <= 0 || p.weather === '') return;
  const ability = abilityNow(side);
  switch (weatherNow(p)) {
    case 'sand':
      if (side.hasType(ROCK) || side.hasType(GROUND) || side.hasType(STEEL)) return;
      if (
        ability === 'sandveil' ||
        ability === 'sandrush' ||
        ability === 'sandforce' ||
        ability === 'overcoat'
      )
        return;
      if (itemNow(side) === 'safetygoggles') return;
      applyIndirectDamage(p, side, active.maxHp / (p.gen === 2 ? 8 : 16));
      return;
    case 'snow':
      if (ability === 'icebody') heal(side, active.maxHp / 16);
      if (p.gen >= 9 || side.hasType(ICE) || ability === 'icebody') return;
      if (ability === 'snowcloak' || ability === 'slushrush' || ability === 'overcoat') return;
      if (itemNow(side) === 'safetygoggles') return;
      applyIndirectDamage(p, side, active.maxHp / 16);
      return;
    case 'rain':
    case 'heavyrain':
      if (ability === 'raindish') heal(side, active.maxHp / 16);
      else if (ability === 'dryskin') heal(side, active.maxHp / 8);
      return;
    case 'sun':
    case 'harshsun':
      if (ability === 'solarpower' || ability === 'dryskin') applyIndirectDamage(p, side, active.maxHp / 8);
      return;
  }
}

function landFuture(p: SearchState, side: Side): void {
  if (side.futureTurns === 0) return;
  side.futureTurns--;
  if (side.futureTurns > 0 || side.active.hp <= 0 || !side.futureMove) return;
  const user = side.foe;
  const caster = user.pokemon[side.futureUser];
  if (!caster) return;
  // Who cast it strikes with its own stats, on the field or not.
  const { forme } = user;
  user.forme = caster.forme;
  const type = typeOf(p, user, side.futureMove);
  const effectiveness = typeMultiplier(p, user, side.futureMove, type);
  if (effectiveness > 0) {
    const roll = (85 + Math.floor(p.random() * 16)) / 100;
    applyDamage(p, side, strikeDamage(p, user, side.futureMove, type, effectiveness, false, roll));
  }
  user.forme = forme;
}

function grantWish(side: Side): void {
  if (side.wishTurns === 0) return;
  side.wishTurns--;
  if (side.wishTurns === 0) heal(side, side.wishHp);
}

/** Leftovers, Leech Seed, poison, burn and everything else that moves HP at the end of a turn. */
export function applyResidualHp(p: SearchState, side: Side): void {
  const { active, volatiles, foe } = side;
  if (active.hp <= 0) return;
  if (p.terrain === 'grassyterrain' && isGrounded(p, side)) heal(side, active.maxHp / 16);
  const ability = abilityNow(side);
  switch (ability) {
    case 'shedskin':
      if (active.status !== '' && p.chance(p.gen >= 4 ? 0.33 : 1 / 3)) active.status = '';
      break;
    case 'hydration':
      if (isRainy(p)) active.status = '';
      break;
  }
  const item = itemNow(side);
  if (item === 'leftovers') heal(side, active.maxHp / 16);
  else if (item === 'blacksludge') {
    if (side.hasType(POISON)) heal(side, active.maxHp / 16);
    else applyIndirectDamage(p, side, active.maxHp / 8);
  }
  if (volatiles.aquaRing) heal(side, active.maxHp / 16);
  if (volatiles.ingrain) heal(side, active.maxHp / 16);
  if (volatiles.leechSeed && active.hp > 0 && foe.active.hp > 0 && ability !== 'magicguard') {
    const points = Math.max(1, Math.floor(active.maxHp / (p.gen === 1 ? 16 : 8)));
    const taken = Math.min(points, active.hp);
    applyDamage(p, side, points);
    if (abilityNow(side) === 'liquidooze') applyIndirectDamage(p, foe, taken);
    else heal(foe, itemNow(foe) === 'bigroot' ? taken * 1.3 : taken);
  }
  if (active.hp > 0) sufferStatus(p, side, ability);
  if (volatiles.cursed && active.hp > 0) applyIndirectDamage(p, side, active.maxHp / 4);
  if (volatiles.bound > 0 && active.hp > 0) sufferBinding(p, side);
  if (volatiles.saltCure && active.hp > 0) {
    const weak = side.hasType(WATER) || side.hasType(STEEL);
    applyIndirectDamage(p, side, active.maxHp / (weak ? 4 : 8));
  }
  if (active.hp > 0 && foe.active.status !== '' && ability === 'baddreams' && foe.active.status === 'slp') {
    applyIndirectDamage(p, foe, foe.active.maxHp / 8);
  }
}

function sufferStatus(p: SearchState, side: Side, ability: string): void {
  const { active } = side;
  switch (active.status) {
    case 'brn': {
      const share = p.gen >= 7 || p.gen === 1 ? 1 / 16 : 1 / 8;
      applyIndirectDamage(p, side, active.maxHp * (ability === 'heatproof' ? share / 2 : share));
      return;
    }
    case 'psn':
      if (ability === 'poisonheal') heal(side, active.maxHp / 8);
      else applyIndirectDamage(p, side, active.maxHp / (p.gen === 1 ? 16 : 8));
      return;
    case 'tox':
      active.counter = Math.min(15, active.counter + 1);
      if (ability === 'poisonheal') heal(side, active.maxHp / 8);
      else applyIndirectDamage(p, side, Math.max(1, Math.floor(active.maxHp / 16)) * active.counter);
      return;
  }
}

function sufferBinding(p: SearchState, side: Side): void {
  side.volatiles.bound--;
  if (side.volatiles.bound === 0 || p.gen === 1) return;
  const share = p.gen >= 6 ? (itemNow(side.foe) === 'bindingband' ? 1 / 6 : 1 / 8) : 1 / 16;
  applyIndirectDamage(p, side, side.active.maxHp * share);
}

function countDown(p: SearchState, side: Side): void {
  const { volatiles: v, active } = side;
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
    boostStat(p, side, 'spe', -1, true);
  }
  if (v.yawn > 0) {
    v.yawn--;
    if (v.yawn === 0) inflict(p, side, 'slp', side.foe);
  }
  if (v.perish > 0) {
    v.perish--;
    if (v.perish === 0) faint(p, side);
  }
  if (v.dynamax > 0) {
    v.dynamax--;
    if (v.dynamax === 0) endDynamax(side);
  }
}

function countSide(side: Side): void {
  if (side.reflect > 0 && side.reflect < 100) side.reflect--;
  if (side.lightScreen > 0 && side.lightScreen < 100) side.lightScreen--;
  if (side.auroraVeil > 0) side.auroraVeil--;
  if (side.tailwind > 0) side.tailwind--;
  if (side.safeguard > 0) side.safeguard--;
}

function countField(p: SearchState): void {
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

function lateEffects(p: SearchState, side: Side): void {
  const { active, volatiles } = side;
  if (active.hp <= 0) return;
  switch (abilityNow(side)) {
    case 'speedboost':
      if (volatiles.turnsActive > 0) boostStat(p, side, 'spe', 1);
      break;
    case 'moody':
      moody(p, side);
      break;
    case 'truant':
      if (p.gen === 3) volatiles.loafing = 1 - volatiles.loafing;
      break;
    case 'zenmode':
    case 'schooling':
    case 'shieldsdown':
    case 'powerconstruct':
      takeFormeByHp(side);
      break;
    case 'hungerswitch':
      turnMood(side);
      break;
  }
  switch (itemNow(side)) {
    case 'flameorb':
      inflict(p, side, 'brn', undefined);
      break;
    case 'toxicorb':
      inflict(p, side, 'tox', undefined);
      break;
    case 'stickybarb':
      applyIndirectDamage(p, side, active.maxHp / 8);
      break;
    case 'whiteherb':
      useWhiteHerb(side);
      break;
  }
}

const MOODS = ['atk', 'def', 'spa', 'spd', 'spe'] as const;

function moody(p: SearchState, side: Side): void {
  const up = Math.floor(p.random() * MOODS.length);
  const down = (up + 1 + Math.floor(p.random() * (MOODS.length - 1))) % MOODS.length;
  boostStat(p, side, MOODS[up] ?? 'atk', 2);
  boostStat(p, side, MOODS[down] ?? 'def', -1);
}
