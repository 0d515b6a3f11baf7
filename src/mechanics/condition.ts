import type { Half, Position, Weather } from './search-state.ts';
import { FLYING } from './types.ts';

/** Ability of the active Pokémon that has its effect now; `''` for none. */
export function abilityNow(half: Half): string {
  const { ability } = half;
  const gassed = half.foe.ability === 'neutralizinggas' && half.foe.active.hp > 0;
  return gassed && half.active.item !== 'abilityshield' ? '' : ability;
}

/** Item of the active Pokémon that has its effect now; `''` for none. */
export function itemNow(half: Half): string {
  return half.ability === 'klutz' ? '' : half.active.item;
}

/** Weather that has its effect now. */
export function weatherNow(p: Position): Weather {
  if (p.weather === '') return '';
  return suppressesWeather(p.sides[0]) || suppressesWeather(p.sides[1]) ? '' : p.weather;
}

function suppressesWeather({ ability, active }: Half): boolean {
  return (ability === 'cloudnine' || ability === 'airlock') && active.hp > 0;
}

export function isSunny(p: Position): boolean {
  const weather = weatherNow(p);
  return weather === 'sun' || weather === 'harshsun';
}

export function isRainy(p: Position): boolean {
  const weather = weatherNow(p);
  return weather === 'rain' || weather === 'heavyrain';
}

/** Whether the active Pokémon stands on the ground. */
export function isGrounded(p: Position, half: Half): boolean {
  const { volatiles } = half;
  const item = itemNow(half);
  if (p.gravity > 0 || volatiles.ingrain || volatiles.smackedDown || item === 'ironball') return true;
  if (volatiles.magnetRise || item === 'airballoon') return false;
  return (!half.hasType(FLYING) || volatiles.roosting > 0) && abilityNow(half) !== 'levitate';
}

/** HP of the active Pokémon as a fraction. */
export function hpShare(half: Half): number {
  return half.active.hp / half.active.maxHp;
}

/** Factor of a stage on an attacking, defending or Speed stat. */
export function stageFactor(stage: number): number {
  return stage >= 0 ? (2 + stage) / 2 : 2 / (2 - stage);
}

/** Factor of a stage of accuracy or evasion. */
export function accuracyFactor(stage: number): number {
  return stage >= 0 ? (3 + stage) / 3 : 3 / (3 - stage);
}
