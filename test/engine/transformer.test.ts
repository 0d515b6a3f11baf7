import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createPlainKernels } from '../../src/engine/plain-kernels.ts';
import { softmax } from '../../src/engine/sampling.ts';
import { ContextFullError, openTransformer, type Transformer } from '../../src/engine/transformer.ts';
import { createRandom } from '../../src/util/random.ts';
import { type RandomModelOptions, VOCABULARY, writeRandomModel } from '../support/random-model.ts';
import { naiveLogits } from './naive-model.ts';

const randomTokens = (count: number): number[] => {
  const random = createRandom('tokens');
  return Array.from({ length: count }, () => random.below(VOCABULARY));
};

/** Logits after each of the tokens, given in pieces of these sizes. */
function logitsOf(
  model: Transformer,
  tokens: readonly number[],
  sizes: readonly number[] = [tokens.length],
): Float32Array[] {
  const sequence = model.open();
  const logits: Float32Array[] = [];
  let from = 0;
  for (const size of sizes) {
    const piece = tokens.slice(from, from + size);
    logits.push(...model.extend([{ sequence, tokens: piece, reads: [...piece.keys()] }]));
    from += size;
  }
  sequence.close();
  return logits;
}

function expectClose(
  found: readonly Float32Array[],
  wanted: readonly (readonly number[])[],
  most = 1e-4,
): void {
  expect(found).toHaveLength(wanted.length);
  const differences = wanted.flatMap((row, index) =>
    row.map((value, token) => Math.abs((found[index]?.[token] ?? Number.NaN) - value)),
  );
  expect(Math.max(...differences)).toBeLessThan(most);
}

const KINDS: Readonly<Record<string, RandomModelOptions>> = {
  dense: {},
  'with tied embeddings and shared key heads': { heads: 4, kvHeads: 2, tied: true },
  'with a sliding window': { slidingWindow: 7 },
  'with two of four experts': { experts: { count: 4, used: 2 } },
  'with linear rope scaling': { ropeFactor: 4 },
  'with rope factors and half a head turned': { ropeFactors: true, ropeDimensions: 8 },
};

/** Kullback–Leibler divergence of the next token's distribution. */
function divergence(wanted: readonly number[], found: readonly number[]): number {
  const [p, q] = [softmax(wanted), softmax(found)];
  return p.reduce((sum, share, token) => sum + share * Math.log(share / (q[token] ?? 0)), 0);
}

interface Vector {
  readonly tokens: readonly number[];
  readonly vocabulary: number;
}

const vectorPath = (name: string): string =>
  fileURLToPath(new URL(`./vectors/models/${name}`, import.meta.url));
const VECTORS: Readonly<Record<string, Vector>> = JSON.parse(readFileSync(vectorPath('index.json'), 'utf8'));

describe('models of each kind', () => {
  for (const [name, { tokens, vocabulary }] of Object.entries(VECTORS)) {
    it(`${name}: the logits are those of an independent implementation`, async () => {
      const numbers = new Float32Array(new Uint8Array(readFileSync(vectorPath(`${name}.f32`))).buffer);
      const wanted = tokens.map((_, place) => [
        ...numbers.subarray(place * vocabulary, (place + 1) * vocabulary),
      ]);
      // Integers are multiplied with vectors in 16 bits.
      const most = /q\d_|every-type/.test(name) ? 3e-3 : 1e-4;
      const found = logitsOf(await openTransformer(vectorPath(`${name}.gguf`)), tokens);
      expectClose(found, wanted, most);
      for (const [place, row] of wanted.entries())
        expect(divergence(row, [...(found[place] ?? [])])).toBeLessThan(1e-6);
    });
  }
});

