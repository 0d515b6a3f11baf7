import type { Generation } from '@pkmn/data';
import { generations, toId } from '../battle/generations.ts';

const LATEST = 9;

/** A species, move, ability or item as the dex of one generation describes it. */
export type Species = ReturnType<Generation['dex']['species']['get']>;
export type Move = ReturnType<Generation['dex']['moves']['get']>;

/** The data and formulas of a generation; numbers outside 1–9 give the nearest one. */
export function generation(gen: number): Generation {
  return generations.get(Math.min(LATEST, Math.max(1, Math.trunc(gen) || LATEST)));
}

/** A species of any forme, cosmetic ones included, or undefined if there is none of that name. */
export function findSpecies(gen: number, name: string): Species | undefined {
  const species = generation(gen).dex.species.get(name);
  return species.exists ? species : undefined;
}

/** Whether a species, move, ability or item exists and existed in a generation: dexes also list later ones. */
export function isOfGeneration(
  gen: number,
  data: { readonly exists: boolean; readonly gen: number } | undefined,
): boolean {
  return data?.exists === true && data.gen <= gen;
}

const POWER_SUFFIX = /^(hiddenpower[a-z]+|return|frustration)(\d+)$/;

/**
 * A move by name or id, or undefined if there is none of that name. Requests write the power of some moves into their
 * id (`hiddenpowerfire60`, `return102`); those are found too, with that power.
 */
export function findMove(gen: number, name: string): Move | undefined {
  const { dex } = generation(gen);
  const id = toId(name);
  const [, base, power] = POWER_SUFFIX.exec(id) ?? [];
  const move = dex.moves.get(base ?? id);
  if (!move.exists) return undefined;
  return power === undefined ? move : { ...move, basePower: Number(power) };
}

/** A move's id without the power that requests append to some: `hiddenpowerfire60` → `hiddenpowerfire`. */
export function moveIdWithoutPower(name: string): string {
  const id = toId(name);
  return POWER_SUFFIX.exec(id)?.[1] ?? id;
}

/** Display name of an ability id; the id itself for one that does not exist. */
export function abilityName(gen: number, id: string): string {
  const ability = generation(gen).dex.abilities.get(id);
  return ability.exists ? ability.name : id;
}

/** Display name of an item id; the id itself for one that does not exist. */
export function itemName(gen: number, id: string): string {
  const item = generation(gen).dex.items.get(id);
  return item.exists ? item.name : id;
}

/** The six stats in points, HP included. */
export type Stats = Readonly<Record<'hp' | 'atk' | 'def' | 'spa' | 'spd' | 'spe', number>>;

/** A species' stats with the given EVs, IVs and nature at a level, in points. */
export function statsOf(
  gen: number,
  species: Species,
  set: { readonly level: number; readonly nature: string; readonly evs: Stats; readonly ivs: Stats },
): Stats {
  const { stats, dex } = generation(gen);
  const nature = gen >= 3 ? dex.natures.get(set.nature || 'serious') : undefined;
  const stat = (id: keyof Stats): number =>
    stats.calc(id, species.baseStats[id], set.ivs[id], set.evs[id], set.level, nature);
  return {
    hp: stat('hp'),
    atk: stat('atk'),
    def: stat('def'),
    spa: stat('spa'),
    spd: stat('spd'),
    spe: stat('spe'),
  };
}
