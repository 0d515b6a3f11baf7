import type { Random } from '../util/random.ts';

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next try, in ms: twice as long each time up to 15 s, and by a drawn quarter shorter, so
 * that clients that lost the connection together do not come back together. A disconnected player has 60 s to return.
 *
 * @param attempt 0 for the first
 */
export function backoff(attempt: number, random: Random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return full * (1 - random.next() / 4);
}
