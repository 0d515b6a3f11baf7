import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type GgufTensor, type GgufValue, openGguf } from '../../src/engine/gguf.ts';
import { ModelFileError } from '../../src/engine/model-file-error.ts';
import { createRandom } from '../../src/util/random.ts';
import { type WrittenFile, writeGguf } from '../support/write-gguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'gguf-'));
const path = join(folder, 'model.gguf');
afterAll(() => rmSync(folder, { recursive: true }));

function open(content: WrittenFile | Uint8Array): ReturnType<typeof openGguf> {
  writeFileSync(path, content instanceof Uint8Array ? content : writeGguf(content));
  return openGguf(path);
}

function tensor(file: ReturnType<typeof openGguf>, name: string): GgufTensor {
  const found = file.tensors.get(name);
  if (found === undefined) throw new Error(`Expected a tensor ${name}, got none`);
  return found;
}

/** The message with which a file is refused, without its path. */
function refusal(content: WrittenFile | Uint8Array): string {
  try {
    open(content).close();
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFileError);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message.replace(path, 'FILE');
  }
  return 'none';
}

const floats = (...values: number[]): Uint8Array => new Uint8Array(new Float32Array(values).buffer);

const small: WrittenFile = {
  metadata: [
    ['general.architecture', [8, 'llama']],
    ['u8', [0, 200]],
    ['i8', [1, -3]],
    ['u16', [2, 60_000]],
    ['i16', [3, -300]],
    ['u32', [4, 4_000_000_000]],
    ['i32', [5, -70_000]],
    ['f32', [6, 0.5]],
    ['yes', [7, 1]],
    ['no', [7, 0]],
    ['names', [9, [8, ['Pokémon', '日本', '']]]],
    [
      'nested',
      [
        9,
        [
          9,
          [
            [4, [1, 2]],
            [4, []],
          ],
        ],
      ],
    ],
    ['u64', [10, 9_007_199_254_740_991n]],
    ['i64', [11, -5n]],
    ['f64', [12, 1e-300]],
  ],
  tensors: [
    { name: 'a', type: 'F32', shape: [3, 2], bytes: floats(1, 2, 3, 4, 5, 6) },
    { name: 'b', type: 'Q8_0', shape: [64], bytes: new Uint8Array(68).fill(7) },
  ],
};

test.each([2, 3])('a file of version %i gives its metadata and tensors', (version) => {
  const file = open({ ...small, version });
  const expected: Record<string, GgufValue> = {
    'general.architecture': 'llama',
    u8: 200,
    i8: -3,
    u16: 60_000,
    i16: -300,
    u32: 4_000_000_000,
    i32: -70_000,
    f32: 0.5,
    yes: true,
    no: false,
    names: ['Pokémon', '日本', ''],
    nested: [[1, 2], []],
    u64: 9_007_199_254_740_991,
    i64: -5,
    f64: 1e-300,
  };
  expect(Object.fromEntries(file.metadata)).toEqual(expected);
  const a = tensor(file, 'a');
  const b = tensor(file, 'b');
  expect(a).toMatchObject({ type: 'F32', shape: [3, 2], byteLength: 24 });
  expect(new Float32Array(file.read(a).buffer)).toEqual(new Float32Array([1, 2, 3, 4, 5, 6]));
  expect(file.read(b)).toEqual(new Uint8Array(68).fill(7));
  file.close();
  file.close();
  expect(() => file.read(a)).toThrow(ModelFileError);
});

test('an alignment of its own moves the data', () => {
  const file = open({
    alignment: 128,
    metadata: [['general.alignment', [4, 128]]],
    tensors: small.tensors ?? [],
  });
  const b = tensor(file, 'b');
  expect(file.read(b)[0]).toBe(7);
  expect(b.offset % 128).toBe(0);
  file.close();
});

const one = (change: object): WrittenFile => ({
  tensors: [{ name: 'w', type: 'F32', shape: [2], bytes: floats(1, 2), ...change }],
});

