/** A fraction 0–1 as whole percent, for people: `34%`. */
export function percent(fraction: number): string {
  return `${Math.round(100 * fraction)}%`;
}
