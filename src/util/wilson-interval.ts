/** Standard deviations on both sides of the mean within which 95% of a normal distribution lie. */
const Z = 1.96;

/**
 * The 95% interval of a share by Wilson's score (Wilson 1927): accurate also for small counts, and for shares near 0 or
 * 1.
 *
 * @param hits how many of `count` it was
 * @returns both ends, 0–1
 */
export function wilsonInterval(hits: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const share = hits / count;
  const weight = Z ** 2 / count;
  const centre = (share + weight / 2) / (1 + weight);
  const reach = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / count + weight / (4 * count));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}
