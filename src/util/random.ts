/** A deterministic source of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). */
  below(bound: number): number;
  /** A uniformly drawn element; throws a RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** A new independent stream; the same name gives the same stream. */
  stream(name: string): Random;
  /** A seed in @pkmn/sim's format, drawn from this stream: four 16-bit numbers. */
  simSeed(): `${number},${number},${number},${number}`;
}

/** 32-bit FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * A seeded random stream (sfc32, by Chris Doty-Humphrey, PractRand). Every draw in this package comes from one,
 * so that a seed gives the same battle, teams and decisions.
 *
 * @param seed any string; streams with different seeds or names are independent
 */
export function createRandom(seed: string): Random {
  let a = hash(seed);
  let b = hash(`${seed}#1`);
  let c = hash(`${seed}#2`);
  let counter = 1;
  const random: Random = {
    next() {
      const t = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (c << 21) | (c >>> 11);
      c = (c + t) | 0;
      return (t >>> 0) / 0x1_0000_0000;
    },
    below(bound) {
      return Math.floor(random.next() * bound);
    },
    pick(items) {
      if (items.length === 0) throw new RangeError('Expected at least one item to pick from, got none');
      return items[random.below(items.length)] as (typeof items)[number];
    },
    stream(name) {
      return createRandom(`${seed}/${name}`);
    },
    simSeed() {
      const { below } = random;
      return `${below(0x10000)},${below(0x10000)},${below(0x10000)},${below(0x10000)}`;
    },
  };
  for (let i = 0; i < 12; i++) random.next();
  return random;
}
