import { attackOf, defenceOf } from './attack-stats.ts';
import { abilityNow, isGrounded, itemNow, stageFactor, weatherNow } from './condition.ts';
import { abilityAgainst } from './effectiveness.ts';
import type { ModelMove } from './move.ts';
import { powerOf } from './move-power.ts';
import { abilityPowerFactor, itemPowerFactor } from './power-factors.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import {
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

/** Factor of the user's STAB. */
function stab(user: Side, type: number): number {
  if (type === NO_TYPE) return 1;
  const adaptable = abilityNow(user) === 'adaptability';
  if (user.active.terastallized) {
    const { type1, type2 } = user.forme;
    const { teraType } = user.active.forme;
    const original = type1 === type || type2 === type;
    if (teraType === STELLAR) return original ? 2 : 1.2;
    if (teraType === type) return original ? (adaptable ? 2.25 : 2) : adaptable ? 2 : 1.5;
    return original ? 1.5 : 1;
  }
  if (!user.hasType(type)) return 1;
  return adaptable ? 2 : 1.5;
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
export function berryWeakens(user: Side, type: number, effectiveness: number): boolean {
  const item = itemNow(user.foe);
  return RESIST_BERRIES[item] === type && (effectiveness > 1 || item === 'chilanberry');
}

/** Whether a damaging move counts as physical now. */
export function isPhysical(user: Side, move: ModelMove): boolean {
  const adapts =
    move.id === 'photongeyser' ||
    ((move.id === 'terablast' || move.id === 'terastarstorm') && user.active.terastallized);
  if (!adapts) return move.category === 'Physical';
  const { forme, volatiles } = user;
  return forme.atk * stageFactor(volatiles.atk) > forme.spa * stageFactor(volatiles.spa);
}

/**
 * Damage in HP points of one strike that hits, by the formula of the generation. The modifiers that the games round one
 * after the other are multiplied here and rounded once, which is off by a point or two.
 *
 * @param effectiveness type multiplier, above 0
 * @param roll 0.85–1
 */
export function strikeDamage(
  p: SearchState,
  user: Side,
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
    type === user.active.forme.teraType &&
    power < 60 &&
    move.priority <= 0 &&
    move.maxHits === 1
  ) {
    power = 60;
  }
  const attack = attackOf(p, user, move, physical, crit, type);
  const defence = defenceOf(p, user, move, physical !== move.hitsOtherDefence, crit);
  const level = p.gen === 1 && crit ? user.forme.level * 2 : user.forme.level;
  const base =
    Math.floor(Math.floor((Math.floor((2 * level) / 5 + 2) * Math.floor(power) * attack) / defence) / 50) + 2;
  let factor = stab(user, type) * effectiveness * roll * weatherFactor(p, type);
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

function weatherFactor(p: SearchState, type: number): number {
  if (p.weather === '' || (type !== FIRE && type !== WATER)) return 1;
  switch (weatherNow(p)) {
    case 'sun':
    case 'harshsun':
      if (type === FIRE) return 1.5;
      return p.weather === 'harshsun' ? 0 : 0.5;
    case 'rain':
    case 'heavyrain':
      if (type === WATER) return 1.5;
      return p.weather === 'heavyrain' ? 0 : 0.5;
    default:
      return 1;
  }
}

function terrainFactor(p: SearchState, user: Side, move: ModelMove, type: number): number {
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

function defensiveAbilityFactor(user: Side, move: ModelMove, type: number, effectiveness: number): number {
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
