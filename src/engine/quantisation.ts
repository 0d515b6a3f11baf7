import { readHalf } from './half-floats.ts';
import { unpackQ4K, unpackQ5K, unpackQ6K } from './k-quants.ts';
import { TENSOR_LAYOUTS, type TensorType } from './tensor-type.ts';

/** The types that store small integers with a scale for each block. */
export type QuantisedType = Exclude<TensorType, 'F32' | 'F16' | 'BF16'>;

/** Numbers as small integers: number i is `scales[b] * values[i] + offsets[b]`, b being its block. */
export interface QuantisedBlocks {
  /** One a number. */
  readonly values: Int8Array;
  /** One a block. */
  readonly scales: Float32Array;
  /** One a block; null where the format has none. */
  readonly offsets: Float32Array | null;
  /** Consecutive numbers in a block, all in one row. */
  readonly blockSize: 16 | 32;
}

/** Q8_0: a half as scale, 32 signed bytes. */
function unpackQ8(bytes: Uint8Array, values: Int8Array, scales: Float32Array): void {
  for (let block = 0, at = 0; block < scales.length; block++, at += 34) {
    scales[block] = readHalf(bytes, at);
    for (let i = 0; i < 32; i++) values[32 * block + i] = bytes[at + 2 + i] as number;
  }
}

/** Q4_0: a half as scale, 32 numbers of 4 bits that mean −8 to 7; number i has the lower half of byte i, i + 16 the upper. */
function unpackQ4Zero(bytes: Uint8Array, values: Int8Array, scales: Float32Array): void {
  for (let block = 0, at = 0; block < scales.length; block++, at += 18) {
    scales[block] = readHalf(bytes, at);
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 2 + i] as number;
      values[32 * block + i] = (pair & 15) - 8;
      values[32 * block + 16 + i] = (pair >> 4) - 8;
    }
  }
}

/** Q4_1: halves as scale and offset, 32 numbers of 4 bits in the order of Q4_0. */
function unpackQ4One(
  bytes: Uint8Array,
  values: Int8Array,
  scales: Float32Array,
  offsets: Float32Array,
): void {
  for (let block = 0, at = 0; block < scales.length; block++, at += 20) {
    scales[block] = readHalf(bytes, at);
    offsets[block] = readHalf(bytes, at + 2);
    for (let i = 0; i < 16; i++) {
      const pair = bytes[at + 4 + i] as number;
      values[32 * block + i] = pair & 15;
      values[32 * block + 16 + i] = pair >> 4;
    }
  }
}

function checkLength(type: TensorType, bytes: Uint8Array, count: number): void {
  const { numbersPerBlock, bytesPerBlock } = TENSOR_LAYOUTS[type];
  const expected = (count / numbersPerBlock) * bytesPerBlock;
  if (bytes.length !== expected) {
    throw new RangeError(`Expected ${expected} bytes for ${count} numbers of ${type}, got ${bytes.length}`);
  }
}

/**
 * The integers, scales and offsets of `count` numbers, exactly as they are stored. Formats: ggml's `block_q8_0`,
 * `block_q4_0`, `block_q4_1` (https://github.com/ggml-org/ggml, src/ggml-common.h), and the K-quants.
 *
 * @throws {RangeError} when there are more or fewer bytes than `count` numbers take
 */
export function unpackBlocks(type: QuantisedType, bytes: Uint8Array, count: number): QuantisedBlocks {
  checkLength(type, bytes, count);
  const blockSize = type === 'Q6_K' ? 16 : 32;
  const values = new Int8Array(count);
  const scales = new Float32Array(count / blockSize);
  if (type === 'Q8_0' || type === 'Q4_0' || type === 'Q6_K') {
    if (type === 'Q8_0') unpackQ8(bytes, values, scales);
    else if (type === 'Q4_0') unpackQ4Zero(bytes, values, scales);
    else unpackQ6K(bytes, { values, scales });
    return { values, scales, offsets: null, blockSize };
  }
  const offsets = new Float32Array(count / blockSize);
  if (type === 'Q4_1') unpackQ4One(bytes, values, scales, offsets);
  else if (type === 'Q4_K') unpackQ4K(bytes, { values, scales, offsets });
  else unpackQ5K(bytes, { values, scales, offsets });
  return { values, scales, offsets, blockSize };
}

/** Bfloat16 is the upper half of a 32-bit float. */
function fromBfloat16(bytes: Uint8Array, count: number): Float32Array {
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    bits[i] = ((bytes[2 * i] as number) << 16) | ((bytes[2 * i + 1] as number) << 24);
  }
  return new Float32Array(bits.buffer);
}

function fromHalves(bytes: Uint8Array, count: number): Float32Array {
  const floats = new Float32Array(count);
  for (let i = 0; i < count; i++) floats[i] = readHalf(bytes, 2 * i);
  return floats;
}

function fromBlocks({ values, scales, offsets, blockSize }: QuantisedBlocks): Float32Array {
  const floats = new Float32Array(values.length);
  for (let block = 0; block < scales.length; block++) {
    const scale = scales[block] as number;
    // To add minus zero changes nothing, while zero would make a minus zero positive.
    const offset = offsets === null ? -0 : (offsets[block] as number);
    const end = (block + 1) * blockSize;
    for (let i = block * blockSize; i < end; i++) floats[i] = scale * (values[i] as number) + offset;
  }
  return floats;
}

/**
 * `count` numbers of a tensor as 32-bit floats, each rounded once.
 *
 * @throws {RangeError} when there are more or fewer bytes than `count` numbers take
 */
export function dequantise(type: TensorType, bytes: Uint8Array, count: number): Float32Array {
  checkLength(type, bytes, count);
  switch (type) {
    case 'F32':
      return new Float32Array(bytes.slice().buffer);
    case 'F16':
      return fromHalves(bytes, count);
    case 'BF16':
      return fromBfloat16(bytes, count);
    default:
      return fromBlocks(unpackBlocks(type, bytes, count));
  }
}
