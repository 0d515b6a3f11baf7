import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerSchema, REASONED_CHOICE } from '../../src/agent/llm/answer-format.ts';
import { createLlamaCppModel } from '../../src/model/local/llama-cpp.ts';
import { UserError } from '../../src/util/errors.ts';
import { writeRandomModel } from '../support/random-model.ts';

const name = 'node-llama-cpp';
const isInstalled = await import(name).then(
  () => true,
  () => false,
);
const vocabulary = fileURLToPath(new URL('../engine/vectors/tokenizers/byte-level.gguf', import.meta.url));
const { path } = writeRandomModel('llama.cpp', { context: 512, tokenizer: vocabulary });

describe('the engine llama.cpp', () => {
  it('does not run what it cannot', () => {
    expect(() => createLlamaCppModel({ name: 'local' })).toThrow('leave out --engine llama.cpp');
    expect(() => createLlamaCppModel({ name: './none.gguf' })).toThrow('Cannot open the model ./none.gguf');
    const text = join(mkdtempSync(join(tmpdir(), 'pokellmon-llama-')), 'text.gguf');
    writeFileSync(text, '<!doctype html>');
    expect(() => createLlamaCppModel({ name: text })).toThrow('is no GGUF file');
  });

  it.skipIf(isInstalled)('says how to install what it needs', async () => {
    const { opened } = createLlamaCppModel({ name: path });
    await expect(opened()).rejects.toThrow(UserError);
    await expect(opened()).rejects.toThrow('npm install node-llama-cpp@3');
  });

  it.runIf(isInstalled)('holds its answers to the schema, even where the weights are noise', async () => {
    const model = createLlamaCppModel({ name: path, context: 512 });
    const { texts, usage } = await model.generate({
      messages: [{ role: 'user', content: '1. Surf 2. Ice Beam' }],
      jsonSchema: answerSchema(REASONED_CHOICE, { numbers: [1, 2], maxTokens: 20 }),
      samples: 2,
      maxTokens: 200,
      seed: 3,
    });
    for (const text of texts) expect([1, 2]).toContain(JSON.parse(text).choice);
    expect(usage.outputTokens).toBeGreaterThan(10);
  });
});
