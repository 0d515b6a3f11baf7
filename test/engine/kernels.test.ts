import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembleKernels } from '../../scripts/kernels/assemble.ts';
import { createKernels, type Kernels } from '../../src/engine/kernels.ts';
import { createPlainKernels } from '../../src/engine/plain-kernels.ts';
import { createRandom } from '../../src/util/random.ts';

const PAGES = 16;

/** Two memories with the same random numbers, and the kernels over each. */
function bothKinds(seed: string) {
  const random = createRandom(seed);
  const memories = [0, 1].map(() => new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true }));
  const [fast, plain] = memories as [WebAssembly.Memory, WebAssembly.Memory];
  const floats = new Float32Array(fast.buffer);
  for (let index = 0; index < floats.length; index++) floats[index] = (random.next() - 0.5) * 4;
  const put = (at: number, bytes: Uint8Array): void => {
    for (const memory of memories) new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  };
  put(0, new Uint8Array(fast.buffer).slice());
  return {
    put,
    run(work: (kernels: Kernels) => unknown) {
      return [work(createKernels(fast)), work(createPlainKernels(plain))];
    },
    results(at: number, length: number) {
      return memories.map((memory) => [...new Float32Array(memory.buffer, at, length)]) as [
        number[],
        number[],
      ];
    },
    shorts(at: number, length: number) {
      return memories.map((memory) => [...new Int16Array(memory.buffer, at, length)]) as [number[], number[]];
    },
  };
}

function expectClose([fast, plain]: readonly [number[], number[]], relative = 2e-6): void {
  const size = Math.max(...plain.map(Math.abs));
  expect(size).toBeGreaterThan(0);
  for (const [index, value] of plain.entries())
    expect(Math.abs((fast[index] ?? Number.NaN) - value)).toBeLessThan(relative * size);
}

const bytesOf = (numbers: Int8Array | Int16Array | Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

describe('the kernels in WebAssembly', () => {
  it('are what their source makes', async () => {
    const committed = readFileSync(new URL('../../src/engine/kernels.wasm', import.meta.url));
    expect(Buffer.from(await assembleKernels()).equals(committed)).toBe(true);
  });

  for (const [rows, columns, vectors] of [
    [4, 4, 1],
    [8, 64, 2],
    [12, 192, 5],
    [64, 36, 7],
  ] as const) {
    it(`multiply ${rows}×${columns} floats with ${vectors} vectors as plain arithmetic does`, () => {
      const { run, results } = bothKinds(`floats ${rows} ${columns}`);
      run((kernels) => kernels.multiplyFloats(64, columns, 0, rows, 100_032, vectors, 200_064, rows * 4, 0));
      expectClose(results(200_064, rows * vectors));
      run((kernels) => kernels.multiplyFloats(64, columns, 4, rows, 100_032, vectors, 200_064, rows * 4, 1));
      expectClose(results(200_064, rows * vectors));
    });
  }

  for (const kind of ['multiplyBytes16', 'multiplyBytes32', 'multiplyNibbles'] as const) {
    for (const [rows, columns, vectors] of [
      [4, 32, 1],
      [8, 576, 2],
      [36, 192, 9],
    ] as const) {
      it(`${kind} with ${rows}×${columns} numbers and ${vectors} vectors`, () => {
        const random = createRandom(kind);
        const { put, run, results } = bothKinds(`${kind} ${rows}`);
        put(64, bytesOf(Int8Array.from({ length: rows * columns }, () => random.below(256) - 128)));
        put(
          200_064,
          bytesOf(Int16Array.from({ length: columns * vectors }, () => random.below(65_535) - 32_767)),
        );
        run((kernels) => {
          kernels[kind](64, 100_032, columns, 0, rows, 200_064, 300_032, vectors, 400_064, rows * 4);
        });
        expectClose(results(400_064, rows * vectors));
      });
    }
  }

  it('keep the largest products of bytes and shorts exact', () => {
    const { put, run, results } = bothKinds('largest');
    put(64, bytesOf(new Int8Array(128).fill(-128)));
    put(1024, bytesOf(new Int16Array(32).fill(-32_767)));
    put(2048, bytesOf(new Float32Array(8).fill(1)));
    run((kernels) => kernels.multiplyBytes32(64, 2048, 32, 0, 4, 1024, 2048, 1, 4096, 16));
    const [fast, plain] = results(4096, 4);
    expect(plain).toEqual(new Array(4).fill(Math.fround(32 * 128 * 32_767)));
    expect(fast).toEqual(plain);
  });

  it('give a row the same result to the last bit, whatever is multiplied beside it', () => {
    const { run, results } = bothKinds('beside');
    const product = (vectors: number, from: number, to: number): number[] => {
      run((kernels) => kernels.multiplyFloats(64, 64, from, to, 100_032, vectors, 200_064, 64, 0));
      return results(200_064, vectors * 16)[0];
    };
    const whole = product(5, 0, 16);
    for (const vectors of [1, 2, 3]) expect(product(vectors, 0, 16)).toEqual(whole.slice(0, vectors * 16));
    expect(product(5, 8, 12).slice(8, 12)).toEqual(whole.slice(8, 12));
  });

  it('quantise to shorts and sum by blocks', () => {
    const { run, results, shorts } = bothKinds('quantise');
    const [fast, plain] = run((kernels) => kernels.quantise(64, 192, 10_048, 20_032)) as [number, number];
    expect(fast).toBeCloseTo(plain, 10);
    const [some, others] = shorts(10_048, 192);
    for (const [index, value] of others.entries())
      expect(Math.abs((some[index] ?? 0) - value)).toBeLessThanOrEqual(1);
    expectClose(results(20_032, 6));
  });

  it('quantise zeros to zeros', () => {
    const { put, run, shorts } = bothKinds('zeros');
    put(64, new Uint8Array(128));
    run((kernels) => kernels.quantise(64, 32, 1024, 2048));
    expect(shorts(1024, 32)[0]).toEqual(new Array(32).fill(0));
  });

  for (const count of [1, 3, 4, 7, 33]) {
    it(`attend over ${count} slots, and sum up to one in softmax`, () => {
      const random = createRandom(`attend ${count}`);
      const { put, run, results } = bothKinds(`attend ${count}`);
      put(500_032, bytesOf(Int32Array.from({ length: count }, () => random.below(40))));
      run((kernels) =>
        kernels.attend(64, 100_032, 200_064, 24 * 4 * 2, 500_032, count, 24, 0.2, 300_032, 400_064),
      );
      expectClose(results(400_064, 24));
      const [scores] = results(300_032, count);
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
    });
  }

  it('normalise, rotate, gate and add', () => {
    const { run, results } = bothKinds('rows');
    run((kernels) => kernels.normalise(64, 10_048, 100, 1e-5, 20_032));
    expectClose(results(20_032, 100));
    run((kernels) => kernels.rotate(30_016, 31_040, 32_064, 32));
    expectClose(results(30_016, 32));
    run((kernels) => kernels.gate(40_000, 41_024, 64));
    expectClose(results(40_000, 64));
    run((kernels) => kernels.add(50_048, 51_072, 0.3, 64));
    expectClose(results(50_048, 64));
  });

  it('take the softmax of far numbers without losing it', () => {
    const { put, run, results } = bothKinds('far');
    put(64, bytesOf(Float32Array.of(1000, 999, -1000, 998.5, 997)));
    run((kernels) => kernels.softmax(64, 5));
    expectClose(results(64, 5));
  });
});
