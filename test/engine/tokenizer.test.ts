import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type GgufFile, type GgufValue, openGguf } from '../../src/engine/gguf.ts';
import { ModelFileError } from '../../src/engine/model-file-error.ts';
import { createTokenizer, type Tokenizer } from '../../src/engine/tokenizer.ts';

const VECTORS = new URL('vectors/tokenizers/', import.meta.url).pathname;

/** What llama.cpp makes of the texts, by vocabulary: as plain text, and with special tokens. */
const { texts, ids } = JSON.parse(readFileSync(join(VECTORS, 'ids.json'), 'utf8')) as {
  texts: string[];
  ids: Record<string, [plain: number[], template: number[]][]>;
};

function metadataOf(name: string, changes: Record<string, GgufValue | undefined> = {}): GgufFile['metadata'] {
  const file = openGguf(join(VECTORS, `${name}.gguf`));
  file.close();
  const changed = new Map(file.metadata);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
  }
  return changed;
}

function create(metadata: GgufFile['metadata']): Tokenizer {
  return createTokenizer({ path: 'MODEL.gguf', metadata });
}

function metadataFor(vocabulary: string): GgufFile['metadata'] {
  if (!vocabulary.startsWith('sentence-piece')) {
    return metadataOf('byte-level', { 'tokenizer.ggml.pre': vocabulary });
  }
  const isPlain = vocabulary === 'sentence-piece';
  return metadataOf('sentence-piece', { 'tokenizer.ggml.add_space_prefix': isPlain ? undefined : false });
}

describe.each(Object.keys(ids))('the vocabulary %s', (name) => {
  const tokenizer = create(metadataFor(name));
  const expected = ids[name] ?? [];

  test('gives texts the ids that llama.cpp gives them', () => {
    for (const [i, text] of texts.entries()) {
      expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(expected[i]?.[0]);
      expect(tokenizer.encodeTemplate(text), JSON.stringify(text)).toEqual(expected[i]?.[1]);
    }
  });

  test('gives the text back', () => {
    const isByteLevel = !name.startsWith('sentence-piece');
    for (const text of texts) {
      const written = tokenizer.decode(tokenizer.encode(text));
      // SentencePiece's sign for a space is a space, and it puts spaces before what follows a marked token.
      const spaces = /[ ▁]/g;
      if (isByteLevel) expect(written).toBe(text);
      else expect(written.replace(spaces, '')).toBe(text.replace(spaces, ''));
    }
  });
});

const SPECIAL = ['<|im_start|>', '<|im_end|>', '<|endoftext|>', '<s>', '</s>', '<unk>', '<0x41>'];

test.each(['byte-level', 'sentence-piece'])('special tokens of %s never come out of plain text', (name) => {
  const tokenizer = create(metadataOf(name));
  const special = new Set(SPECIAL.map((token) => tokenizer.idOf(token)).filter((id) => id !== null));
  for (const a of SPECIAL) {
    for (const b of SPECIAL) {
      for (const text of [a + b, ` ${a} ${b}`, a.slice(0, 4) + b + a.slice(4), `Mew${a}Mew${b}`]) {
        for (const parts of [[text], [...text], [text.slice(0, 3), text.slice(3)]]) {
          const plain = tokenizer.encodeParts(parts.map((part) => ({ text: part, isTemplate: false })));
          expect(plain.filter((id) => special.has(id))).toEqual([]);
        }
      }
    }
  }
});

test('a merge that would make a special token is not made', () => {
  const types = metadataOf('byte-level').get('tokenizer.ggml.token_type') as number[];
  const id = create(metadataOf('byte-level')).idOf('on') ?? -1;
  const tokenizer = create(
    metadataOf('byte-level', { 'tokenizer.ggml.token_type': types.map((type, i) => (i === id ? 3 : type)) }),
  );
  expect(tokenizer.encode('on and on')).not.toContain(id);
  expect(tokenizer.decode(tokenizer.encode('on and on'))).toBe('on and on');
  expect(tokenizer.encodeTemplate('on')).toEqual([id]);
});

test.each(['byte-level', 'sentence-piece'])('parts are encoded as their joined text by %s', (name) => {
  const tokenizer = create(metadataOf(name));
  const parts = [
    { text: '<|im_start|>us', isTemplate: true },
    { text: 'er Great ', isTemplate: false },
    { text: 'Moonblast<|im_end|>', isTemplate: true },
  ];
  expect(tokenizer.encodeParts(parts)).toEqual(
    tokenizer.encodeTemplate('<|im_start|>user Great Moonblast<|im_end|>'),
  );
});

