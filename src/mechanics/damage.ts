import { attackOf, defenceOf } from './attack-stats.ts';
import { abilityNow, isGrounded, weatherNow } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import type { AbilityEffects, Attack, SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { DRAGON, ELECTRIC, FIRE, GRASS, NO_TYPE, NORMAL, PSYCHIC, STELLAR, WATER } from './types.ts';

/**
 * Damage in HP points of one hit, by the formula of the generation. The modifiers that the games round one after the
 * other are multiplied here and rounded once, which is off by a point or two.
 *
 * @param attack with an effectiveness above 0
 */
export function strikeDamage(p: SearchState, attack: Attack): number {
  const { user, move, crit } = attack;
  const power = powerOf(p, attack);
  if (power <= 0) return 0;
  const level = p.gen === 1 && crit ? user.forme.level * 2 : user.forme.level;
  const strength = Math.floor((2 * level) / 5 + 2) * Math.floor(power) * attackOf(p, attack);
  const base = Math.floor(Math.floor(strength / defenceOf(p, attack)) / 50) + 2;
  let factor = stab(attack) * attack.effectiveness * attack.roll * weatherFactor(p, attack.type);
  if (crit) factor *= p.rules.critDamage;
  if (isBurnFelt(p, attack)) factor *= 0.5;
  if (!crit && p.gen > 2 && isScreened(attack)) factor *= 0.5;
  factor *= modifiers(p, attack);
  if (berryWeakens(attack)) factor *= 0.5;
  if (attack.target.volatiles.exposed) factor *= 2;
  if (attack.effectiveness > 1 && (move.id === 'collisioncourse' || move.id === 'electrodrift'))
    factor *= 4 / 3;
  return Math.max(1, Math.floor(base * factor));
}

/** Whether the target's berry weakens an attack. */
export function berryWeakens({ targetItem, type, effectiveness }: Attack): boolean {
  return targetItem.weakens === type && (effectiveness > 1 || type === NORMAL);
}

/** Base power of a move now, before items and abilities. */
export function basePowerOf(p: SearchState, user: Side, move: ModelMove): number {
  const callback = p.effects.moves[move.number]?.basePowerCallback;
  return callback ? callback(p, user, move) : move.power;
}

/** Base power with items, abilities and terrain. */
function powerOf(p: SearchState, attack: Attack): number {
  const { user, type, userAbility, userItem } = attack;
  let power = basePowerOf(p, user, attack.move);
  if (power <= 0) return 0;
  attack.power = power;
  const ability = userAbility.onBasePower ? userAbility.onBasePower(p, attack) : 1;
  power *= ability * (userItem.onBasePower ? userItem.onBasePower(p, attack) : 1);
  if (user.volatiles.charged && type === ELECTRIC) power *= 2;
  power *= terrainFactor(p, attack);
  return isLiftedByTera(attack, power) ? 60 : power;
}

/** Weak moves of the tera type are strengthened. */
function isLiftedByTera({ user: { active }, move, type }: Attack, power: number): boolean {
  if (!active.terastallized || type !== active.forme.teraType) return false;
  return power < 60 && move.priority <= 0 && move.maxHits === 1;
}

function stab({ user, type, userAbility }: Attack): number {
  if (type === NO_TYPE) return 1;
  const { active, forme } = user;
  if (!active.terastallized) return user.hasType(type) ? increased(userAbility, 1.5) : 1;
  const { teraType } = active.forme;
  const isOriginal = forme.type1 === type || forme.type2 === type;
  if (teraType === STELLAR) return isOriginal ? 2 : 1.2;
  if (teraType === type) return increased(userAbility, isOriginal ? 2 : 1.5);
  return isOriginal ? 1.5 : 1;
}

const increased = ({ onModifySTAB }: AbilityEffects, bonus: number): number =>
  onModifySTAB ? onModifySTAB(bonus) : bonus;

function isBurnFelt(p: SearchState, { user, move, physical, userAbility }: Attack): boolean {
  if (user.active.status !== 'brn' || !physical || p.gen === 1 || userAbility.ignoresBurn) return false;
  return move.id !== 'facade' || p.gen < 6;
}

function isScreened({ user, target, physical, moveEffects }: Attack): boolean {
  const isUp = target.auroraVeil > 0 || (physical ? target.reflect > 0 : target.lightScreen > 0);
  return isUp && !moveEffects?.breaksScreens && abilityNow(user) !== 'infiltrator';
}

/** Abilities and items on the damage. */
function modifiers(p: SearchState, attack: Attack): number {
  const { defendingAbility, userAbility, userItem } = attack;
  let factor = 1;
  if (defendingAbility.onSourceModifyDamage) factor *= defendingAbility.onSourceModifyDamage(p, attack);
  if (userAbility.onModifyDamage) factor *= userAbility.onModifyDamage(p, attack);
  if (userItem.onModifyDamage) factor *= userItem.onModifyDamage(p, attack);
  return factor;
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

/** Ground moves that Grassy Terrain weakens. */
const SHAKING = new Set(['earthquake', 'bulldoze', 'magnitude']);

function terrainFactor(p: SearchState, { user, target, move, type }: Attack): number {
  switch (p.terrain) {
    case 'electricterrain':
      return type === ELECTRIC && isGrounded(p, user) ? p.rules.terrainPower : 1;
    case 'grassyterrain':
      if (SHAKING.has(move.id)) return isGrounded(p, target) ? 0.5 : 1;
      return type === GRASS && isGrounded(p, user) ? p.rules.terrainPower : 1;
    case 'psychicterrain':
      return type === PSYCHIC && isGrounded(p, user) ? p.rules.terrainPower : 1;
    case 'mistyterrain':
      return type === DRAGON && isGrounded(p, target) ? 0.5 : 1;
    default:
      return 1;
  }
}
