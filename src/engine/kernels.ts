import { readFileSync } from 'node:fs';

/**
 * The engine's arithmetic over one memory. Pointers and strides are bytes, lengths count numbers. A matrix is stored by
 * rows, one for each output, filled up to an even number; rows are named by their first and the one behind the last.
 */
export interface Kernels {
  /**
   * x ≈ scale · q with q in int16; returns the scale.
   * @param sums gets the sum of each 32 numbers
   */
  quantise(x: number, length: number, out: number, sums: number): number;
  /** RMSNorm: out = x / √(mean x² + ε) · gain. */
  normalise(x: number, gain: number, length: number, epsilon: number, out: number): void;
  /** Turns neighbouring pairs by angles given as cos, cos and -sin, sin. */
  rotate(x: number, cosines: number, sines: number, length: number): void;
  /** gate ← gate · σ(gate) · up. */
  gate(gate: number, up: number, length: number): void;
  /** x ← x + factor · y. */
  add(x: number, y: number, factor: number, length: number): void;
  /** x ← softmax(x); writes up to 16 bytes behind x. */
  softmax(x: number, length: number): void;
  /** One head's attention over `count` slots of the cache; `scores` has room for count + 4 numbers. */
  attend(
    query: number,
    keys: number,
    values: number,
    stride: number,
    slots: number,
    count: number,
    length: number,
    factor: number,
    scores: number,
    out: number,
  ): void;
  /** Products of a matrix of int8 in blocks of 16 or 32, each with a scale, and vectors in int16. */
  multiplyBytes16: MultiplyBlocks;
  multiplyBytes32: MultiplyBlocks;
  /** The same with numbers of 0 to 15 in blocks of 32: of 16 bytes the lower halves, then the upper ones. */
  multiplyNibbles: MultiplyBlocks;
  /** Products with a matrix of float32; added to what `out` holds if `adds` is 1. */
  multiplyFloats(
    weights: number,
    columns: number,
    fromRow: number,
    toRow: number,
    x: number,
    vectors: number,
    out: number,
    outStride: number,
    adds: 0 | 1,
  ): void;
}

type MultiplyBlocks = (
  weights: number,
  scales: number,
  columns: number,
  fromRow: number,
  toRow: number,
  x: number,
  xScales: number,
  vectors: number,
  out: number,
  outStride: number,
) => void;

let compiled: WebAssembly.Module | null = null;

/** The kernels in WebAssembly, with SIMD, over a shared memory. `scripts/kernels` holds their source. */
export function createKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
  const instance = new WebAssembly.Instance(compiled, { engine: { memory } });
  // The module's exports are what its source says; a test compares the two.
  return instance.exports as unknown as Kernels;
}