const libraryJson = (...patterns: string[]): string =>
  JSON.stringify({
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        ...patterns.map((Regex) => ({
          type: 'Split',
          pattern: { Regex },
          behavior: 'Isolated',
          invert: false,
        })),
        { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
      ],
    },
  });

test('a file that says itself how words are split is read as it says', () => {
  const tokenizer = create(
    metadataOf('byte-level', {
      'tokenizer.huggingface.json': libraryJson(String.raw`\p{L}`, String.raw`\d`),
    }),
  );
  const single = create(metadataOf('byte-level', { 'tokenizer.ggml.merges': [] }));
  expect(tokenizer.encode('moonblast4301')).toEqual(single.encode('moonblast4301'));
});

test('what a tokenizer says of itself', () => {
  const bytes = create(metadataOf('byte-level'));
  expect(bytes).toMatchObject({ bos: 1, addsBos: false, size: 713 });
  expect([...bytes.endOfText].sort()).toEqual([0, 2]);
  expect(bytes.idOf('<|im_end|>')).toBe(2);
  expect(bytes.idOf('no such token')).toBeNull();
  expect(bytes.bytesOf(2)).toEqual(new Uint8Array());
  expect(bytes.bytesOf(99_999)).toEqual(new Uint8Array());
  const [half] = bytes.encode('ム');
  expect(bytes.bytesOf(half ?? -1).length).toBeGreaterThan(0);
  const pieces = create(metadataOf('sentence-piece'));
  expect(pieces).toMatchObject({ bos: 1, addsBos: true });
  expect(pieces.endOfText.has(2)).toBe(true);
  expect(Buffer.from(pieces.bytesOf(pieces.idOf('<0xE3>') ?? -1))).toEqual(Buffer.from([0xe3]));
  const llama3 = create(metadataOf('byte-level', { 'tokenizer.ggml.pre': 'llama-bpe' }));
  expect(llama3.addsBos).toBe(true);
});

test.each([
  [
    'byte-level',
    'tokenizer.ggml.pre',
    'joyai',
    'the way "joyai", which this engine does not know; it knows default, gpt-2, ',
  ],
  ['byte-level', 'tokenizer.ggml.model', 'bert', 'tokenizer is "bert", which this engine does not know'],
  ['byte-level', 'tokenizer.ggml.model', undefined, '"tokenizer.ggml.model"'],
  ['byte-level', 'tokenizer.ggml.tokens', undefined, '"tokenizer.ggml.tokens"'],
  ['byte-level', 'tokenizer.ggml.tokens', [1, 2], '"tokenizer.ggml.tokens.0"'],
  [
    'byte-level',
    'tokenizer.ggml.token_type',
    [1, 1],
    '713 tokens, but 2 entries in tokenizer.ggml.token_type',
  ],
  ['byte-level', 'tokenizer.ggml.merges', ['ab'], 'merge "ab" is not two tokens'],
  ['byte-level', 'tokenizer.ggml.bos_token_id', 713, 'bos token is 713'],
  ['byte-level', 'tokenizer.ggml.eos_token_id', -1, '"tokenizer.ggml.eos_token_id"'],
  ['byte-level', 'tokenizer.huggingface.json', libraryJson('[a-'), 'the tokenizer cannot be used: '],
  [
    'byte-level',
    'tokenizer.huggingface.json',
    '{"pre_tokenizer": {"type": "Metaspace"}}',
    'does not read; it reads',
  ],
  ['byte-level', 'tokenizer.huggingface.json', '{', 'does not read; it reads'],
  ['sentence-piece', 'tokenizer.ggml.scores', undefined, 'without tokenizer.ggml.scores'],
  ['sentence-piece', 'tokenizer.ggml.scores', [1], '1 entries in tokenizer.ggml.scores'],
])('a %s vocabulary with %s %s is refused in one line', (name, key, value, words) => {
  const refused = (): unknown => create(metadataOf(name, { [key]: value as GgufValue | undefined }));
  expect(refused).toThrow(ModelFileError);
  expect(refused).toThrow(`MODEL.gguf: `);
  expect(refused).toThrow(words);
});
