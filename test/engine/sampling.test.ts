import { describe, expect, it } from 'vitest';
import { draw, drawToken, nextTokens } from '../../src/engine/sampling.ts';
import { createRandom } from '../../src/util/random.ts';

const LOGITS = Float32Array.of(1, 3, 2, -1, 2.5);
const share = (logits: readonly number[]): number[] => {
  const weights = logits.map(Math.exp);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

describe('the next token', () => {
  it('has the softmax of the logits, the most probable first', () => {
    const tokens = nextTokens(LOGITS, {}, null);
    expect(tokens.map(({ token }) => token)).toEqual([1, 4, 2, 0, 3]);
    for (const [index, wanted] of share([3, 2.5, 2, 1, -1]).entries()) {
      expect(tokens[index]?.probability).toBeCloseTo(wanted, 6);
    }
  });

  it('at temperature 0 is the best alone, at a high one nearly any', () => {
    expect(nextTokens(LOGITS, { temperature: 0 }, null)).toEqual([{ token: 1, probability: 1 }]);
    for (const { probability } of nextTokens(LOGITS, { temperature: 1000 }, null))
      expect(probability).toBeCloseTo(0.2, 2);
  });

  it('is one of the first k, of the likeliest that reach p, or of those not far behind', () => {
    const kept = (options: Parameters<typeof nextTokens>[1]): number[] =>
      nextTokens(LOGITS, options, null).map(({ token }) => token);
    expect(kept({ topK: 2 })).toEqual([1, 4]);
    // 0.47, 0.29, 0.17, 0.06, 0.01
    expect(kept({ topP: 0.4 })).toEqual([1]);
    expect(kept({ topP: 0.7 })).toEqual([1, 4]);
    expect(kept({ topP: 0.9 })).toEqual([1, 4, 2]);
    expect(kept({ topP: 0.0001 })).toEqual([1]);
    expect(kept({ minP: 0.5 })).toEqual([1, 4]);
    expect(kept({ minP: 0.1 })).toEqual([1, 4, 2, 0]);
    expect(kept({ topK: 3, minP: 0.5 })).toEqual([1, 4]);
  });

  it('is one of those allowed, whose shares sum up to one', () => {
    const tokens = nextTokens(LOGITS, {}, [3, 0]);
    expect(tokens.map(({ token }) => token)).toEqual([0, 3]);
    expect(tokens[0]?.probability).toBeCloseTo(share([1, -1])[0] ?? 0, 6);
  });

  it('is less probable where it came before and repeating costs', () => {
    const probabilities = new Map(
      nextTokens(LOGITS, { repetitionPenalty: 2 }, null, [1, 3]).map(({ token, probability }) => [
        token,
        probability,
      ]),
    );
    const wanted = share([1, 1.5, 2, -2, 2.5]);
    for (const [token, probability] of wanted.entries())
      expect(probabilities.get(token)).toBeCloseTo(probability, 6);
  });

  it('is drawn by its probability, the same for the same seed', () => {
    const tokens = nextTokens(LOGITS, {}, null);
    const drawn = (seed: string): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20_000 }, () => draw(tokens, random));
    };
    expect(drawn('a')).toEqual(drawn('a'));
    // Without cuts a draw needs no sorting, and finds each token as often.
    const random = createRandom('unsorted');
    const draws = Array.from({ length: 20_000 }, () =>
      drawToken({ logits: LOGITS, allowed: null, earlier: [] }, {}, random),
    );
    for (const { token, probability } of tokens) {
      expect(draws.filter((one) => one === token).length / draws.length).toBeCloseTo(probability, 1.8);
    }
    const found = drawn('b');
    for (const { token, probability } of tokens) {
      expect(found.filter((one) => one === token).length / found.length).toBeCloseTo(probability, 1.8);
    }
  });
});