test.each([
  ['an empty file', new Uint8Array(), 'cut short'],
  ['another format', Buffer.from('{"model_type": "llama"}'), 'it begins with "{"mo", not with "GGUF"'],
  ['an old version', { version: 1 }, 'version 1'],
  ['the other byte order', { version: 0x03000000 }, 'big-endian'],
  [
    'a type of tensor not read',
    one({ name: 'blk.0.ffn_up.weight', type: 17 }),
    'tensor blk.0.ffn_up.weight is stored as IQ2_XS, which this engine does not read; it reads F32',
  ],
  ['an unknown type of tensor', one({ type: 1234 }), 'type 1234'],
  ['a part of a model', { metadata: [['split.count', [2, 3]]] }, 'one of 3 parts'],
  [
    'a name twice',
    {
      metadata: [
        ['x', [4, 1]],
        ['x', [4, 2]],
      ],
    },
    '"x" is there twice',
  ],
  [
    'a tensor twice',
    { tensors: [...(small.tensors ?? []), ...(small.tensors ?? [])] },
    'tensor a is there twice',
  ],
  ['a number beyond 2^53', { metadata: [['x', [10, 2n ** 64n - 1n]]] }, '"x" is 18446744073709551615'],
  ['an unknown type of value', { metadata: [['x', [13, 0n]]] }, 'type 13'],
  ['an alignment of zero', { metadata: [['general.alignment', [4, 0]]] }, 'general.alignment'],
  ['an alignment of three', { metadata: [['general.alignment', [4, 3]]] }, 'general.alignment'],
  ['an alignment in words', { metadata: [['general.alignment', [8, '32']]] }, 'general.alignment'],
  ['no dimensions', one({ shape: [] }), '0 dimensions'],
  ['five dimensions', one({ shape: [2, 1, 1, 1, 1] }), '5 dimensions'],
  ['an empty dimension', one({ shape: [2, 0] }), 'impossible shape: 2 × 0'],
  ['an endless shape', one({ shape: [2 ** 52, 2 ** 52] }), 'impossible shape'],
  ['part of a block', one({ type: 'Q4_K', shape: [32] }), 'rows of 32 numbers'],
  ['an offset beyond the end', one({ offset: 1024 }), 'cut short'],
  ['an offset off the alignment', one({ offset: 4 }), 'no multiple of 32'],
  [
    'two tensors in one place',
    {
      tensors: [
        { name: 'a', type: 'F32', shape: [64], bytes: new Uint8Array(256) },
        { name: 'b', type: 'F32', shape: [64], bytes: new Uint8Array(256), offset: 128 },
      ],
    },
    'tensors a and b lie on the same bytes',
  ],
  ['a name of megabytes', one({ name: 'long '.repeat(5_000_000), shape: [1e9] }), 'would end'],
  ['a tensor larger than the file', one({ shape: [1e9] }), 'cut short'],
  ['escape codes in a name', one({ name: '\u001b[31mred', shape: [1e9] }), 'tensor [31mred would end'],
] satisfies [string, WrittenFile | Uint8Array, string][])(
  '%s is refused in one line',
  (_, content, words) => {
    expect(refusal(content)).toContain(words);
  },
);

test('counts and lengths beyond the file are refused before memory is taken', () => {
  const bytes = writeGguf(small);
  for (const [position, name] of [
    [8, 'the list of tensors'],
    [16, 'the metadata'],
    [24, 'the name of metadata 1'],
  ] as const) {
    for (const count of [2n ** 20n, 2n ** 40n, 2n ** 52n]) {
      const changed = Buffer.from(bytes);
      changed.writeBigUInt64LE(count, position);
      expect(refusal(changed)).toContain(name);
    }
  }
  const before = process.memoryUsage().arrayBuffers;
  const long = writeGguf({ metadata: [['x', [9, [4, [1]]]]] });
  long.writeBigUInt64LE(2n ** 22n, long.length - 32 + 0);
  refusal(long);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
});

test('what is no file is refused', () => {
  expect(() => openGguf(folder)).toThrow(
    new ModelFileError(`Cannot open the model ${folder}: it is no file`),
  );
  const missing = join(folder, 'missing.gguf');
  expect(() => openGguf(missing)).toThrow(`Cannot open the model ${missing}: there is no such file`);
});

test('a file that is cut anywhere is refused', () => {
  const bytes = writeGguf(small);
  for (let length = 0; length < bytes.length - 28; length++) {
    expect(refusal(bytes.subarray(0, length)), `cut at ${length}`).not.toBe('none');
  }
});

test('a changed file is read or refused, and nothing else happens', () => {
  const random = createRandom('changed gguf');
  const bytes = writeGguf(small);
  const values = [0, 1, 2, 8, 9, 12, 13, 31, 127, 128, 254, 255];
  let refused = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const changed = Buffer.from(bytes);
    for (let change = 0; change <= random.below(4); change++) {
      changed[random.below(bytes.length)] = random.next() < 0.5 ? random.pick(values) : random.below(256);
    }
    try {
      const file = open(changed);
      for (const tensor of file.tensors.values()) expect(file.read(tensor).length).toBe(tensor.byteLength);
      file.close();
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(500);
});
