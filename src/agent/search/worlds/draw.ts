import type { CandidateSet } from '../../../knowledge/likely-sets.ts';
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

/** A list in random order. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
