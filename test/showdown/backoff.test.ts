import { expect, test } from 'vitest';
import { backoff } from '../../src/showdown/backoff.ts';
import { createRandom } from '../../src/util/random.ts';

const ATTEMPTS = Array.from({ length: 20 }, (_, attempt) => attempt);

function waits(seed: string): number[] {
  const random = createRandom(seed);
  return ATTEMPTS.map((attempt) => backoff(attempt, random));
}

test('waits twice as long up to 15 s, and a disconnected player has several tries within the 60 s to return', () => {
  for (let seed = 0; seed < 200; seed++) {
    const each = waits(`${seed}`);
    for (const attempt of ATTEMPTS) {
      const full = Math.min(15_000, 500 * 2 ** attempt);
      expect(each[attempt]).toBeLessThanOrEqual(full);
      expect(each[attempt]).toBeGreaterThan(full * 0.74);
    }
    expect(each.slice(0, 6).reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  }
});

test('clients that lost the connection together do not come back together', () => {
  const firsts = new Set(Array.from({ length: 100 }, (_, seed) => Math.round(waits(`${seed}`)[0] ?? 0)));
  expect(firsts.size).toBeGreaterThan(50);
});
