/** Counting votes. An option is named by any value that a `Map` can hold. */

/** How many votes each option got, in the order of the first vote for each. */
export function tally<T>(votes: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1);
  return counts;
}

/** The options with the most votes: several in a tie, none without votes. */
export function leaders<T>(votes: readonly T[]): T[] {
  const counts = tally(votes);
  const most = Math.max(0, ...counts.values());
  return [...counts].flatMap(([option, count]) => (count === most ? [option] : []));
}

/**
 * Whether the outcome is certain: one option leads, and no other can draw level with the votes still possible.
 *
 * @param remaining votes still possible
 */
export function decided(votes: readonly unknown[], remaining: number): boolean {
  const [most = 0, next = 0] = [...tally(votes).values()].sort((a, b) => b - a);
  return next + remaining < most;
}

/** The fewest further votes, all for one option, that would decide it; `remaining` when no number can. */
export function votesToDecide(votes: readonly unknown[], remaining: number): number {
  const [most = 0, next = 0] = [...tally(votes).values()].sort((a, b) => b - a);
  const lead = most - next;
  // With n more for the leader, the others can gain remaining − n: decided when lead + n > remaining − n.
  return Math.min(remaining, Math.max(0, Math.floor((remaining - lead) / 2) + 1));
}
