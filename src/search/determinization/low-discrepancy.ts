import type { Random } from '../../util/random.ts';

/**
 * Numbers in [0, 1) that are each uniform and together fill the interval evenly: of the first 2ⁿ, one lies in each
 * interval of length 2⁻ⁿ. Averages over such draws vary less than over independent ones. It is the van der Corput
 * sequence, scrambled as by Owen (Laine and Karras 2011), so that two sequences are independent of each other.
 */
export function evenly(random: Random): () => number {
  const seed = Math.floor(random.next() * 2 ** 32);
  let index = 0;
  return () => reversed(scrambled(index++, seed)) / 2 ** 32;
}

/** Each bit is changed by the bits below it. */
function scrambled(index: number, seed: number): number {
  let x = (index + seed) | 0;
  for (const factor of [0x6c50b47c, 0xb82f1e52, 0xc7afe638, 0x8d22f6e6]) x ^= Math.imul(x, factor);
  return x;
}

/** The 32 bits in reverse order, as a non-negative number. */
function reversed(bits: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) result = (result << 1) | ((bits >>> bit) & 1);
  return result >>> 0;
}
