/** Defaults of a search. */
export const SEARCH_DEFAULTS = { thinkMs: 100, worlds: 4, depth: 8 } as const;

/**
 * Number of worlds worth searching in this time, in ms; the usual number when there is no limit. Each world needs some
 * 800 playouts of its own before another pays: in 60 positions of gen9randombattle, what 34,000 playouts chose was
 * worth 0.9 points of win chance less than the best of 300,000 playouts if they were spent on 6 worlds, 0.5 on 12 or
 * 28, and 0.4 on 60; 3,400 playouts lost 0.7 on 4 worlds and 1.0 on 8.
 */
export function worldsFor(thinkMs: number): number {
  const { thinkMs: usualMs, worlds } = SEARCH_DEFAULTS;
  const times = Number.isFinite(thinkMs) ? thinkMs / usualMs : 1;
  return Math.max(2, Math.round(worlds * times));
}
