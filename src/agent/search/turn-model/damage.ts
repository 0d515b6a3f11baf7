import { abilityNow, hpShare, isGrounded, isSunny, itemNow, stageFactor, weatherNow } from './condition.ts';
import type { ModelMove } from './model-move.ts';
import { abilityPowerFactor, itemPowerFactor, powerOf } from './move-now.ts';
import type { Half, Position } from './position.ts';
import {
  against,
  BUG,
  DARK,
  DRAGON,
  ELECTRIC,
  FAIRY,
  FIGHTING,
  FIRE,
  FLYING,
  GHOST,
  GRASS,
  GROUND,
  ICE,
  NO_TYPE,
  NORMAL,
  POISON,
  PSYCHIC,
  ROCK,
  STEEL,
  STELLAR,
  WATER,
} from './types.ts';

/** Ability of the target as far as this move cares: none for Mold Breaker and its like. */
export function abilityAgainst(user: Half, move: ModelMove): string {
  const ability = abilityNow(user.foe);
  const own = abilityNow(user);
  const ignores = move.ignoresAbility || own === 'moldbreaker' || own === 'teravolt' || own === 'turboblaze';
  if (!ignores || itemNow(user.foe) === 'abilityshield') return ability;
  return ability === 'shadowshield' || ability === 'prismarmor' || ability === 'fullmetalbody' ? ability : '';
}

/** Type multiplier of an attack on the other half's active Pokémon; abilities and items not counted. */
export function typeMultiplier(p: Position, user: Half, move: ModelMove, type: number): number {
  const target = user.foe;
  if (type === NO_TYPE) return 1;
  if (type === STELLAR) return target.active.terastallized ? 2 : 1;
  let product = oneType(p, user, move, type, target.type1);
  if (target.type2 !== NO_TYPE) product *= oneType(p, user, move, type, target.type2);
  if (product === 0 && (itemNow(target) === 'ringtarget' || move.id === 'thousandarrows')) return 1;
  return product;
}

function oneType(p: Position, user: Half, move: ModelMove, type: number, defending: number): number {
  if (defending === WATER && move.id === 'freezedry') return 2;
  if (defending === GHOST && (type === NORMAL || type === FIGHTING)) {
    const ability = abilityNow(user);
    if (ability === 'scrappy' || ability === 'mindseye') return 1;
  }
  if (defending === FLYING) {
    if (type === GROUND && (isGrounded(p, user.foe) || user.foe.volatiles.roosting > 0)) return 1;
    if (user.foe.volatiles.roosting > 0) return 1;
  }
  let factor = against(p.chart, type, defending);
  if (move.id === 'flyingpress') factor *= against(p.chart, FLYING, defending);
  if (defending === FLYING && factor > 1 && p.weather === 'wind') return 1;
  return factor;
}

/** Factor of the user's STAB. */
function stab(user: Half, type: number): number {
  if (type === NO_TYPE) return 1;
  const adaptable = abilityNow(user) === 'adaptability';
  if (user.active.terastallized) {
    const { type1, type2, teraType } = user.body;
    const original = type1 === type || type2 === type;
    if (teraType === STELLAR) return original ? 2 : 1.2;
    if (teraType === type) return original ? (adaptable ? 2.25 : 2) : adaptable ? 2 : 1.5;
    return original ? 1.5 : 1;
  }
  if (!user.hasType(type)) return 1;
  return adaptable ? 2 : 1.5;
}

