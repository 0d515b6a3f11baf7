/**
 * 2³² divided by the golden ratio: steps of this size spread evenly and do not collide with callers' own small steps.
 */
const STEP = 0x9e3779b9;

/**
 * The seed of one of several samples that are requested in separate calls: without it, a server that honours seeds
 * would return the same text each time. Sample 0 has the request's own seed. The result fits in 31 bits, as some
 * servers require.
 */
export function sampleSeed(seed: number, index: number): number {
  return index === 0 ? seed : (seed + Math.imul(index, STEP)) & 0x7fffffff;
}
