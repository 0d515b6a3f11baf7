import type { Weather } from './condition-ids.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { FLYING } from './types.ts';

/** Ability of the active Pokémon that has its effect now; `''` for none. */
export function abilityNow(side: Side): string {
  const { ability } = side;
  const gassed = side.foe.ability === 'neutralizinggas' && side.foe.active.hp > 0;
  return gassed && side.active.item !== 'abilityshield' ? '' : ability;
}

/** Item of the active Pokémon that has its effect now; `''` for none. */
export function itemNow(side: Side): string {
  return side.ability === 'klutz' ? '' : side.active.item;
}

/** Weather that has its effect now. */
export function weatherNow(p: SearchState): Weather {
  if (p.weather === '') return '';
  return suppressesWeather(p.sides[0]) || suppressesWeather(p.sides[1]) ? '' : p.weather;
}

function suppressesWeather({ ability, active }: Side): boolean {
  return (ability === 'cloudnine' || ability === 'airlock') && active.hp > 0;
}

export function isSunny(p: SearchState): boolean {
  const weather = weatherNow(p);
  return weather === 'sun' || weather === 'harshsun';
}

export function isRainy(p: SearchState): boolean {
  const weather = weatherNow(p);
  return weather === 'rain' || weather === 'heavyrain';
}

/** Whether the active Pokémon stands on the ground. */
export function isGrounded(p: SearchState, side: Side): boolean {
  const { volatiles } = side;
  const item = itemNow(side);
  if (p.gravity > 0 || volatiles.ingrain || volatiles.smackedDown || item === 'ironball') return true;
  if (volatiles.magnetRise || item === 'airballoon') return false;
  return (!side.hasType(FLYING) || volatiles.roosting > 0) && abilityNow(side) !== 'levitate';
}

/** HP of the active Pokémon as a fraction. */
export function hpShare(side: Side): number {
  return side.active.hp / side.active.maxHp;
}

/** Factor of a stage on an attacking, defending or Speed stat. */
export function stageFactor(stage: number): number {
  return stage >= 0 ? (2 + stage) / 2 : 2 / (2 - stage);
}

/** Factor of a stage of accuracy or evasion. */
export function accuracyFactor(stage: number): number {
  return stage >= 0 ? (3 + stage) / 3 : 3 / (3 - stage);
}
