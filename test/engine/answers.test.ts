import { describe, expect, it } from 'vitest';
import { oneOf } from '../../src/engine/constraint.ts';
import { generate } from '../../src/engine/generate.ts';
import { scoreAnswers } from '../../src/engine/score.ts';
import { openTransformer, type Sequence, type Transformer } from '../../src/engine/transformer.ts';
import { VocabularyTree } from '../../src/engine/vocabulary-tree.ts';
import { createRandom } from '../../src/util/random.ts';
import { VOCABULARY, writeRandomModel } from '../support/random-model.ts';

// Each token but the last writes a letter, or two: 0–25 are a–z, 26 ab, 27 bc, …; 40 ends a text.
const END = 40;
const written = (token: number): string =>
  token < 26
    ? String.fromCharCode(97 + token)
    : token < END
      ? String.fromCharCode(97 + token - 26, 98 + token - 26)
      : '';
const text = (tokens: readonly number[]): string => tokens.map(written).join('');
const vocabulary = new VocabularyTree(VOCABULARY, (token) => Buffer.from(written(token)));

async function opened(): Promise<{ model: Transformer; prompt: Sequence; logits: Float32Array }> {
  const model = await openTransformer(writeRandomModel('answers').path);
  const prompt = model.open();
  const [logits] = model.extend([{ sequence: prompt, tokens: [5, 3, 9, 1], reads: [3] }]);
  if (logits === undefined) throw new Error('no logits');
  return { model, prompt, logits };
}

describe('texts that go on from a prompt', () => {
  it('are the same alone and as one of five votes, for the same seed', async () => {
    const { model, prompt, logits } = await opened();
    const options = { random: createRandom('votes'), maxTokens: 12, stops: new Set([END]), topP: 0.9 };
    const five = generate(model, prompt, logits, { ...options, votes: 5 });
    expect(generate(model, prompt, logits, { ...options, votes: 5 })).toEqual(five);
    expect(generate(model, prompt, logits, { ...options, votes: 1 })).toEqual(five.slice(0, 1));
    expect(new Set(five.map(({ tokens }) => text(tokens))).size).toBeGreaterThan(2);
    expect(prompt.tokens).toEqual([5, 3, 9, 1]);
  });

  it('without chance take the best token each time', async () => {
    const { model, prompt, logits } = await opened();
    const [greedy] = generate(model, prompt, logits, {
      votes: 1,
      random: createRandom('any'),
      maxTokens: 8,
      stops: new Set(),
      temperature: 0,
    });
    const again = model.open();
    let [last] = model.extend([{ sequence: again, tokens: prompt.tokens, reads: [3] }]);
    for (const token of greedy?.tokens ?? []) {
      expect(last?.[token]).toBe(Math.max(...(last ?? [])));
      [last] = model.extend([{ sequence: again, tokens: [token], reads: [0] }]);
    }
    expect(greedy).toMatchObject({ complete: false });
    expect(greedy?.tokens).toHaveLength(8);
  });

  it('are one of the answers allowed, whatever the model would say', async () => {
    const { model, prompt, logits } = await opened();
    const choices = ['abc', 'abcd', 'q', 'xyzzy'];
    const found = generate(model, prompt, logits, {
      votes: 20,
      random: createRandom('closed'),
      maxTokens: 12,
      stops: new Set([END]),
      constraint: { grammar: oneOf(choices), vocabulary },
    });
    for (const { tokens, complete } of found) {
      expect(choices).toContain(text(tokens));
      expect(complete).toBe(true);
    }
    expect(new Set(found.map(({ tokens }) => text(tokens))).size).toBeGreaterThan(1);
  });
});

describe('the distribution over a closed set of answers', () => {
  const answers = [[0, 1, 2], [0, 1], [0, 4], [16], [26, 2]];

  it('sums up to one, and is what drawing token by token gives', async () => {
    const { model, prompt, logits } = await opened();
    const shares = scoreAnswers(model, prompt, { answers, end: END, logits });
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(prompt.tokens).toEqual([5, 3, 9, 1]);

    // By hand: after the prompt 0, 16 or 26; after 0 1 or 4; after 0 1 2 or the end.
    const after = (tokens: readonly number[]): Float32Array => {
      const sequence = prompt.fork();
      const [found] = model.extend([{ sequence, tokens, reads: [tokens.length - 1] }]);
      sequence.close();
      return found ?? new Float32Array();
    };
    const share = (from: Float32Array, token: number, tokens: readonly number[]): number =>
      Math.exp(from[token] ?? 0) / tokens.reduce((sum, other) => sum + Math.exp(from[other] ?? 0), 0);
    const zero = share(logits, 0, [0, 16, 26]);
    const one = share(after([0]), 1, [1, 4]);
    const wanted = [
      zero * one * share(after([0, 1]), 2, [2, END]),
      zero * one * share(after([0, 1]), END, [2, END]),
      zero * (1 - one),
      share(logits, 16, [0, 16, 26]),
      share(logits, 26, [0, 16, 26]),
    ];
    for (const [index, probability] of wanted.entries()) expect(shares[index]).toBeCloseTo(probability, 6);
  });

  it('is flatter at a higher temperature', async () => {
    const { model, prompt, logits } = await opened();
    const most = (temperature: number): number =>
      Math.max(...scoreAnswers(model, prompt, { answers, end: END, logits, temperature }));
    expect(most(0.3)).toBeGreaterThan(most(1));
    expect(most(1)).toBeGreaterThan(most(10));
  });
});
