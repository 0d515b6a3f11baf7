import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createChatTemplate } from '../../src/engine/chat-template.ts';
import { openGguf } from '../../src/engine/gguf.ts';
import { createTokenizer } from '../../src/engine/tokenizer.ts';
import { openTransformer } from '../../src/engine/transformer.ts';
import { UserError } from '../../src/util/errors.ts';
import { createRandom, type Random } from '../../src/util/random.ts';

const VECTORS = new URL('vectors/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
const path = join(folder, 'model.gguf');
afterAll(() => rmSync(folder, { recursive: true }));

/** Where names, counts and shapes lie in the tiny models. */
const HEADER = 5000;

/** The file with up to four bytes changed in its header, or cut. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  const end = Math.min(HEADER, bytes.length);
  for (let change = 0; change <= random.below(4); change++) {
    changed[random.below(end)] =
      random.next() < 0.5 ? random.pick([0, 1, 2, 8, 127, 128, 255]) : random.below(256);
  }
  return random.next() < 0.1 ? changed.subarray(0, random.below(bytes.length)) : changed;
}

async function runTransformer(): Promise<void> {
  const model = await openTransformer(path);
  try {
    const tokens = Array.from({ length: 12 }, (_, i) => i);
    model.extend([{ sequence: model.open(), tokens, reads: [11] }]);
  } finally {
    await model.close();
  }
}

async function runTokenizer(): Promise<void> {
  const file = openGguf(path);
  file.close();
  const tokenizer = createTokenizer(file);
  tokenizer.decode(tokenizer.encode('Iron Valiant: 12% <|im_end|> 日本'));
  createChatTemplate(file, tokenizer).encode([{ role: 'user', content: 'hello' }]);
}

test.each([
  ['tokenizers/byte-level', runTokenizer],
  ['tokenizers/sentence-piece', runTokenizer],
  ['models/experts', runTransformer],
  ['models/sliding-window', runTransformer],
  ['models/rope-llama-3', runTransformer],
  ['models/every-type-small', runTransformer],
] as const)('a damaged %s is used or refused in one line', async (name, run) => {
  const bytes = readFileSync(join(VECTORS, `${name}.gguf`));
  const random = createRandom(name);
  let refused = 0;
  for (let trial = 0; trial < 120; trial++) {
    writeFileSync(path, damaged(bytes, random));
    try {
      await run();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.message).not.toContain('\n');
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(20);
});
