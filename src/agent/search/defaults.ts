/** How a search looks ahead when nothing else is said. */
export const SEARCH_DEFAULTS = { thinkMs: 100, worlds: 4, depth: 8 } as const;

/** Worlds worth searching in so many ms: each needs some thousand walks of its own before another pays. */
export function worldsFor(thinkMs: number): number {
  const { thinkMs: usualMs, worlds } = SEARCH_DEFAULTS;
  return Math.max(1, Math.round(worlds * Math.cbrt(thinkMs / usualMs)));
}
