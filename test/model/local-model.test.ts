import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  answerSchema,
  CHOICE_ONLY,
  FORESIGHT,
  PROPOSALS,
  REASONED_CHOICE,
} from '../../src/agent/llm/answer-format.ts';
import type { Message } from '../../src/model/language-model.ts';
import { createLocalModel } from '../../src/model/local/local-model.ts';
import { ModelError, UserError } from '../../src/util/errors.ts';
import { writeRandomModel } from '../support/random-model.ts';

const PROMPT = `gen9randombattle
turn own 6 foe 6
own Garchomp 100 Rocky Helmet
foe Tyranitar 40
first 100% Stone Edge 85% 24 5 Crunch 70% 20 5 Earthquake 64% 22 5
 Earthquake 96 100%
 Dragon Claw 31 2
 Stealth Rock
 Rotom-Wash 71 20 31 4 62 2 88%
odds foe`;
const messages: Message[] = [{ role: 'user', content: PROMPT }];
const numbers = [1, 2, 3, 4];
const model = createLocalModel({ name: 'local' });
const ask = (
  format: typeof CHOICE_ONLY,
  more: { samples?: number; temperature?: number; seed?: number } = {},
) => model.generate({ messages, jsonSchema: answerSchema(format, { numbers, maxTokens: 100 }), ...more });

describe('the model that comes along', () => {
  it('gives each action its probability, with a reason that names what the prompt has', async () => {
    const scores = await model.score?.({ messages, choices: numbers.map(String) });
    expect(scores?.probabilities).toHaveLength(4);
    expect(scores?.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    // A certain KO before the foe moves, against a move that lets it live.
    expect(scores?.probabilities[0]).toBeGreaterThan(2 * (scores?.probabilities[2] ?? 1));
    expect(scores?.reason).toMatch(/^expects .+ \(\d+%\), \d+% to win$/);
    const { probabilities, reason, usage } =
      (await model.score?.({ messages, choices: numbers.map(String) })) ?? {};
    expect({ probabilities, reason }).toEqual({
      probabilities: scores?.probabilities,
      reason: scores?.reason,
    });
    // The lines before the first action were in the cache.
    expect(usage?.cachedInputTokens).toBeGreaterThan(30);
    expect(usage?.inputTokens).toBe(scores?.usage?.inputTokens);
  });

  it('votes as its probabilities are, the same for the same seed', async () => {
    const { probabilities } = (await model.score?.({ messages, choices: numbers.map(String) })) ?? {
      probabilities: [],
    };
    const { texts } = await ask(CHOICE_ONLY, { samples: 4000, temperature: 1, seed: 5 });
    expect((await ask(CHOICE_ONLY, { samples: 4000, temperature: 1, seed: 5 })).texts).toEqual(texts);
    for (const [index, share] of probabilities.entries()) {
      const votes = texts.filter((text) => JSON.parse(text).choice === index + 1).length;
      expect(votes / 4000).toBeCloseTo(share, 1);
    }
    const best = probabilities.indexOf(Math.max(...probabilities)) + 1;
    const { texts: sure } = await ask(CHOICE_ONLY, { samples: 20, temperature: 0 });
    expect(new Set(sure)).toEqual(new Set([JSON.stringify({ choice: best })]));
  });

  it('answers every question that a strategy asks in the shape that it asks for', async () => {
    const answer = async (format: typeof CHOICE_ONLY): Promise<unknown> =>
      JSON.parse((await ask(format, { temperature: 0 })).texts[0] ?? '');
    expect(await answer(REASONED_CHOICE)).toEqual({
      reason: expect.stringContaining('to win'),
      choice: expect.any(Number),
    });
    const { candidates } = (await answer(PROPOSALS)) as { candidates: { choice: number }[] };
    expect(new Set(candidates.map(({ choice }) => choice)).size).toBe(4);
    const { foe } = (await answer(FORESIGHT)) as { foe: { action: string; chance: number }[] };
    expect(foe).toHaveLength(4);
    for (const { action, chance } of foe) {
      expect(action).toMatch(/^[A-Z]|^switch to [A-Z]/);
      expect(chance).toBeLessThanOrEqual(100);
    }
  });

  it('ends when it is called off, and answers the next', async () => {
    const stop = new AbortController();
    const asked = model.score?.({ messages, choices: ['1'], signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toMatchObject({ kind: 'timeout' });
    expect(await model.score?.({ messages, choices: ['1', '2'] })).toBeDefined();
  });

  it('says what is wrong with a prompt that it cannot read', async () => {
    const other = model.score?.({
      messages: [{ role: 'user', content: 'Which move?' }],
      choices: ['1', '2'],
    });
    await expect(other).rejects.toThrow(ModelError);
    await expect(other).rejects.toThrow('not in the style');
  });
});

describe('a model that reads and writes any text', () => {
  const vocabulary = fileURLToPath(new URL('../engine/vectors/tokenizers/byte-level.gguf', import.meta.url));
  const { path } = writeRandomModel('chat', { context: 512, tokenizer: vocabulary });
  const chat = createLocalModel({ name: path });
  const asked: Message[] = [
    { role: 'system', content: 'You choose moves in battles.' },
    { role: 'user', content: '1. Surf 2. Ice Beam 12. switch' },
  ];
  const jsonSchema = answerSchema(REASONED_CHOICE, { numbers: [1, 2, 12], maxTokens: 20 });

  it('holds to the shape that is asked for, even where its weights are noise', async () => {
    const request = { messages: asked, jsonSchema, samples: 5, maxTokens: 200, temperature: 1, seed: 3 };
    const { texts, finishReasons, usage } = await chat.generate(request);
    expect(finishReasons).toEqual(new Array(5).fill('stop'));
    for (const text of texts) {
      const { reason, choice } = JSON.parse(text);
      expect([1, 2, 12]).toContain(choice);
      expect(reason).toBeTypeOf('string');
    }
    expect(new Set(texts).size).toBe(5);
    expect(usage.outputTokens).toBeGreaterThan(30);
    const again = await chat.generate(request);
    expect(again.texts).toEqual(texts);
    // All of the prompt but the token that the answers go on from.
    expect(again.usage.cachedInputTokens).toBe(again.usage.inputTokens - 1);
    const alone = await chat.generate({ ...request, samples: 1 });
    expect(alone.texts).toEqual(texts.slice(0, 1));
  });

  it('knows the probability of each answer', async () => {
    const scores = await chat.score?.({ messages: asked, choices: ['1', '2', '12'] });
    expect(scores?.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('says that a prompt is too long', async () => {
    const long: Message[] = [{ role: 'user', content: 'word '.repeat(1000) }];
    await expect(chat.generate({ messages: long, maxTokens: 5 })).rejects.toThrow(
      /no room for them in a context of 512/,
    );
    expect((await chat.generate({ messages: asked, maxTokens: 5 })).texts).toHaveLength(1);
  });
});

describe('a file that is no such model', () => {
  it('is refused before anything is played', async () => {
    expect(() => createLocalModel({ name: './none.gguf' })).toThrow('Cannot open the model ./none.gguf');
    await expect(createLocalModel({ name: writeRandomModel('other').path }).opened()).rejects.toThrow(
      UserError,
    );
  });
});
