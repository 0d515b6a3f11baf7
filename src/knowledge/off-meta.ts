import { toId } from '../battle/generations.ts';
import { findMove, findSpecies, generation, type Species } from './dex.ts';
import { legalAbilities } from './expand-sets.ts';
import { learnable } from './guessed-sets.ts';
import type { Marginal, OffMetaChoices } from './likely-sets.ts';
import { nearestFormats } from './nearest-formats.ts';
import { plainFormat } from './plain-format.ts';
import { alternatives } from './set-book.ts';
import { analysedSets } from './set-files.ts';
import { simulator } from './simulator.ts';

/** How often each part occurs in the sets of a format, whatever the species. */
interface Popularity {
  readonly moves: ReadonlyMap<string, number>;
  readonly items: ReadonlyMap<string, number>;
  readonly teraTypes: ReadonlyMap<string, number>;
}

/** A part that no analysed set has counts as this many sets. */
const RARE = 0.5;
/** An item that no analysed set has counts as this many sets: most items are never used. */
const UNHEARD_OF = 0.02;
/** Factor for attacks of the species' own types, which are used more often. */
const STAB = 3;
/** Factor for tera types that are among the species' own types. */
const OWN_TYPE = 2;

const known = new Map<string, OffMetaChoices>();
const popularities = new Map<string, Popularity>();

/**
 * Everything that a Pokémon may have although none of its likely sets has it: any move that it can learn, any item, each of
 * its abilities, any tera type. Each is as likely as it is popular in the sets of the nearest format. Where the rules
 * leave one choice, it is that one.
 */
export function offMetaChoices(gen: number, format: string, name: string): OffMetaChoices {
  const key = `${format}/${toId(name)}`;
  let choices = known.get(key);
  if (!choices) {
    choices = find(gen, format, name);
    known.set(key, choices);
  }
  return choices;
}

function find(gen: number, format: string, name: string): OffMetaChoices {
  const species = findSpecies(gen, name);
  const nothing: OffMetaChoices = { moves: [], items: [['', 1]], abilities: [['', 1]], teraTypes: [] };
  if (!species) return nothing;
  const [nearest] = nearestFormats(plainFormat(format)).filter((id) => analysedSets(id) !== undefined);
  const popularity = nearest === undefined ? NONE : popularityOf(nearest);
  const isFree = isAnythingAllowed(format);
  return {
    moves: offMetaMoves(gen, species, popularity.moves, isFree),
    items: offMetaItems(gen, species, popularity.items, isFree),
    abilities: offMetaAbilities(gen, species, isFree),
    teraTypes: offMetaTeraTypes(gen, species, popularity.teraTypes),
  };
}

const NONE: Popularity = { moves: new Map(), items: new Map(), teraTypes: new Map() };

function popularityOf(format: string): Popularity {
  let popularity = popularities.get(format);
  if (!popularity) {
    const counts = { moves: new Map(), items: new Map(), teraTypes: new Map() };
    for (const sets of analysedSets(format)?.values() ?? []) {
      for (const set of sets) {
        for (const slot of set.moves) count(counts.moves, alternatives(slot).map(toId));
        count(counts.items, alternatives(set.item).map(toId));
        count(counts.teraTypes, alternatives(set.teraType));
      }
    }
    popularity = counts;
    popularities.set(format, popularity);
  }
  return popularity;
}

/** Alternatives for one slot share one count. */
function count(counts: Map<string, number>, values: readonly string[]): void {
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1 / values.length);
}

function offMetaMoves(
  gen: number,
  species: Species,
  popularity: Popularity['moves'],
  isFree: boolean,
): Marginal {
  const pool = isFree
    ? [...popularity.keys()].flatMap((id) => findMove(gen, id) ?? [])
    : learnable(gen, species);
  return asShares(
    pool.map((move) => {
      const isStab = move.category !== 'Status' && species.types.some((type) => type === move.type);
      return [move.id, (RARE + (popularity.get(move.id) ?? 0)) * (isStab ? STAB : 1)] as const;
    }),
  );
}

function offMetaItems(
  gen: number,
  species: Species,
  popularity: Popularity['items'],
  isFree: boolean,
): Marginal {
  if (gen < 2) return [['', 1]];
  const required = requiredItems(species);
  if (required.length > 0 && !isFree) return asShares(required.map((name) => [toId(name), 1] as const));
  const { dex } = generation(gen);
  const all = [...generation(gen).items]
    .filter(({ isPokeball, isNonstandard }) => !isPokeball && !isNonstandard)
    .map(({ id }) => id as string);
  const holdable = [...new Set([...popularity.keys(), ...all])].filter((id) => {
    const item = dex.items.get(id);
    const users = item.itemUser ?? [];
    return item.exists && (users.length === 0 || users.some((user) => isOf(gen, user, species)));
  });
  return asShares([
    ...holdable.map((id) => [id, UNHEARD_OF + (popularity.get(id) ?? 0)] as const),
    ['', RARE],
  ]);
}

function requiredItems(species: Species): readonly string[] {
  if (species.requiredItems) return species.requiredItems;
  return species.requiredItem ? [species.requiredItem] : [];
}

function isOf(gen: number, user: string, species: Species): boolean {
  return user === species.name || findSpecies(gen, user)?.baseSpecies === species.baseSpecies;
}

function offMetaAbilities(gen: number, species: Species, isFree: boolean): Marginal {
  const abilities = legalAbilities(gen, species.name).map(toId);
  // Hackmons allow any ability of the game.
  const others = isFree ? [...generation(gen).abilities].map(({ id }) => id as string) : [];
  return asShares([...new Set([...abilities, ...others])].map((id) => [id, 1] as const));
}

function offMetaTeraTypes(gen: number, species: Species, popularity: Popularity['teraTypes']): Marginal {
  if (gen < 9) return [];
  if (species.requiredTeraType) return [[species.requiredTeraType, 1]];
  const types = [...generation(gen).types].map(({ name }) => name as string);
  return asShares(
    types
      .filter((type) => type !== '???')
      .map((type) => {
        const own = species.types.some((mine) => mine === type) ? OWN_TYPE : 1;
        return [type, (RARE + (popularity.get(type) ?? 0)) * own] as const;
      }),
  );
}

function asShares(weights: Marginal): Marginal {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return weights.map(([value, weight]) => [value, weight / total] as const).sort((a, b) => b[1] - a[1]);
}

/** Whether a format allows Pokémon any move and ability of the game (Hackmons). */
export function isAnythingAllowed(format: string): boolean {
  const found = simulator.Dex.formats.get(format);
  if (!found.exists) return false;
  const rules = simulator.Dex.formats.getRuleTable(found);
  return /hackmons/.test(format) || (rules.has('-nonexistent') && !rules.has('obtainableabilities'));
}
