import type { Weather } from './condition-ids.ts';
import { ABILITY_IDS } from './ids.ts';
import {
  type AbilityEffects,
  type ItemEffects,
  NO_ABILITY,
  NO_ITEM,
  type SearchState,
} from './search-state.ts';
import type { Side } from './side.ts';
import { FLYING } from './types.ts';

const NEUTRALIZING_GAS = ABILITY_IDS.numberOf('neutralizinggas');
const KLUTZ = ABILITY_IDS.numberOf('klutz');

/** Whether the other side's Neutralizing Gas suppresses the ability of the active Pokémon. */
function isGassed({ active, foe }: Side): boolean {
  return foe.abilityNumber === NEUTRALIZING_GAS && foe.active.hp > 0 && active.item !== 'abilityshield';
}

/** Id of the active Pokémon's ability in effect; `''` for none. */
export function abilityNow(side: Side): string {
  return isGassed(side) ? '' : side.ability;
}

/** Effects of the active Pokémon's ability, as long as it is not suppressed. */
export function abilityEffects(p: SearchState, side: Side): AbilityEffects {
  return isGassed(side) ? NO_ABILITY : (p.effects.abilities[side.abilityNumber] ?? NO_ABILITY);
}

/** Effects of the active Pokémon's item, as long as it works. */
export function itemEffects(p: SearchState, side: Side): ItemEffects {
  if (side.abilityNumber === KLUTZ) return NO_ITEM;
  return p.effects.items[side.active.itemNumber] ?? NO_ITEM;
}

/** Id of the active Pokémon's item in effect; `''` for none. */
export function itemNow(side: Side): string {
  return side.abilityNumber === KLUTZ ? '' : side.active.item;
}

/** Weather in effect. */
export function weatherNow(p: SearchState): Weather {
  if (p.weather === '') return '';
  return suppressesWeather(p.sides[0]) || suppressesWeather(p.sides[1]) ? '' : p.weather;
}

const CLOUD_NINE = ABILITY_IDS.numberOf('cloudnine');
const AIR_LOCK = ABILITY_IDS.numberOf('airlock');

function suppressesWeather({ abilityNumber, active }: Side): boolean {
  return (abilityNumber === CLOUD_NINE || abilityNumber === AIR_LOCK) && active.hp > 0;
}

export function isSunny(p: SearchState): boolean {
  const weather = weatherNow(p);
  return weather === 'sun' || weather === 'harshsun';
}

export function isRainy(p: SearchState): boolean {
  const weather = weatherNow(p);
  return weather === 'rain' || weather === 'heavyrain';
}

/** Whether the active Pokémon is on the ground. */
export function isGrounded(p: SearchState, side: Side): boolean {
  const { volatiles } = side;
  const item = itemNow(side);
  if (p.gravity > 0 || volatiles.ingrain || volatiles.smackedDown || item === 'ironball') return true;
  if (volatiles.magnetRise || item === 'airballoon') return false;
  return (!side.hasType(FLYING) || volatiles.roosting > 0) && abilityNow(side) !== 'levitate';
}
