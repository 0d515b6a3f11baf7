import type { Bandit } from './nodes.ts';
import type { Grove } from './principal-variation.ts';

/** Where walks end: whichever comes first. */
export interface Limits {
  /** Walks; undefined for no limit. */
  readonly walks: number | undefined;
  /** Moment on the clock of `performance.now()`. */
  readonly until: number;
  readonly signal: AbortSignal | undefined;
}

/** Walks in one tree before the next has its turn. */
const STRIDE = 8;
/** Ms after which other work of the process gets a turn. */
const SLICE_MS = 10;

/**
 * Walks through all trees in turn until a limit is reached, or until the walks that are left could not change which
 * action is ahead.
 *
 * @param own statistics of the own choices at the root, which the trees share
 * @returns how many walks there were
 */
export async function grow(groves: readonly Grove[], own: Bandit, limits: Limits): Promise<number> {
  const { walks, until, signal } = limits;
  const start = performance.now();
  let done = 0;
  let pause = start + SLICE_MS;
  while (walks === undefined || done < walks) {
    for (const { tree } of groves) {
      for (let i = 0; i < STRIDE && (walks === undefined || done < walks); i++) {
        tree.iterate();
        done++;
      }
      const now = performance.now();
      if (now >= until || signal?.aborted) return done;
      const left = walks === undefined ? (done * (until - now)) / (now - start) : walks - done;
      if (lead(own) > left) return done;
      if (now < pause) continue;
      await new Promise(setImmediate);
      pause = performance.now() + SLICE_MS;
    }
  }
  return done;
}

/** Visits of the action ahead, less those of the next. */
function lead({ visits }: Bandit): number {
  let first = 0;
  let second = 0;
  for (const count of visits) {
    if (count > first) {
      second = first;
      first = count;
    } else if (count > second) second = count;
  }
  return first - second;
}
