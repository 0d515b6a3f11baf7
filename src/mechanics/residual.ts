import { setUpAttack } from './aim.ts';
import { useEmergencyExit } from './attack.ts';
import { boostByFoe } from './boosts.ts';
import { strikeDamage } from './damage.ts';
import { abilityEffects, abilityNow, isGrounded, itemEffects, itemNow, weatherNow } from './effects-now.ts';
import { sleepParadox } from './field.ts';
import { applyDamage, applyIndirectDamage, faint, heal } from './hp.ts';
import { inflict } from './inflict-status.ts';
import type { SearchState } from './search-state.ts';
import { ENDLESS, type Side } from './side.ts';
import { endDynamax } from './switch-in.ts';
import { GROUND, ICE, ROCK, STEEL, WATER } from './types.ts';

/** The end of a turn, the faster side first in each step. */
export function endTurn(p: SearchState, first: Side): void {
  const second = first.foe;
  const firstHp = first.active.hp;
  const secondHp = second.active.hp;
  endWeather(p);
  weatherHurts(p, first);
  weatherHurts(p, second);
  landDelayedAttack(p, first);
  landDelayedAttack(p, second);
  grantWish(first);
  grantWish(second);
  if (p.gen > 2) {
    applyResidualHp(p, first);
    applyResidualHp(p, second);
  }
  countDown(p, first);
  countDown(p, second);
  countDownSide(first);
  countDownSide(second);
  countDownField(p);
  lateEffects(p, first);
  lateEffects(p, second);
  useEmergencyExit(first, firstHp);
  useEmergencyExit(second, secondHp);
}

function endWeather(p: SearchState): void {
  if (p.weather === '' || p.weatherTurns === 0) return;
  p.weatherTurns--;
  if (p.weatherTurns === 0) {
    p.weather = '';
    sleepParadox(p);
  }
}

function weatherHurts(p: SearchState, side: Side): void {
  const { active } = side;
  if (active.hp <= 0 || p.weather === '') return;
  const weather = weatherNow(p);
  const ability = abilityEffects(p, side);
  ability.onWeather?.(p, side, weather);
  const isHard = weather === 'sand' || (weather === 'snow' && p.gen < 9);
  if (!isHard || ability.weatherproof.includes(weather) || itemNow(side) === 'safetygoggles') return;
  if (weather === 'snow' ? side.hasType(ICE) : isSafeInSandstorm(side)) return;
  applyIndirectDamage(p, side, active.maxHp * (weather === 'sand' ? p.rules.sandDamage : 1 / 16));
}

const isSafeInSandstorm = (side: Side): boolean =>
  side.hasType(ROCK) || side.hasType(GROUND) || side.hasType(STEEL);

function landDelayedAttack(p: SearchState, side: Side): void {
  if (side.futureTurns === 0) return;
  side.futureTurns--;
  if (side.futureTurns > 0 || side.active.hp <= 0 || !side.futureMove) return;
  const user = side.foe;
  const caster = user.pokemon[side.futureUser];
  if (!caster) return;
  // The attack uses its user's own stats, on the field or not.
  const { forme } = user;
  user.forme = caster.forme;
  const attack = setUpAttack(p, user, side.futureMove);
  if (attack.effectiveness > 0) {
    attack.roll = (85 + Math.floor(p.random() * 16)) / 100;
    applyDamage(p, side, strikeDamage(p, attack));
  }
  user.forme = forme;
}

function grantWish(side: Side): void {
  if (side.wishTurns === 0) return;
  side.wishTurns--;
  if (side.wishTurns === 0) heal(side, side.wishHp);
}

/** Leftovers, Leech Seed, poison, burn and everything else that changes HP at the end of a turn. */
export function applyResidualHp(p: SearchState, side: Side): void {
  const { active, volatiles, foe } = side;
  if (active.hp <= 0) return;
  if (p.terrain === 'grassyterrain' && isGrounded(p, side)) heal(side, active.maxHp / 16);
  const ability = abilityNow(side);
  abilityEffects(p, side).onEarlyResidual?.(p, side);
  itemEffects(p, side).onEarlyResidual?.(p, side);
  if (volatiles.aquaRing) heal(side, active.maxHp / 16);
  if (volatiles.ingrain) heal(side, active.maxHp / 16);
  if (volatiles.leechSeed && active.hp > 0 && foe.active.hp > 0 && ability !== 'magicguard')
    drainBySeed(p, side);
  if (active.hp > 0) sufferStatus(p, side, ability);
  if (volatiles.cursed && active.hp > 0) applyIndirectDamage(p, side, active.maxHp / 4);
  if (volatiles.bound > 0 && active.hp > 0) sufferBinding(p, side);
  if (volatiles.saltCure && active.hp > 0) {
    const weak = side.hasType(WATER) || side.hasType(STEEL);
    applyIndirectDamage(p, side, active.maxHp / (weak ? 4 : 8));
  }
  if (active.hp > 0) abilityEffects(p, side).onSufferedStatus?.(p, side);
}

/** Leech Seed. */
function drainBySeed(p: SearchState, side: Side): void {
  const { active, foe } = side;
  const points = Math.max(1, Math.floor(active.maxHp * p.rules.leechSeedDamage));
  const taken = Math.min(points, active.hp);
  applyDamage(p, side, points);
  if (abilityNow(side) === 'liquidooze') applyIndirectDamage(p, foe, taken);
  else heal(foe, itemNow(foe) === 'bigroot' ? taken * 1.3 : taken);
}

function sufferStatus(p: SearchState, side: Side, ability: string): void {
  const { active } = side;
  switch (active.status) {
    case 'brn': {
      const share = p.rules.burnDamage;
      applyIndirectDamage(p, side, active.maxHp * (ability === 'heatproof' ? share / 2 : share));
      return;
    }
    case 'psn':
      if (ability === 'poisonheal') heal(side, active.maxHp / 8);
      else applyIndirectDamage(p, side, active.maxHp * p.rules.poisonDamage);
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
  const { bindingDamage, bindingBandDamage } = p.rules;
  const share = itemNow(side.foe) === 'bindingband' ? bindingBandDamage : bindingDamage;
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
    boostByFoe(p, side, 'spe', -1);
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

function countDownSide(side: Side): void {
  if (side.reflect > 0 && side.reflect < ENDLESS) side.reflect--;
  if (side.lightScreen > 0 && side.lightScreen < ENDLESS) side.lightScreen--;
  if (side.auroraVeil > 0) side.auroraVeil--;
  if (side.tailwind > 0) side.tailwind--;
  if (side.safeguard > 0) side.safeguard--;
}

function countDownField(p: SearchState): void {
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
  if (side.active.hp <= 0) return;
  abilityEffects(p, side).onResidual?.(p, side);
  itemEffects(p, side).onResidual?.(p, side);
}
