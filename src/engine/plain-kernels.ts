import type { Kernels } from './kernels.ts';

/** The same arithmetic in plain JavaScript, in double precision: what the kernels are tested against. */
export function createPlainKernels(memory: WebAssembly.Memory): Kernels {
  const floats = new Float32Array(memory.buffer);
  const bytes = new Int8Array(memory.buffer);
  const shorts = new Int16Array(memory.buffer);
  const integers = new Int32Array(memory.buffer);
  const at = (pointer: number, index: number): number => floats[pointer / 4 + index] ?? Number.NaN;

  const multiplyBlocks =
    (block: number, numberAt: (weights: number, index: number) => number): Kernels['multiplyBytes32'] =>
    (weights, scales, columns, fromRow, toRow, x, xScales, vectors, out, outStride) => {
      for (let vector = 0; vector < vectors; vector++) {
        for (let row = fromRow; row < toRow; row++) {
          let sum = 0;
          for (let column = 0; column < columns; column++) {
            const scale = at(scales, (row * columns + column - (column % block)) / block);
            const q = numberAt(weights, row * columns + column);
            sum += scale * q * (shorts[x / 2 + vector * columns + column] ?? Number.NaN);
          }
          floats[(out + vector * outStride) / 4 + row] = sum * at(xScales, vector);
        }
      }
    };

  const byteAt = (weights: number, index: number): number => bytes[weights + index] ?? Number.NaN;
  const nibbleAt = (weights: number, index: number): number => {
    const packed = byteAt(weights, Math.floor(index / 32) * 16 + (index % 16));
    return index % 32 < 16 ? packed & 15 : (packed >> 4) & 15;
  };

  function softmax(x: number, length: number): void {
    let largest = -Infinity;
    for (let i = 0; i < length; i++) largest = Math.max(largest, at(x, i));
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Math.exp(at(x, i) - largest);
    for (let i = 0; i < length; i++) floats[x / 4 + i] = Math.exp(at(x, i) - largest) / sum;
  }

  return {
    quantise(x, length, out, sums) {
      let limit = 0;
      for (let i = 0; i < length; i++) limit = Math.max(limit, Math.abs(at(x, i)));
      if (!(limit > 0)) limit = 1;
      for (let i = 0; i < length; i++) shorts[out / 2 + i] = Math.round((at(x, i) * 32767) / limit);
      for (let i = 0; i < length; i += 32) {
        let sum = 0;
        for (let j = 0; j < 32; j++) sum += at(x, i + j);
        floats[sums / 4 + i / 32] = sum;
      }
      return Math.fround(limit / 32767);
    },
    normalise(x, gain, length, epsilon, out) {
      let squares = 0;
      for (let i = 0; i < length; i++) squares += at(x, i) ** 2;
      const factor = 1 / Math.sqrt(squares / length + epsilon);
      for (let i = 0; i < length; i++) floats[out / 4 + i] = at(x, i) * factor * at(gain, i);
    },
    rotate(x, cosines, sines, length) {
      for (let i = 0; i < length; i += 2) {
        const [even, odd] = [at(x, i), at(x, i + 1)];
        floats[x / 4 + i] = even * at(cosines, i) + odd * at(sines, i);
        floats[x / 4 + i + 1] = odd * at(cosines, i + 1) + even * at(sines, i + 1);
      }
    },
    gate(gate, up, length) {
      for (let i = 0; i < length; i++)
        floats[gate / 4 + i] = (at(gate, i) / (1 + Math.exp(-at(gate, i)))) * at(up, i);
    },
    add(x, y, factor, length) {
      for (let i = 0; i < length; i++) floats[x / 4 + i] = at(x, i) + factor * at(y, i);
    },
    softmax,
    attend(query, keys, values, stride, slots, count, length, factor, scores, out) {
      const slotOf = (index: number): number => integers[slots / 4 + index] ?? Number.NaN;
      for (let index = 0; index < count; index++) {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += at(query, i) * at(keys + slotOf(index) * stride, i);
        floats[scores / 4 + index] = sum * factor;
      }
      softmax(scores, count);
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let index = 0; index < count; index++)
          sum += at(scores, index) * at(values + slotOf(index) * stride, i);
        floats[out / 4 + i] = sum;
      }
    },
    multiplyBytes16: multiplyBlocks(16, byteAt),
    multiplyBytes32: multiplyBlocks(32, byteAt),
    multiplyNibbles: multiplyBlocks(32, nibbleAt),
    multiplyFloats(weights, columns, fromRow, toRow, x, vectors, out, outStride, adds) {
      for (let vector = 0; vector < vectors; vector++) {
        for (let row = fromRow; row < toRow; row++) {
          let sum = 0;
          for (let column = 0; column < columns; column++) {
            sum += at(weights, row * columns + column) * at(x, vector * columns + column);
          }
          const target = (out + vector * outStride) / 4 + row;
          floats[target] = adds === 1 ? sum + (floats[target] ?? Number.NaN) : sum;
        }
      }
    },
  };
}
