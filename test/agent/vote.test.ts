import { describe, expect, it } from 'vitest';
import { decided, leaders, tally, votesToDecide } from '../../src/agent/vote.ts';
import { createRandom } from '../../src/util/random.ts';

const OPTIONS = ['a', 'b', 'c', 'd'];

/** Every way `remaining` further samples can end: a vote for an option, or no vote. */
function* completions(remaining: number): Generator<string[]> {
  if (remaining === 0) {
    yield [];
    return;
  }
  for (const rest of completions(remaining - 1)) {
    yield rest;
    for (const option of OPTIONS) yield [option, ...rest];
  }
}

/** Random votes, with as many as four still to come. */
function* situations(seed: string): Generator<{ votes: string[]; remaining: number }> {
  const random = createRandom(seed);
  for (let trial = 0; trial < 400; trial++) {
    const remaining = random.below(5);
    yield { remaining, votes: Array.from({ length: random.below(7) }, () => random.pick(OPTIONS)) };
  }
}

describe('vote', () => {
  it('counts, and names the leaders', () => {
    expect([...tally(['b', 'a', 'b'])]).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect(leaders(['b', 'a', 'b'])).toEqual(['b']);
    expect(leaders([])).toEqual([]);
  });

  it('recognizes a tie', () => {
    expect(leaders(['c', 'b', 'd'])).toEqual(['c', 'b', 'd']);
    expect(leaders(['d', 'b', 'b', 'd', 'a'])).toEqual(['d', 'b']);
  });

  it('is certain exactly when no completion of the remaining votes gives other leaders', () => {
    let certain = 0;
    for (const { votes, remaining } of situations('certain')) {
      const [now, ...others] = leaders(votes);
      const safe =
        now !== undefined &&
        others.length === 0 &&
        [...completions(remaining)].every((rest) => leaders([...votes, ...rest]).join() === now);
      expect(decided(votes, remaining), `${votes.join('')} with ${remaining} to come`).toBe(safe);
      if (safe) certain++;
    }
    expect(certain).toBeGreaterThan(50);
    expect(certain).toBeLessThan(350);
  });

  it('asks for exactly as many votes as could decide it', () => {
    for (const { votes, remaining } of situations('wave')) {
      const needed = votesToDecide(votes, remaining);
      const decidable = (count: number): boolean =>
        [...completions(count)].some((rest) => decided([...votes, ...rest], remaining - count));
      for (let fewer = 0; fewer < needed; fewer++) expect(decidable(fewer)).toBe(false);
      if (needed < remaining) expect(decidable(needed)).toBe(true);
    }
    expect(votesToDecide(['a', 'a', 'a'], 2)).toBe(0);
    expect(votesToDecide(['a', 'b', 'a'], 2)).toBe(1);
    expect(votesToDecide(['a', 'b', 'a'], 6)).toBe(3);
  });
});