describe('a transformer', () => {
  for (const [kind, options] of Object.entries(KINDS)) {
    it(`${kind} has the logits of the same model written down plainly`, async () => {
      const model = writeRandomModel(kind, options);
      const tokens = randomTokens(100);
      const wanted = naiveLogits(model, tokens);
      const fast = await openTransformer(model.path);
      expectClose(logitsOf(fast, tokens), wanted);
      expectClose(
        logitsOf(await openTransformer(model.path, { kernels: createPlainKernels }), tokens),
        wanted,
      );
    });

    it(`${kind} gives the same logits to the last bit in pieces, beside others, and on three threads`, async () => {
      const { path } = writeRandomModel(kind, options);
      const tokens = randomTokens(90);
      const model = await openTransformer(path);
      const whole = logitsOf(model, tokens);
      expect(logitsOf(model, tokens, [1, 2, 40, 1, 46])).toEqual(whole);
      const threaded = await openTransformer(path, { threads: 3 });
      expect(logitsOf(threaded, tokens)).toEqual(whole);
      await threaded.close();
      const [one, other] = [model.open(), model.open()];
      const beside = model.extend([
        { sequence: other, tokens: [3, 1, 4], reads: [] },
        { sequence: one, tokens, reads: [5, 89] },
      ]);
      expect(beside).toEqual([whole[5], whole[89]]);
    });
  }

  it('forgets tokens and goes on as if they had not been there', async () => {
    const model = await openTransformer(writeRandomModel('rewind').path);
    const tokens = randomTokens(40);
    const whole = logitsOf(model, tokens);
    const sequence = model.open();
    model.extend([{ sequence, tokens: [...tokens.slice(0, 20), 7, 7, 7], reads: [] }]);
    sequence.rewind(20);
    expect(sequence.tokens).toEqual(tokens.slice(0, 20));
    expect(model.extend([{ sequence, tokens: tokens.slice(20), reads: [19] }])).toEqual([whole[39]]);
  });

  it('lets texts share a beginning, and frees their memory when they are closed', async () => {
    const model = await openTransformer(writeRandomModel('forks', { context: 64 }).path);
    const tokens = randomTokens(40);
    const whole = logitsOf(model, tokens);
    const prompt = model.open();
    model.extend([{ sequence: prompt, tokens: tokens.slice(0, 30), reads: [] }]);
    for (let round = 0; round < 100; round++) {
      const forks = [prompt.fork(), prompt.fork(), prompt.fork()];
      const steps = forks.map((sequence, index) => ({
        sequence,
        tokens: index === 1 ? tokens.slice(30) : [index, index],
        reads: [index === 1 ? 9 : 1],
      }));
      expect(model.extend(steps)[1]).toEqual(whole[39]);
      for (const fork of forks) fork.close();
    }
    expect(() => {
      prompt.fork();
      prompt.rewind(3);
    }).toThrow('others share its tokens');
  });

  it('rolls its cache over where the window is narrow: texts longer than the slots that it has', async () => {
    const options = { slidingWindow: 5, context: 1500 };
    const model = await openTransformer(writeRandomModel('rolling', options).path);
    const tokens = randomTokens(1400);
    const whole = logitsOf(model, tokens);
    const alone = logitsOf(model, tokens.slice(1200));
    // Two layers look back on eight tokens, by their distance alone: what came long before has no part in it.
    const last = [...(whole[1399] ?? [])];
    for (const [token, logit] of [...(alone[199] ?? [])].entries())
      expect(logit).toBeCloseTo(last[token] ?? Number.NaN, 3);
    const sequence = model.open();
    model.extend([{ sequence, tokens: tokens.slice(0, 1300), reads: [] }]);
    sequence.rewind(1290);
    expect(sequence.tokens).toHaveLength(1290);
    expect(model.extend([{ sequence, tokens: tokens.slice(1290), reads: [109] }])).toEqual([whole[1399]]);
    sequence.rewind(700);
    expect(sequence.tokens).toHaveLength(0);
  });

  it('says in one line that a text is too long, and can go on', async () => {
    const model = await openTransformer(writeRandomModel('full', { context: 16 }).path);
    const sequence = model.open();
    model.extend([{ sequence, tokens: randomTokens(10), reads: [] }]);
    expect(() => model.extend([{ sequence, tokens: randomTokens(7), reads: [] }])).toThrow(ContextFullError);
    expect(sequence.tokens).toHaveLength(10);
    expect(model.extend([{ sequence, tokens: randomTokens(6), reads: [5] }])).toHaveLength(1);
  });

  it('stops between two batches when it is called off', async () => {
    const model = await openTransformer(writeRandomModel('stop', { context: 256 }).path);
    const sequence = model.open();
    let looks = 0;
    const signal = {
      throwIfAborted() {
        looks++;
        if (looks === 3) throw new Error('called off');
      },
    };
    expect(() => model.extend([{ sequence, tokens: randomTokens(200), reads: [] }], { signal })).toThrow(
      'called off',
    );
    expect(sequence.tokens).toHaveLength(128);
  });

  it('refuses tokens that do not exist', async () => {
    const model = await openTransformer(writeRandomModel('unknown').path);
    const sequence = model.open();
    for (const token of [-1, VOCABULARY, 1.5, Number.NaN]) {
      expect(() => model.extend([{ sequence, tokens: [token], reads: [0] }])).toThrow(RangeError);
    }
  });

  it('gives the logits of a part of the vocabulary', async () => {
    const model = await openTransformer(writeRandomModel('part').path);
    const tokens = randomTokens(9);
    const whole = logitsOf(model, tokens);
    const vocabulary = { from: 17, to: 20 };
    const part = model.extend([{ sequence: model.open(), tokens, reads: [3, 8] }], { vocabulary });
    expect(part).toEqual([whole[3]?.slice(17, 20), whole[8]?.slice(17, 20)]);
  });
});
