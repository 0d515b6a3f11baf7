import { abilityNow, hpShare, isSunny, itemNow, stageFactor, weatherNow } from './condition.ts';
import { abilityAgainst } from './effectiveness.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { BUG, DRAGON, ELECTRIC, FIRE, GHOST, GRASS, ICE, ROCK, WATER } from './types.ts';

/** Attack or Special Attack with stages, abilities and items. */
export function attackOf(
  p: SearchState,
  user: Side,
  move: ModelMove,
  physical: boolean,
  crit: boolean,
  type: number,
): number {
  const { foe, active } = user;
  let stat: number;
  let stage: number;
  if (move.id === 'bodypress') {
    stat = user.forme.def;
    stage = user.volatiles.def;
  } else if (move.id === 'foulplay') {
    stat = foe.forme.atk;
    stage = foe.volatiles.atk;
  } else {
    stat = physical ? user.forme.atk : user.forme.spa;
    stage = physical ? user.volatiles.atk : user.volatiles.spa;
  }
  if (crit && (stage < 0 || p.gen === 1)) stage = 0;
  if (abilityAgainst(user, move) === 'unaware') stage = 0;
  let factor = stageFactor(stage);
  switch (abilityNow(user)) {
    case 'hugepower':
    case 'purepower':
      if (physical) factor *= 2;
      break;
    case 'guts':
      if (physical && active.status !== '') factor *= 1.5;
      break;
    case 'hustle':
    case 'gorillatactics':
      if (physical) factor *= 1.5;
      break;
    case 'solarpower':
      if (!physical && isSunny(p)) factor *= 1.5;
      break;
    case 'orichalcumpulse':
      if (physical && isSunny(p)) factor *= 4 / 3;
      break;
    case 'hadronengine':
      if (!physical && p.terrain === 'electricterrain') factor *= 4 / 3;
      break;
    case 'flowergift':
      if (physical && isSunny(p)) factor *= 1.5;
      break;
    case 'slowstart':
      if (physical && user.volatiles.slowStart > 0) factor *= 0.5;
      break;
    case 'defeatist':
      if (hpShare(user) <= 0.5) factor *= 0.5;
      break;
    case 'overgrow':
      if (type === GRASS && pinched(user)) factor *= 1.5;
      break;
    case 'blaze':
      if (type === FIRE && pinched(user)) factor *= 1.5;
      break;
    case 'torrent':
      if (type === WATER && pinched(user)) factor *= 1.5;
      break;
    case 'swarm':
      if (type === BUG && pinched(user)) factor *= 1.5;
      break;
    case 'transistor':
      if (type === ELECTRIC) factor *= p.gen >= 9 ? 1.3 : 1.5;
      break;
    case 'dragonsmaw':
      if (type === DRAGON) factor *= 1.5;
      break;
    case 'rockypayload':
      if (type === ROCK) factor *= 1.5;
      break;
    case 'waterbubble':
      if (type === WATER) factor *= 2;
      break;
    case 'stakeout':
      if (foe.volatiles.turnsActive === 0) factor *= 2;
      break;
  }
  if (user.volatiles.flashFire && type === FIRE) factor *= 1.5;
  if (user.volatiles.paradoxStat === (physical ? 1 : 3) && move.id !== 'bodypress') factor *= 1.3;
  const foeAbility = abilityNow(foe);
  if (physical ? foeAbility === 'tabletsofruin' : foeAbility === 'vesselofruin') factor *= 0.75;
  switch (itemNow(user)) {
    case 'choiceband':
      if (physical) factor *= 1.5;
      break;
    case 'choicespecs':
      if (!physical) factor *= 1.5;
      break;
    case 'lightball':
      if (user.forme.species.startsWith('pikachu') && (physical ? p.gen >= 4 : true)) factor *= 2;
      break;
    case 'thickclub':
      if (physical && /^(cubone|marowak)/.test(user.forme.species)) factor *= 2;
      break;
    case 'deepseatooth':
      if (!physical && user.forme.species === 'clamperl') factor *= 2;
      break;
    case 'souldew':
      if (!physical && p.gen <= 6 && /^lati[ao]s/.test(user.forme.species)) factor *= 1.5;
      break;
  }
  const defending = abilityAgainst(user, move);
  if (defending === 'thickfat' && (type === FIRE || type === ICE)) factor *= 0.5;
  else if (defending === 'heatproof' && type === FIRE) factor *= 0.5;
  else if (defending === 'waterbubble' && type === FIRE) factor *= 0.5;
  else if (defending === 'purifyingsalt' && type === GHOST) factor *= 0.5;
  if (p.gen === 1 && physical && active.status === 'brn' && !crit) factor *= 0.5;
  return Math.max(1, Math.floor(stat * factor));
}

const pinched = ({ active }: Side): boolean => active.hp * 3 <= active.maxHp;

/** Defence or Special Defence of the target with stages, abilities, items and weather. */
export function defenceOf(
  p: SearchState,
  user: Side,
  move: ModelMove,
  physical: boolean,
  crit: boolean,
): number {
  const target = user.foe;
  const { forme, volatiles } = target;
  let stage = physical ? volatiles.def : volatiles.spd;
  if (crit && (stage > 0 || p.gen === 1)) stage = 0;
  if (move.ignoresDefensiveStages || abilityNow(user) === 'unaware') stage = 0;
  let factor = stageFactor(stage);
  if (physical) {
    if (p.weather === 'snow' && p.gen >= 9 && target.hasType(ICE) && weatherNow(p) === 'snow') factor *= 1.5;
    if (p.gen <= 4 && move.selfDestructs) factor *= 0.5;
    if (p.gen <= 2 && target.reflect > 0 && !crit) factor *= 2;
  } else {
    if (p.weather === 'sand' && p.gen >= 4 && target.hasType(ROCK) && weatherNow(p) === 'sand') factor *= 1.5;
    if (p.gen <= 2 && target.lightScreen > 0 && !crit) factor *= 2;
  }
  switch (abilityAgainst(user, move)) {
    case 'furcoat':
      if (physical) factor *= 2;
      break;
    case 'marvelscale':
      if (physical && target.active.status !== '') factor *= 1.5;
      break;
    case 'grasspelt':
      if (physical && p.terrain === 'grassyterrain') factor *= 1.5;
      break;
    case 'flowergift':
      if (!physical && isSunny(p)) factor *= 1.5;
      break;
  }
  if (volatiles.paradoxStat === (physical ? 2 : 4)) factor *= 1.3;
  const own = abilityNow(user);
  if (physical ? own === 'swordofruin' : own === 'beadsofruin') factor *= 0.75;
  switch (itemNow(target)) {
    case 'eviolite':
      if (forme.canEvolve) factor *= 1.5;
      break;
    case 'assaultvest':
      if (!physical) factor *= 1.5;
      break;
    case 'metalpowder':
      if (physical && forme.species === 'ditto') factor *= 2;
      break;
    case 'deepseascale':
      if (!physical && forme.species === 'clamperl') factor *= 2;
      break;
    case 'souldew':
      if (!physical && p.gen <= 6 && /^lati[ao]s/.test(forme.species)) factor *= 1.5;
      break;
  }
  return Math.max(1, Math.floor((physical ? forme.def : forme.spd) * factor));
}
