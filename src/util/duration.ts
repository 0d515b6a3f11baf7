/** A time in ms as people would say it: `2 minutes`, `5 s`. */
export function inWords(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`;
}
