import type { ActionStats } from './nodes.ts';
import type { WorldTree } from './principal-variation.ts';

/** Limits of the playouts: the first one reached ends them. */
export interface Limits {
  /** Number of playouts; undefined for no limit. */
  readonly playouts: number | undefined;
  /** Moment on the clock of `performance.now()`. */
  readonly until: number;
  readonly signal: AbortSignal | undefined;
}

/** Playouts in one tree before the next has its turn. */
const STRIDE = 8;
/** Ms after which other work of the process gets a turn. */
const SLICE_MS = 10;

/**
 * Runs playouts in all trees in turn until a limit is reached, or until the remaining playouts could not change which
 * action leads.
 *
 * @param own statistics of our choices at the root, which the trees share
 * @returns number of playouts
 */
export async function runPlayouts(
  trees: readonly WorldTree[],
  own: ActionStats,
  limits: Limits,
): Promise<number> {
  const { playouts = Number.POSITIVE_INFINITY, until, signal } = limits;
  const start = performance.now();
  let done = 0;
  let pause = start + SLICE_MS;
  while (done < playouts) {
    for (const { tree } of trees) {
      const stride = Math.min(STRIDE, playouts - done);
      for (let i = 0; i < stride; i++) tree.playout();
      done += stride;
      const now = performance.now();
      if (now >= until || signal?.aborted) return done;
      const inTime = (done * (until - now)) / (now - start);
      if (lead(own) > (Number.isFinite(playouts) ? playouts - done : inTime)) return done;
      if (now < pause) continue;
      await new Promise(setImmediate);
      pause = performance.now() + SLICE_MS;
    }
  }
  return done;
}

/** Visits of the leading action, less those of the next. */
function lead({ visits }: ActionStats): number {
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
