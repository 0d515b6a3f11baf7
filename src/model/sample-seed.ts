/** 2³² divided by the golden ratio: steps of this size spread evenly and leave callers' own small steps alone. */
const STEP = 0x9e3779b9;

/**
 * The seed of one of several samples that are asked for in calls of their own: without it, a server that honours
 * seeds would give the same text each time. Sample 0 has the request's seed itself. The result fits 31 bits, as
 * some servers demand.
 */
export function sampleSeed(seed: number, index: number): number {
  return index === 0 ? seed : (seed + Math.imul(index, STEP)) & 0x7fffffff;
}
