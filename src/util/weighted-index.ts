/**
 * The index that a draw selects, each as likely as its weight.
 *
 * @param at uniform between 0 and the weights' sum
 * @returns -1 when rounding leaves none
 */
export function weightedIndex(weights: readonly number[], at: number): number {
  let left = at;
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}
