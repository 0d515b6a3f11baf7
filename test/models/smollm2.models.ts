import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installModel } from '../../scripts/model-server.mjs';
import { type ChatTemplate, createChatTemplate } from '../../src/engine/chat-template.ts';
import { openGguf } from '../../src/engine/gguf.ts';
import { createTokenizer, type Tokenizer } from '../../src/engine/tokenizer.ts';
import { openTransformer, type Transformer } from '../../src/engine/transformer.ts';

/** What llama.cpp makes of texts and chats; vectors/make-smollm2.py wrote it with llama-cpp-python 0.3.36. */
const { texts, chats } = JSON.parse(
  readFileSync(new URL('vectors/smollm2.json', import.meta.url), 'utf8'),
) as {
  texts: { text: string; plain: number[]; template: number[] }[];
  chats: { question: string; prompt: number[]; answer: number[] }[];
};

describe('SmolLM2-135M-Instruct in this process', () => {
  let tokenizer: Tokenizer;
  let template: ChatTemplate;
  let transformer: Transformer;

  beforeAll(async () => {
    const path = installModel();
    const file = openGguf(path);
    tokenizer = createTokenizer(file);
    template = createChatTemplate(file, tokenizer);
    file.close();
    transformer = await openTransformer(path, { context: 1024 });
  });
  afterAll(() => transformer.close());

  it("gives texts llama.cpp's ids, and the texts back", () => {
    for (const { text, plain, template: special } of texts) {
      expect(tokenizer.encode(text), text).toEqual(plain);
      expect(tokenizer.encodeTemplate(text), text).toEqual(special);
      expect(tokenizer.decode(plain)).toBe(text);
    }
  });

  it.each(chats)("answers with llama.cpp's greedy tokens: $question", ({ question, prompt, answer }) => {
    const tokens = template.encode([{ role: 'user', content: question }]);
    expect(tokens).toEqual(prompt);
    const sequence = transformer.open();
    const found: number[] = [];
    let next = tokens;
    while (found.length < answer.length) {
      const [logits] = transformer.extend([{ sequence, tokens: next, reads: [next.length - 1] }]);
      const best = logits?.reduce((most, value, id) => (value > (logits[most] ?? 0) ? id : most), 0) ?? -1;
      found.push(best);
      next = [best];
    }
    sequence.close();
    expect(tokenizer.decode(found)).toBe(tokenizer.decode(answer));
    expect(found).toEqual(answer);
  });
});
