import type { PokemonState } from '../../../battle/state.ts';
import type { CandidateSet, LikelySets, Marginal } from '../../../knowledge/likely-sets.ts';
import type { Random } from '../../../util/random.ts';

/**
 * One of some candidate sets, each as often as its weight says.
 *
 * @param sets not empty; weights sum to 1
 */
export function drawSet(sets: readonly CandidateSet[], random: Random): CandidateSet {
  let left = random.next();
  for (const set of sets) {
    left -= set.weight;
    if (left < 0) return set;
  }
  // Weights that sum to a little less than 1 leave a little over.
  return random.pick(sets);
}

/**
 * A set that a foe's Pokémon may have: one of its candidates, each part of which is now and then what none of them says.
 */
export function drawLikelySet(likely: LikelySets, pokemon: PokemonState, random: Random): CandidateSet {
  const set = drawSet(likely.sets, random);
  const { doubt } = likely;
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
  return {
    ...set,
    moves,
    item: other(doubt.item, instead.items) ?? set.item,
    ability: other(doubt.ability, instead.abilities) ?? set.ability,
    ...(teraType === undefined ? {} : { teraType }),
  };
}

function drawId(marginal: Marginal, random: Random): string | undefined {
  let left = random.next();
  for (const [id, share] of marginal) {
    left -= share;
    if (left < 0) return id;
  }
  return marginal.at(-1)?.[0];
}

/** A list in random order. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
