import type { Gimmick } from '../battle/action.ts';
import { toId } from '../battle/generations.ts';
import type { BoostId, PokemonState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { firstAbility, knownStats } from './combatant.ts';
import { findSpecies, generation, type Species } from './dex.ts';
import { statsInForme } from './forme-stats.ts';
import { simulator } from './simulator.ts';

/** A gimmick that changes the Pokémon, once a battle; `mega` stands for Ultra Burst as well. */
export type MainGimmick = Extract<Gimmick, 'mega' | 'dynamax' | 'terastallize'>;

/**
 * The gimmick of a format. When a clause forbids the generation's own, as in National Dex, Mega Evolution remains.
 *
 * @returns undefined before generation 6
 */
export function mainGimmick(gen: number, format: string): MainGimmick | undefined {
  if (gen < 6) return undefined;
  if (gen === 8 && !hasRule(format, 'dynamaxclause')) return 'dynamax';
  if (gen >= 9 && !hasRule(format, 'terastalclause')) return 'terastallize';
  return 'mega';
}

function hasRule(format: string, rule: string): boolean {
  const { formats } = simulator.Dex;
  const known = formats.get(format);
  return known.exists && formats.getRuleTable(known).has(rule);
}

/** Ogerpon's masks raise a stat when it terastallizes. */
const MASKED: Readonly<Record<string, { readonly forme: string; readonly raises: BoostId }>> = table({
  'Ogerpon-Cornerstone': { forme: 'Ogerpon-Cornerstone-Tera', raises: 'def' },
  'Ogerpon-Hearthflame': { forme: 'Ogerpon-Hearthflame-Tera', raises: 'atk' },
  'Ogerpon-Wellspring': { forme: 'Ogerpon-Wellspring-Tera', raises: 'spd' },
  Ogerpon: { forme: 'Ogerpon-Teal-Tera', raises: 'spe' },
});

/**
 * One of our Pokémon as it would be right after a gimmick: types, forme, stats, boosts and HP. Z-moves do not change
 * the Pokémon.
 *
 * @returns undefined when the Pokémon cannot do it: no tera type, no stone, no such forme
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
  const tera = { ...pokemon, terastallized: true, types, typesUnderTera: pokemon.types };
  if (pokemon.species === 'Terapagos-Terastal') {
    return { ...(inForme(gen, tera, 'Terapagos-Stellar') ?? tera), types };
  }
  const masked = MASKED[pokemon.species];
  if (!masked) return tera;
  const { forme, raises } = masked;
  const boosts = { ...pokemon.boosts, [raises]: Math.min(6, (pokemon.boosts[raises] ?? 0) + 1) };
  return { ...(inForme(gen, tera, forme) ?? tera), types, boosts };
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

/** The Pokémon in another forme, with stats derived from its current ones. */
export function inForme(gen: number, pokemon: PokemonState, name: string): PokemonState | undefined {
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
    ...grown(gen, pokemon, before, forme),
  };
}

/** Stats and HP in points. */
function grown(gen: number, pokemon: PokemonState, before: Species, after: Species): Partial<PokemonState> {
  const { stats, maxHp, hp, level } = pokemon;
  const { hp: most, ...others } = statsInForme(level, knownStats(gen, pokemon), before, after);
  return {
    ...(stats && { stats: others }),
    ...(maxHp !== undefined &&
      before.baseStats.hp !== after.baseStats.hp && { maxHp: most, hp: (hp * maxHp + most - maxHp) / most }),
  };
}
