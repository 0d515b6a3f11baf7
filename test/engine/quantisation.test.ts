import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  dequantise,
  type QuantisedBlocks,
  type QuantisedType,
  unpackBlocks,
} from '../../src/engine/quantisation.ts';
import { TENSOR_LAYOUTS, type TensorType } from '../../src/engine/tensor-type.ts';

const VECTORS = new URL('vectors/quantisation/', import.meta.url).pathname;

function vectors(type: TensorType): { packed: Uint8Array; expected: Float32Array } {
  const floats = new Uint8Array(readFileSync(join(VECTORS, `${type}.f32`)));
  return { packed: readFileSync(join(VECTORS, `${type}.bin`)), expected: new Float32Array(floats.buffer) };
}

const TYPES = Object.keys(TENSOR_LAYOUTS) as TensorType[];
const QUANTISED = TYPES.filter((type): type is QuantisedType => !type.includes('F'));

test.each(TYPES)('%s becomes the floats that numpy reads, bit for bit', (type) => {
  const { packed, expected } = vectors(type);
  const floats = dequantise(type, packed, expected.length);
  expect(floats).toEqual(expected);
});

/** Number `i` from its block. */
function numberAt({ values, scales, offsets, blockSize }: QuantisedBlocks, i: number): number {
  const block = Math.floor(i / blockSize);
  return Math.fround((scales[block] ?? 0) * (values[i] ?? 0) + (offsets?.[block] ?? -0));
}

test.each(QUANTISED)('%s as small integers means the same numbers', (type) => {
  const { packed, expected } = vectors(type);
  const blocks = unpackBlocks(type, packed, expected.length);
  const means = Float32Array.from(expected, (_, i) => numberAt(blocks, i));
  expect(means).toEqual(expected);
  expect(blocks.blockSize).toBe(type === 'Q6_K' ? 16 : 32);
  expect(blocks.offsets === null).toBe(['Q8_0', 'Q4_0', 'Q6_K'].includes(type));
});

test.each(TYPES)('%s of another length than asked for is refused', (type) => {
  const { packed, expected } = vectors(type);
  expect(() => dequantise(type, packed.subarray(1), expected.length)).toThrow(RangeError);
});

test('every 16-bit float is the number it means', () => {
  const bytes = new Uint8Array(
    Uint16Array.from([0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00, 0x7e00])
      .buffer,
  );
  const expected = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, -2, 65504, Infinity, -Infinity, NaN];
  expect([...dequantise('F16', bytes, expected.length)]).toEqual(expected);
});
