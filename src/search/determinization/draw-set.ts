import type { PokemonState } from '../../battle/state.ts';
import type { CandidateSet, LikelySets, Marginal } from '../../knowledge/likely-sets.ts';
import type { Random } from '../../util/random.ts';

/**
 * One of some candidate sets, drawn by their weights.
 *
 * @param sets not empty; weights sum to 1
 * @param at uniform in [0, 1)
 */
export function drawSet(sets: readonly CandidateSet[], at: number): CandidateSet {
  let left = at;
  for (const set of sets) {
    left -= set.weight;
    if (left < 0) return set;
  }
  // Weights that sum to a little less than 1 leave a rest.
  return sets[Math.floor(at * sets.length)] as CandidateSet;
}

/**
 * A set drawn for an opponent's Pokémon, with each part now and then replaced by one that none of its likely sets has;
 * the same object when nothing is replaced.
 */
export function orInstead(
  set: CandidateSet,
  { doubt }: LikelySets,
  pokemon: PokemonState,
  random: Random,
): CandidateSet {
  if (!doubt) return set;
  const { instead } = doubt;
  const other = (chance: number, marginal: Marginal): string | undefined =>
    random.next() < chance ? drawId(marginal, random) : undefined;
  const shown = new Set(pokemon.moves.map(({ id }) => id));
  const moves = [...set.moves];
  for (const [slot, move] of moves.entries()) {
    if (shown.has(move) || (shown.has('hiddenpower') && move.startsWith('hiddenpower'))) continue;
    const changed = other(doubt.move, instead.moves);
    if (changed !== undefined && !moves.includes(changed)) moves[slot] = changed;
  }
  const teraType = other(set.teraType === undefined ? 1 : doubt.tera, instead.teraTypes) ?? set.teraType;
  const item = other(doubt.item, instead.items) ?? set.item;
  const ability = other(doubt.ability, instead.abilities) ?? set.ability;
  const isSame = item === set.item && ability === set.ability && teraType === set.teraType;
  if (isSame && moves.every((move, slot) => move === set.moves[slot])) return set;
  return { ...set, moves, item, ability, ...(teraType === undefined ? {} : { teraType }) };
}

function drawId(marginal: Marginal, random: Random): string | undefined {
  let left = random.next();
  for (const [id, share] of marginal) {
    left -= share;
    if (left < 0) return id;
  }
  return marginal.at(-1)?.[0];
}

/** A shuffled copy of a list. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
