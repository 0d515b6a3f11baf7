import type { Gimmick } from '../battle/action.ts';
import { toId } from '../battle/generations.ts';
import type { PokemonState } from '../battle/state.ts';
import { defaultSpread, firstAbility } from './combatant.ts';
import { findSpecies, generation, type Species, statsOf } from './dex.ts';

/** Ogerpon's masks raise a stat when it terastallizes. */
const MASK_BOOSTS = {
  'Ogerpon-Cornerstone': 'def',
  'Ogerpon-Hearthflame': 'atk',
  'Ogerpon-Wellspring': 'spd',
  Ogerpon: 'spe',
} as const;

/**
 * An own Pokémon as it would be right after a gimmick: types, forme, stats, boosts and HP. Z-moves leave the
 * Pokémon as it is.
 *
 * @returns undefined where the Pokémon cannot do it: no tera type, no stone, no such forme
 */
export function afterGimmick(gen: number, pokemon: PokemonState, gimmick: Gimmick): PokemonState | undefined {
  switch (gimmick) {
    case 'terastallize':
      return terastallized(gen, pokemon);
    case 'dynamax':
      return dynamaxed(gen, pokemon);
    case 'mega':
    case 'megax':
    case 'megay':
      return megaEvolved(gen, pokemon);
    case 'ultra':
      return inForme(gen, pokemon, 'Necrozma-Ultra');
    case 'zmove':
      return pokemon;
  }
}

function terastallized(gen: number, pokemon: PokemonState): PokemonState | undefined {
  const { teraType } = pokemon;
  if (gen < 9 || !teraType || pokemon.terastallized) return undefined;
  const types = teraType === 'Stellar' ? pokemon.types : [teraType];
  const tera = { ...pokemon, terastallized: true, types };
  if (pokemon.species === 'Terapagos-Terastal') {
    return { ...(inForme(gen, tera, 'Terapagos-Stellar') ?? tera), types };
  }
  for (const [forme, stat] of Object.entries(MASK_BOOSTS)) {
    if (!pokemon.species.startsWith(forme)) continue;
    const boosts = { ...pokemon.boosts, [stat]: Math.min(6, (pokemon.boosts[stat] ?? 0) + 1) };
    return { ...tera, boosts };
  }
  return tera;
}

/** Dynamax doubles HP at level 10; the fraction stays. */
function dynamaxed(gen: number, pokemon: PokemonState): PokemonState | undefined {
  if (gen !== 8 || pokemon.volatiles.dynamax) return undefined;
  const grown = findSpecies(gen, pokemon.species)?.baseStats.hp !== 1;
  const maxHp = pokemon.maxHp === undefined ? {} : { maxHp: grown ? pokemon.maxHp * 2 : pokemon.maxHp };
  return { ...pokemon, ...maxHp, volatiles: { ...pokemon.volatiles, dynamax: 1 } };
}

function megaEvolved(gen: number, pokemon: PokemonState): PokemonState | undefined {
  const forme = megaForme(gen, pokemon);
  return forme ? inForme(gen, pokemon, forme) : undefined;
}

function megaForme(gen: number, pokemon: PokemonState): string | undefined {
  const base = findSpecies(gen, pokemon.baseSpecies);
  if (!base) return undefined;
  const { dex } = generation(gen);
  for (const name of base.otherFormes ?? []) {
    const forme = dex.species.get(name);
    if (!forme.isMega) continue;
    if (forme.requiredItem && toId(forme.requiredItem) === pokemon.item) return forme.name;
    if (forme.requiredMove && pokemon.moves.some(({ id }) => id === toId(forme.requiredMove ?? ''))) {
      return forme.name;
    }
  }
  return undefined;
}

/** The Pokémon in another forme. Its stats change by what the base stats differ. */
function inForme(gen: number, pokemon: PokemonState, name: string): PokemonState | undefined {
  const forme = findSpecies(gen, name);
  const before = findSpecies(gen, pokemon.species);
  if (!forme || !before) return undefined;
  const ability = firstAbility(forme);
  return {
    ...pokemon,
    species: forme.name,
    types: forme.types,
    ability,
    baseAbility: ability,
    ...(pokemon.stats ? { stats: shifted(gen, pokemon, pokemon.stats, before, forme) } : {}),
  };
}

function shifted(
  gen: number,
  { level }: PokemonState,
  stats: NonNullable<PokemonState['stats']>,
  before: Species,
  after: Species,
): NonNullable<PokemonState['stats']> {
  const spread = { ...defaultSpread(gen), level };
  const [old, now] = [statsOf(gen, before, spread), statsOf(gen, after, spread)];
  const shift = (stat: keyof typeof stats): number => Math.max(1, stats[stat] + now[stat] - old[stat]);
  return { atk: shift('atk'), def: shift('def'), spa: shift('spa'), spd: shift('spd'), spe: shift('spe') };
}
