import { table } from '../util/table.ts';
import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import { generation, type Move } from './dex.ts';
import { isRain, isSand, isSnow, isSun, type Setting } from './setting.ts';

/** Deals damage of no type: nothing resists it, nothing is weak to it. */
export const TYPELESS = '???';

const FORME_TYPES = table<Readonly<Record<string, string>>>({
  ivycudgel: {
    'Ogerpon-Cornerstone': 'Rock',
    'Ogerpon-Hearthflame': 'Fire',
    'Ogerpon-Wellspring': 'Water',
  },
  ragingbull: {
    'Tauros-Paldea-Combat': 'Fighting',
    'Tauros-Paldea-Blaze': 'Fire',
    'Tauros-Paldea-Aqua': 'Water',
  },
  aurawheel: { 'Morpeko-Hangry': 'Dark' },
});

const TERRAIN_TYPES: Readonly<Record<string, string>> = table({
  electricterrain: 'Electric',
  grassyterrain: 'Grass',
  mistyterrain: 'Fairy',
  psychicterrain: 'Psychic',
});

/** Abilities that turn Normal moves into another type. */
const NORMAL_CHANGERS: Readonly<Record<string, string>> = table({
  aerilate: 'Flying',
  galvanize: 'Electric',
  pixilate: 'Fairy',
  refrigerate: 'Ice',
});

// Moves whose type abilities do not change.
const FIXED_TYPE = new Set([
  'judgment',
  'multiattack',
  'naturalgift',
  'revelationdance',
  'struggle',
  'technoblast',
  'terrainpulse',
  'weatherball',
  'hiddenpower',
]);

const TYPELESS_UNTIL_GEN_4 = new Set(['futuresight', 'doomdesire', 'beatup']);

/** The type of a move when this Pokémon uses it now. */
export function moveTypeNow(setting: Setting, user: Combatant, move: Move): string {
  const { gen } = setting;
  if (move.id === 'struggle') return gen === 1 ? move.type : TYPELESS;
  if (gen <= 4 && TYPELESS_UNTIL_GEN_4.has(move.id)) return TYPELESS;
  if (user.pokemon.terastallized && user.pokemon.teraType) {
    if (move.id === 'terablast') return user.pokemon.teraType;
    if (move.id === 'terastarstorm' && user.species.name === 'Terapagos-Stellar') return 'Stellar';
  }
  const type = changedByMove(setting, user, move) ?? move.type;
  return FIXED_TYPE.has(move.id) ? type : changedByAbility(user, move, type);
}

function changedByMove(setting: Setting, user: Combatant, move: Move): string | undefined {
  const formes = FORME_TYPES[move.id];
  if (formes) {
    const forme = Object.keys(formes).find((name) => user.species.name.startsWith(name));
    return forme ? formes[forme] : undefined;
  }
  const item = generation(setting.gen).dex.items.get(itemInEffect(setting, user));
  switch (move.id) {
    case 'weatherball':
      return weatherType(setting, item.id === 'utilityumbrella');
    case 'terrainpulse':
      return isGrounded(setting, user) ? TERRAIN_TYPES[setting.terrain ?? ''] : undefined;
    case 'judgment':
      // A Z-Crystal changes the type of Arceus, but not of this move.
      return item.zMove ? undefined : item.onPlate;
    case 'technoblast':
      return item.onDrive;
    case 'multiattack':
      return item.onMemory;
    case 'naturalgift':
      return item.naturalGift?.type;
    case 'revelationdance':
      return user.pokemon.types[0];
    default:
      return undefined;
  }
}

function weatherType(setting: Setting, umbrella: boolean): string | undefined {
  if (isSun(setting)) return umbrella ? undefined : 'Fire';
  if (isRain(setting)) return umbrella ? undefined : 'Water';
  if (isSand(setting)) return 'Rock';
  return isSnow(setting) ? 'Ice' : undefined;
}

function changedByAbility({ ability, pokemon }: Combatant, move: Move, type: string): string {
  if (ability === 'normalize') return 'Normal';
  // A Max Move makes no sound.
  if (ability === 'liquidvoice' && move.flags.sound && !pokemon.volatiles.dynamax) return 'Water';
  return type === 'Normal' ? (NORMAL_CHANGERS[ability] ?? type) : type;
}