/** Attack or Special Attack with stages, abilities and items. */
function attackOf(
  p: Position,
  user: Half,
  move: ModelMove,
  physical: boolean,
  crit: boolean,
  type: number,
): number {
  const { foe, active } = user;
  let stat: number;
  let stage: number;
  if (move.id === 'bodypress') {
    stat = user.body.def;
    stage = user.volatiles.def;
  } else if (move.id === 'foulplay') {
    stat = foe.body.atk;
    stage = foe.volatiles.atk;
  } else {
    stat = physical ? user.body.atk : user.body.spa;
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
    case 'flashfire':
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
      if (user.body.species.startsWith('pikachu') && (physical ? p.gen >= 4 : true)) factor *= 2;
      break;
    case 'thickclub':
      if (physical && /^(cubone|marowak)/.test(user.body.species)) factor *= 2;
      break;
    case 'deepseatooth':
      if (!physical && user.body.species === 'clamperl') factor *= 2;
      break;
    case 'souldew':
      if (!physical && p.gen <= 6 && /^lati[ao]s/.test(user.body.species)) factor *= 1.5;
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

const pinched = ({ active }: Half): boolean => active.hp * 3 <= active.maxHp;

/** Defence or Special Defence of the target with stages, abilities, items and weather. */
function defenceOf(p: Position, user: Half, move: ModelMove, physical: boolean, crit: boolean): number {
  const target = user.foe;
  const { body, volatiles } = target;
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
      if (body.canEvolve) factor *= 1.5;
      break;
    case 'assaultvest':
      if (!physical) factor *= 1.5;
      break;
    case 'metalpowder':
      if (physical && body.species === 'ditto') factor *= 2;
      break;
    case 'deepseascale':
      if (!physical && body.species === 'clamperl') factor *= 2;
      break;
    case 'souldew':
      if (!physical && p.gen <= 6 && /^lati[ao]s/.test(body.species)) factor *= 1.5;
      break;
  }
  return Math.max(1, Math.floor((physical ? body.def : body.spd) * factor));
}

const RESIST_BERRIES: Readonly<Record<string, number>> = {
  babiriberry: STEEL,
  chartiberry: ROCK,
  chilanberry: NORMAL,
  chopleberry: FIGHTING,
  cobaberry: FLYING,
  colburberry: DARK,
  habanberry: DRAGON,
  kasibberry: GHOST,
  kebiaberry: POISON,
  occaberry: FIRE,
  passhoberry: WATER,
  payapaberry: PSYCHIC,
  rindoberry: GRASS,
  roseliberry: FAIRY,
  shucaberry: GROUND,
  tangaberry: BUG,
  wacanberry: ELECTRIC,
  yacheberry: ICE,
};

/** Whether the target's berry weakens an attack of this type. */
export function berryWeakens(user: Half, type: number, effectiveness: number): boolean {
  const item = itemNow(user.foe);
  return RESIST_BERRIES[item] === type && (effectiveness > 1 || item === 'chilanberry');
}

/** Whether a damaging move counts as physical now. */
export function isPhysical(user: Half, move: ModelMove): boolean {
  const adapts =
    move.id === 'photongeyser' ||
    ((move.id === 'terablast' || move.id === 'terastarstorm') && user.active.terastallized);
  if (!adapts) return move.category === 'Physical';
  const { body, volatiles } = user;
  return body.atk * stageFactor(volatiles.atk) > body.spa * stageFactor(volatiles.spa);
}

/**
 * Damage in HP points of one strike that hits, by the formula of the generation. The modifiers that the games round one
 * after the other are multiplied here and rounded once, which is off by a point or two.
 *
 * @param effectiveness type multiplier, above 0
 * @param roll 0.85–1
 */
export function strikeDamage(
  p: Position,
  user: Half,
  move: ModelMove,
  type: number,
  effectiveness: number,
  crit: boolean,
  roll: number,
): number {
  const target = user.foe;
  const physical = isPhysical(user, move);
  let power = powerOf(p, user, move);
  if (power <= 0) return 0;
  power *= abilityPowerFactor(p, user, move, power, type) * itemPowerFactor(p, user, move, type);
  if (user.volatiles.charged && type === ELECTRIC) power *= 2;
  power *= terrainFactor(p, user, move, type);
  if (
    user.active.terastallized &&
    type === user.body.teraType &&
    power < 60 &&
    move.priority <= 0 &&
    move.maxHits === 1
  ) {
    power = 60;
  }
  const attack = attackOf(p, user, move, physical, crit, type);
  const defence = defenceOf(p, user, move, physical !== move.hitsOtherDefence, crit);
  const level = p.gen === 1 && crit ? user.body.level * 2 : user.body.level;
  const base =
    Math.floor(Math.floor((Math.floor((2 * level) / 5 + 2) * Math.floor(power) * attack) / defence) / 50) + 2;
  let factor = stab(user, type) * effectiveness * roll * weatherFactor(p, type, move);
  if (crit && p.gen > 1) factor *= p.gen >= 6 ? 1.5 : 2;
  if (crit && abilityNow(user) === 'sniper') factor *= 1.5;
  if (p.gen > 1 && user.active.status === 'brn' && physical && abilityNow(user) !== 'guts') {
    if (move.id !== 'facade' || p.gen < 6) factor *= 0.5;
  }
  if (!crit && p.gen > 2 && abilityNow(user) !== 'infiltrator') {
    const screened = target.auroraVeil > 0 || (physical ? target.reflect > 0 : target.lightScreen > 0);
    if (screened && move.id !== 'brickbreak' && move.id !== 'psychicfangs' && move.id !== 'ragingbull')
      factor *= 0.5;
  }
  factor *= defensiveAbilityFactor(user, move, type, effectiveness);
  if (effectiveness < 1 && abilityNow(user) === 'tintedlens') factor *= 2;
  if (effectiveness > 1) {
    if (abilityNow(user) === 'neuroforce') factor *= 1.25;
    if (move.id === 'collisioncourse' || move.id === 'electrodrift') factor *= 4 / 3;
  }
  switch (itemNow(user)) {
    case 'lifeorb':
      factor *= 1.3;
      break;
    case 'expertbelt':
      if (effectiveness > 1) factor *= 1.2;
      break;
  }
  if (berryWeakens(user, type, effectiveness)) factor *= 0.5;
  if (target.volatiles.exposed) factor *= 2;
  return Math.max(1, Math.floor(base * factor));
}

function weatherFactor(p: Position, type: number, move: ModelMove): number {
  if (p.weather === '' || (type !== FIRE && type !== WATER)) return 1;
  switch (weatherNow(p)) {
    case 'sun':
    case 'harshsun':
      if (type === FIRE) return 1.5;
      return p.weather === 'harshsun' ? 0 : move.id === 'hydrosteam' ? 0.5 : 0.5;
    case 'rain':
    case 'heavyrain':
      if (type === WATER) return 1.5;
      return p.weather === 'heavyrain' ? 0 : 0.5;
    default:
      return 1;
  }
}

function terrainFactor(p: Position, user: Half, move: ModelMove, type: number): number {
  switch (p.terrain) {
    case 'electricterrain':
      return type === ELECTRIC && isGrounded(p, user) ? (p.gen >= 8 ? 1.3 : 1.5) : 1;
    case 'grassyterrain':
      if (move.id === 'earthquake' || move.id === 'bulldoze' || move.id === 'magnitude') {
        return isGrounded(p, user.foe) ? 0.5 : 1;
      }
      return type === GRASS && isGrounded(p, user) ? (p.gen >= 8 ? 1.3 : 1.5) : 1;
    case 'psychicterrain':
      return type === PSYCHIC && isGrounded(p, user) ? (p.gen >= 8 ? 1.3 : 1.5) : 1;
    case 'mistyterrain':
      return type === DRAGON && isGrounded(p, user.foe) ? 0.5 : 1;
    default:
      return 1;
  }
}

function defensiveAbilityFactor(user: Half, move: ModelMove, type: number, effectiveness: number): number {
  const target = user.foe;
  switch (abilityAgainst(user, move)) {
    case 'multiscale':
    case 'shadowshield':
      return target.active.hp >= target.active.maxHp ? 0.5 : 1;
    case 'filter':
    case 'solidrock':
    case 'prismarmor':
      return effectiveness > 1 ? 0.75 : 1;
    case 'fluffy':
      return (move.contact ? 0.5 : 1) * (type === FIRE ? 2 : 1);
    case 'icescales':
      return move.category === 'Special' ? 0.5 : 1;
    case 'punkrock':
      return move.sound ? 0.5 : 1;
    case 'dryskin':
      return type === FIRE ? 1.25 : 1;
    case 'terashell':
      return target.active.hp >= target.active.maxHp && effectiveness > 0.5 ? 0.5 / effectiveness : 1;
    default:
      return 1;
  }
}

/** Chance of a critical hit. */
export function critChance(p: Position, user: Half, move: ModelMove): number {
  const defending = abilityAgainst(user, move);
  if (defending === 'battlearmor' || defending === 'shellarmor') return 0;
  if (move.alwaysCrits) return 1;
  if (p.gen === 1) {
    const odds = Math.min(255, Math.floor(user.body.baseSpe / 2) * (move.critStage > 0 ? 8 : 1));
    return odds / 256;
  }
  const ability = abilityNow(user);
  if (ability === 'merciless' && (user.foe.active.status === 'psn' || user.foe.active.status === 'tox'))
    return 1;
  const item = itemNow(user);
  let stage = move.critStage + user.volatiles.focus;
  if (ability === 'superluck') stage += 1;
  if (item === 'scopelens' || item === 'razorclaw') stage += 1;
  if (item === 'leek' || item === 'stick') stage += 2;
  const table = p.gen >= 7 ? CRITS_NOW : p.gen === 6 ? CRITS_GEN6 : CRITS_OLD;
  return table[Math.min(stage, table.length - 1)] ?? 1;
}

const CRITS_NOW = [1 / 24, 1 / 8, 1 / 2, 1];
const CRITS_GEN6 = [1 / 16, 1 / 8, 1 / 2, 1];
const CRITS_OLD = [1 / 16, 1 / 8, 1 / 4, 1 / 3, 1 / 2];
