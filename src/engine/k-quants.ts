import { readHalf } from './half-floats.ts';

/**
 * The K-quants of llama.cpp (https://github.com/ggml-org/llama.cpp/pull/1684; ggml's `block_q4_K`, `block_q5_K` and
 * `block_q6_K`): super-blocks of 256 numbers, in which each block of 32 or 16 has a small scale of its own that
 * multiplies the super-block's.
 */
const SUPER_BLOCK = 256;

/** Where the numbers, scales and offsets of blocks are written. */
interface Unpacked {
  readonly values: Int8Array;
  readonly scales: Float32Array;
  readonly offsets: Float32Array;
}

/**
 * The eight scales and offsets of a super-block of Q4_K or Q5_K: two halves that multiply eight pairs of 6 bits in
 * 12 bytes. Bytes 0–3 have the scales of blocks 0–3 in their lower 6 bits, 4–7 the offsets; bytes 8–11 have the lower
 * 4 bits of both for blocks 4–7, whose upper 2 bits are the upper 2 bits of bytes 0–7. Offsets are subtracted.
 */
function unpackScales(bytes: Uint8Array, at: number, { scales, offsets }: Unpacked, block: number): void {
  const scale = readHalf(bytes, at);
  const minimum = readHalf(bytes, at + 2);
  const packed = at + 4;
  for (let i = 0; i < 4; i++) {
    const a = bytes[packed + i] as number;
    const b = bytes[packed + 4 + i] as number;
    const c = bytes[packed + 8 + i] as number;
    scales[block + i] = scale * (a & 63);
    offsets[block + i] = -minimum * (b & 63);
    scales[block + 4 + i] = scale * ((c & 15) | ((a >> 6) << 4));
    offsets[block + 4 + i] = -minimum * ((c >> 4) | ((b >> 6) << 4));
  }
}

/** Q4_K, 144 bytes: scales (16), then 128 bytes of 4-bit numbers: 32 bytes hold block 2g low and block 2g + 1 high. */
export function unpackQ4K(bytes: Uint8Array, to: Unpacked): void {
  const { values } = to;
  for (let first = 0, at = 0; first < values.length; first += SUPER_BLOCK, at += 144) {
    unpackScales(bytes, at, to, first / 32);
    for (let group = 0; group < 4; group++) {
      const from = at + 16 + 32 * group;
      const low = first + 64 * group;
      for (let i = 0; i < 32; i++) {
        const pair = bytes[from + i] as number;
        values[low + i] = pair & 15;
        values[low + 32 + i] = pair >> 4;
      }
    }
  }
}

/** Q5_K, 176 bytes: as Q4_K, with a fifth bit between scales and numbers: bit b of byte i is that of number i of block b. */
export function unpackQ5K(bytes: Uint8Array, to: Unpacked): void {
  const { values } = to;
  for (let first = 0, at = 0; first < values.length; first += SUPER_BLOCK, at += 176) {
    unpackScales(bytes, at, to, first / 32);
    for (let group = 0; group < 4; group++) {
      const from = at + 48 + 32 * group;
      const low = first + 64 * group;
      for (let i = 0; i < 32; i++) {
        const pair = bytes[from + i] as number;
        const fifth = (bytes[at + 16 + i] as number) >> (2 * group);
        values[low + i] = (pair & 15) | ((fifth & 1) << 4);
        values[low + 32 + i] = (pair >> 4) | ((fifth & 2) << 3);
      }
    }
  }
}

/**
 * Q6_K, 210 bytes: 128 bytes with the lower 4 bits, 64 with the upper 2, 16 signed scales, a half that multiplies them.
 * In each half of 128 numbers, i, i + 32, i + 64 and i + 96 share the byte of upper bits; i shares its byte of lower
 * bits with i + 64, and i + 32 with i + 96. Numbers mean −32 to 31.
 */
export function unpackQ6K(bytes: Uint8Array, { values, scales }: Omit<Unpacked, 'offsets'>): void {
  for (let first = 0, at = 0; first < values.length; first += SUPER_BLOCK, at += 210) {
    const scale = readHalf(bytes, at + 208);
    for (let block = 0; block < 16; block++) {
      const small = ((bytes[at + 192 + block] as number) << 24) >> 24;
      scales[first / 16 + block] = scale * small;
    }
    for (let part = 0; part < 2; part++) {
      const lower = at + 64 * part;
      const upper = at + 128 + 32 * part;
      const start = first + 128 * part;
      for (let i = 0; i < 32; i++) {
        const a = bytes[lower + i] as number;
        const b = bytes[lower + 32 + i] as number;
        const high = bytes[upper + i] as number;
        values[start + i] = ((a & 15) | ((high & 3) << 4)) - 32;
        values[start + 32 + i] = ((b & 15) | ((high & 12) << 2)) - 32;
        values[start + 64 + i] = ((a >> 4) | (high & 48)) - 32;
        values[start + 96 + i] = ((b >> 4) | ((high >> 2) & 48)) - 32;
      }
    }
  }
}
