import { table } from '../util/table.ts';
import { abilityNow, isGrounded, itemNow, weatherNow } from './condition.ts';
import type { ModelMove } from './move.ts';
import { TYPE_ITEMS } from './power-factors.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import {
  DARK,
  ELECTRIC,
  FAIRY,
  FIRE,
  FLYING,
  GRASS,
  ICE,
  NO_TYPE,
  NORMAL,
  PSYCHIC,
  ROCK,
  WATER,
} from './types.ts';

const PLATE_TYPES: Readonly<Record<string, number>> = table({
  ogerponwellspring: WATER,
  ogerponwellspringtera: WATER,
  ogerponhearthflame: FIRE,
  ogerponhearthflametera: FIRE,
  ogerponcornerstone: ROCK,
  ogerponcornerstonetera: ROCK,
  taurospaldeablaze: FIRE,
  taurospaldeaaqua: WATER,
});

/** Type of a move if this half's active Pokémon uses it now. */
export function typeOf(p: SearchState, user: Side, move: ModelMove): number {
  switch (move.id) {
    case 'terablast':
    case 'terastarstorm':
      return user.active.terastallized ? user.active.forme.teraType : NORMAL;
    case 'weatherball':
      return weatherType(p);
    case 'terrainpulse':
      return isGrounded(p, user) ? terrainType(p) : NORMAL;
    case 'revelationdance':
      return user.type1;
    case 'judgment':
      return itemNow(user).endsWith('plate') ? (TYPE_ITEMS[itemNow(user)] ?? NORMAL) : NORMAL;
    case 'multiattack':
      return user.forme.species.startsWith('silvally') ? user.type1 : NORMAL;
    case 'aurawheel':
      return user.forme.species === 'morpekohangry' ? DARK : move.type;
    case 'ivycudgel':
    case 'ragingbull':
      return PLATE_TYPES[user.forme.species] ?? move.type;
    case 'struggle':
      return p.gen === 1 ? NORMAL : NO_TYPE;
  }
  if (move.category === 'Status') return move.type;
  switch (abilityNow(user)) {
    case 'aerilate':
      return move.type === NORMAL ? FLYING : move.type;
    case 'pixilate':
      return move.type === NORMAL ? FAIRY : move.type;
    case 'refrigerate':
      return move.type === NORMAL ? ICE : move.type;
    case 'galvanize':
      return move.type === NORMAL ? ELECTRIC : move.type;
    case 'normalize':
      return NORMAL;
    case 'liquidvoice':
      return move.sound ? WATER : move.type;
    default:
      return move.type;
  }
}

function weatherType(p: SearchState): number {
  switch (weatherNow(p)) {
    case 'sun':
    case 'harshsun':
      return FIRE;
    case 'rain':
    case 'heavyrain':
      return WATER;
    case 'sand':
      return ROCK;
    case 'snow':
      return ICE;
    default:
      return NORMAL;
  }
}

function terrainType(p: SearchState): number {
  switch (p.terrain) {
    case 'electricterrain':
      return ELECTRIC;
    case 'grassyterrain':
      return GRASS;
    case 'mistyterrain':
      return FAIRY;
    case 'psychicterrain':
      return PSYCHIC;
    default:
      return NORMAL;
  }
}
