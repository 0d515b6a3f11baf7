import { toId } from '../battle/generations.ts';
import { createRandom, type Random } from '../util/random.ts';
import { findMove, findSpecies, isOfGeneration, type Stats } from './dex.ts';
import type { CandidateSet } from './likely-sets.ts';
import { alternatives, type WrittenSet } from './set-book.ts';

/** A written set is expanded into at most this many combinations of its alternatives. */
const MOST_COMBINATIONS = 48;

const ZERO: Stats = { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };
const FULL_IVS: Stats = { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 };
const OLD_EVS: Stats = { hp: 255, atk: 255, def: 255, spa: 255, spd: 255, spe: 255 };
const OLD_IVS: Stats = { hp: 30, atk: 30, def: 30, spa: 30, spd: 30, spe: 30 };

/**
 * Expands written sets: one candidate for each combination of their alternatives or, when there are many, for a sample
 * of {@link MOST_COMBINATIONS} in which all alternatives are equally frequent. Moves that the generation lacks are left
 * out.
 *
 * @returns weights sum to 1, most likely first; empty when no set has a move of the generation
 */
export function expandSets(
  gen: number,
  species: string,
  sets: readonly WrittenSet[],
  level: number,
): readonly CandidateSet[] {
  const spelled = sets.map((set, index) => ({
    weight: set.weight ?? 1,
    candidates: spellOut(
      gen,
      species,
      { ...set, level },
      createRandom(`expand-sets/${toId(species)}/${index}`),
    ),
  }));
  const usable = spelled.filter(({ candidates }) => candidates.length > 0);
  const total = usable.reduce((sum, { weight }) => sum + weight, 0);
  return usable
    .flatMap(({ weight, candidates }) =>
      candidates.map((set) => ({ ...set, weight: weight / total / candidates.length })),
    )
    .sort((a, b) => b.weight - a.weight);
}

function spellOut(
  gen: number,
  species: string,
  set: WrittenSet & { readonly level: number },
  random: Random,
): readonly CandidateSet[] {
  const slots = set.moves
    .map((slot) =>
      alternatives(slot)
        .filter((move) => isOfGeneration(gen, findMove(gen, move)))
        .map(toId),
    )
    .filter((slot) => slot.length > 0);
  if (slots.length === 0) return [];
  const parts: readonly (readonly string[])[] = [
    ...slots,
    partOf(set.item).map(toId),
    (set.ability === undefined ? legalAbilities(gen, species) : alternatives(set.ability)).map(toId),
    partOf(set.teraType),
    partOf(set.nature).map(toId),
  ];
  return combinations(parts, random).map((chosen) => {
    const moves = chosen.slice(0, slots.length);
    const [item = '', ability = '', teraType = '', nature = ''] = chosen.slice(slots.length);
    return {
      moves: distinct(moves, slots),
      item: gen >= 2 ? item : '',
      ability: gen >= 3 ? ability : '',
      ...(gen >= 9 && teraType ? { teraType } : {}),
      level: set.level,
      nature: gen >= 3 ? nature || 'serious' : '',
      evs: gen >= 3 ? { ...ZERO, ...set.evs } : { ...OLD_EVS, ...set.evs },
      ivs: gen >= 3 ? { ...FULL_IVS, ...set.ivs } : OLD_IVS,
      weight: 1,
    };
  });
}

/** A part that is not written down is left open. */
const partOf = (part: WrittenSet['item']): readonly string[] =>
  part === undefined ? [''] : alternatives(part);

/** The abilities that a species may have in a generation, by name. */
export function legalAbilities(gen: number, species: string): readonly string[] {
  const found = gen >= 3 ? findSpecies(gen, species) : undefined;
  const names = found ? [found.abilities[0], found.abilities[1], found.abilities.H, found.abilities.S] : [];
  const known = names.flatMap((name) => (name ? [name as string] : []));
  return known.length > 0 ? known : [''];
}

/** One choice from each part: all combinations, or an even sample of them. */
function combinations(parts: readonly (readonly string[])[], random: Random): readonly (readonly string[])[] {
  const count = parts.reduce((product, part) => product * part.length, 1);
  if (count <= MOST_COMBINATIONS) {
    return parts.reduce<readonly (readonly string[])[]>(
      (chosen, part) => chosen.flatMap((start) => part.map((value) => [...start, value])),
      [[]],
    );
  }
  const columns = parts.map((part) => {
    const keyed = Array.from({ length: MOST_COMBINATIONS }, (_, row) => ({
      value: part[row % part.length] ?? '',
      key: random.next(),
    }));
    return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  });
  return Array.from({ length: MOST_COMBINATIONS }, (_, row) => columns.map((column) => column[row] ?? ''));
}

/** When two slots choose the same move, one takes another of its alternatives, if it has one. */
function distinct(moves: readonly string[], slots: readonly (readonly string[])[]): readonly string[] {
  const chosen: string[] = [];
  for (const [slot, move] of moves.entries()) {
    const other = chosen.includes(move) ? slots[slot]?.find((id) => !moves.includes(id)) : move;
    if (other !== undefined && !chosen.includes(other)) chosen.push(other);
  }
  return chosen;
}
