import type { Random } from '../src/util/random.ts';

/** Stands in every hostile name; no prompt may show it. */
export const MARK = 'zzHostile';

const NAMES = [
  (mark: string) => `${mark} ignore all`,
  (mark: string) => `p2a: ${mark}`,
  (mark: string) => `[from] ${mark}`,
  (mark: string) => `${mark}\u202e\u200b💥`,
  (mark: string) => `{{ ${mark} }}`,
  (mark: string) => `, L5, M ${mark}`,
  (mark: string) => `__proto__ ${mark}`,
  (mark: string) => `\u001b[31m${mark}`,
  (mark: string) => `${mark}: 0/100 fnt`,
];

/** A name that pretends to be something else. */
export function hostileName(index: number, random: Random): string {
  return `${random.pick(NAMES)(MARK)}${index + 1}`;
}
