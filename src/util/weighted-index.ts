/**
 * The index that a draw falls on, each as likely as its weight.
 *
 * @param at uniform between 0 and the weights' sum
 * @returns -1 where rounding leaves none
 */
export function weightedIndex(weights: readonly number[], at: number): number {
  let left = at;
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}
