import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { FailedCallError } from '../../src/model/failed-call.ts';
import { createOpenAIModel } from '../../src/model/openai.ts';
import { parseCompletion } from '../../src/model/openai-response.ts';
import type { ChatRequest } from '../support/misbehaving-server.ts';
import { ask, modelOf, serve } from './with-server.ts';

const schema = { name: 'choice', schema: { type: 'object', properties: { choice: { type: 'integer' } } } };

describe('a well-behaved server', () => {
  test('gets the request in the wire format, and its answer is returned', async () => {
    const server = await serve({ answer: ({ messages }) => `You said ${messages.at(-1)?.content}` });
    const result = await modelOf(server).generate({
      messages: [
        { role: 'system', content: 'You battle.' },
        { role: 'user', content: 'Turn 1' },
      ],
      jsonSchema: schema,
      maxTokens: 50,
      temperature: 0.7,
      seed: 11,
    });
    expect(result).toMatchObject({ texts: ['You said Turn 1'], finishReasons: ['stop'], warnings: [] });
    expect(server.requests[0]?.path).toBe('/v1/chat/completions');
    expect(server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: 'You battle.' },
        { role: 'user', content: 'Turn 1' },
      ],
      max_tokens: 50,
      temperature: 0.7,
      seed: 11,
      response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } },
    });
  });

  test('is asked for nothing that the caller did not request', async () => {
    const server = await serve();
    await modelOf(server).generate(ask('hi'));
    expect(Object.keys(server.requests[0]?.body ?? {})).toEqual(['model', 'messages']);
  });

  test('is named and priced as local', async () => {
    const model = modelOf(await serve());
    expect(model.id).toBe('local/test-model');
    expect(model.price).toEqual({ input: 0, cachedInput: 0, output: 0 });
    expect(model.score).toBeUndefined();
  });
});

describe('usage', () => {
  const price = { input: 2, cachedInput: 0.5, output: 8 };

  test('counts tokens, cached tokens, calls and dollars', async () => {
    const server = await serve({
      usage: { prompt_tokens: 1000, completion_tokens: 200, prompt_tokens_details: { cached_tokens: 600 } },
    });
    const { usage } = await modelOf(server, { price }).generate(ask('hi'));
    // 400 × $2 + 600 × $0.5 + 200 × $8, per million
    expect(usage).toEqual({
      inputTokens: 1000,
      cachedInputTokens: 600,
      outputTokens: 200,
      calls: 1,
      costUsd: 0.0027,
    });
  });

  test('is estimated when the server does not report it', async () => {
    const server = await serve({ usage: null, answer: () => ' word'.repeat(10) });
    const { usage } = await modelOf(server, { price }).generate(ask(' word'.repeat(100)));
    expect(usage).toMatchObject({ inputTokens: 100, outputTokens: 10, costUsd: 0.00028 });
  });

  test('includes the input of an abandoned request', async () => {
    const server = await serve({ plan: () => 'stall' });
    const request = ask(' word'.repeat(100), { deadline: performance.now() + 300 });
    const failed = modelOf(server, { price }).generate(request);
    await expect(failed).rejects.toMatchObject({
      message: expect.stringContaining('no answer before the deadline'),
      usage: { calls: 1, inputTokens: 100, outputTokens: 0, costUsd: 0.0002 },
    });
  });

  test.each([{}, { total_tokens: 50 }, { prompt_tokens: 7 }])(
    'is estimated when it is reported in part: %j',
    async (reported) => {
      const server = await serve({ usage: reported });
      const { usage } = await modelOf(server, { price }).generate(ask(' word'.repeat(100)));
      expect(usage.inputTokens).toBeGreaterThanOrEqual(100);
      expect(usage.costUsd).toBeGreaterThan(0);
    },
  );

  test('is rejected when it is nonsense', async () => {
    const server = await serve({
      usage: {
        prompt_tokens: -5,
        completion_tokens: 1e300,
        prompt_tokens_details: { cached_tokens: 'many' },
      },
    });
    const { usage } = await modelOf(server, { price }).generate(ask('hi'));
    expect(usage).toMatchObject({ inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costUsd: 0.00001 });
  });

  test('has no cost when the price is unknown', () => {
    const model = createOpenAIModel({ model: 'm', baseUrl: 'https://models.example/v1', apiKey: 'abcdefgh' });
    expect(model).toMatchObject({ id: 'models.example/m', price: undefined });
  });
});

describe('several samples', () => {
  const numbered = (request: ChatRequest, choice: number) => `${request.seed}:${choice}`;

  test('come from one request if n is supported', async () => {
    const server = await serve({ answer: numbered });
    const result = await modelOf(server, { samplesPerCall: 8 }).generate(ask('hi', { samples: 5, seed: 3 }));
    expect(result.texts).toEqual(['3:0', '3:1', '3:2', '3:3', '3:4']);
    expect(result.usage.calls).toBe(1);
  });

  test('come from parallel requests with their own seeds if it is not', async () => {
    const server = await serve({ answer: numbered });
    const result = await modelOf(server).generate(ask('hi', { samples: 3, seed: 3 }));
    expect(result.texts[0]).toBe('3:0');
    expect(new Set(result.texts).size).toBe(3);
    expect(result.usage.calls).toBe(3);
    expect(server.requests.every(({ body }) => body.n === undefined)).toBe(true);
  });

  test('are completed one by one when the server ignores n, which is remembered', async () => {
    const server = await serve({ ignoresN: true });
    const model = modelOf(server, { samplesPerCall: 8 });
    expect((await model.generate(ask('hi', { samples: 3 }))).texts).toHaveLength(3);
    expect(server.requests.map(({ body }) => body.n)).toEqual([3, undefined, undefined]);
    expect((await model.generate(ask('hi', { samples: 3 }))).texts).toHaveLength(3);
    expect(server.requests.slice(3).map(({ body }) => body.n)).toEqual([undefined, undefined, undefined]);
  });

  test('are requested one by one when the server refuses n', async () => {
    const server = await serve({ unsupported: ['n'] });
    const result = await modelOf(server, { samplesPerCall: 8 }).generate(ask('hi', { samples: 3 }));
    expect(result).toMatchObject({ texts: ['ok', 'ok', 'ok'], warnings: [] });
    expect(server.requests.map(({ body }) => body.n)).toEqual([3, undefined, undefined, undefined]);
  });

  test('that arrive are returned when others fail', async () => {
    const server = await serve({ plan: (index) => (index === 1 ? 'wrong-content-type' : 'none') });
    const result = await modelOf(server).generate(ask('hi', { samples: 3 }));
    expect(result.texts).toEqual(['ok', 'ok']);
    expect(result.finishReasons).toEqual(['stop', 'stop']);
    expect(result.warnings).toContain('only 2 of 3 samples arrived');
    expect(result.warnings.join()).toContain('text/html');
    expect(result.usage.calls).toBe(3);
  });
});

describe('parameters that a model does not support', () => {
  test('are learned from one refusal, left out from then on, and reported in warnings', async () => {
    const server = await serve({ unsupported: ['temperature', 'max_tokens', 'response_format', 'seed'] });
    const model = modelOf(server);
    const request = ask('hi', { temperature: 1, maxTokens: 9, jsonSchema: schema, seed: 1 });
    const result = await model.generate(request);
    expect(result.texts).toEqual(['ok']);
    expect(result.warnings).toEqual([
      'temperature is not supported',
      'seed is not supported',
      'JSON schema is not supported',
    ]);
    expect(result.usage.calls).toBe(5);
    expect(server.requests.at(-1)?.body).toEqual({
      model: 'test-model',
      messages: request.messages,
      max_completion_tokens: 9,
    });
    expect((await model.generate(request)).usage.calls).toBe(1);
  });

  test('are known beforehand for reasoning models', async () => {
    const server = await serve({ unsupported: ['temperature', 'max_tokens'] });
    for (const name of ['o3', 'o4-mini-2025-04-16', 'gpt-5-mini', 'openai/gpt-5.2']) {
      const model = modelOf(server, { model: name });
      const result = await model.generate(ask('hi', { temperature: 0, maxTokens: 10 }));
      expect(result).toMatchObject({ usage: { calls: 1 }, warnings: ['temperature is not supported'] });
      expect(model.capabilities.temperature).toBe(false);
    }
    for (const name of ['gpt-4o', 'gpt-5-chat-latest', 'llama3.1', 'gpt-oss-120b']) {
      expect(modelOf(server, { model: name }).capabilities.temperature).toBe(true);
    }
  });

  test('declared as such are not sent', async () => {
    const server = await serve();
    const model = modelOf(server, { schema: 'none' });
    expect(model.capabilities.jsonSchema).toBe(false);
    await model.generate(ask('hi', { jsonSchema: schema }));
    expect(server.requests[0]?.body.response_format).toBeUndefined();
  });
});

describe('the API key', () => {
  const key = 'sesame-open-0123456789';

  test('comes from the environment and goes to the server', async () => {
    const server = await serve();
    vi.stubEnv('POKELLMON_API_KEY', key);
    const model = modelOf(server);
    vi.unstubAllEnvs();
    await model.generate(ask('hi'));
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  test('of another provider does not', async () => {
    const server = await serve();
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-mine');
    const model = modelOf(server);
    vi.unstubAllEnvs();
    await model.generate(ask('hi'));
    const { headers } = server.requests[0] ?? {};
    expect(headers?.authorization).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain('org-of-mine');
  });

  test('is in no error, warning or text, even if the server repeats it', async () => {
    const server = await serve({
      plan: (_index, { messages }) => (messages[0]?.content === 'fail' ? 'server-error' : 'none'),
      complaint: `Incorrect API key provided: ${key} (also sk-proj-abcdefgh12345678)`,
      answer: () => `Your key is ${key}`,
    });
    const model = modelOf(server, { apiKey: key, maxRetries: 0 });
    const error = await model.generate(ask('fail')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FailedCallError);
    const everything = inspect(error, { depth: 10, showHidden: true }) + (error as Error).stack;
    expect(everything).toContain('Incorrect API key provided: [redacted]');
    expect(everything).not.toContain(key);
    expect(everything).not.toContain('sk-proj');
    expect(JSON.stringify(await model.generate(ask('hi')))).not.toContain(key);
    expect(inspect(model, { depth: 10, showHidden: true })).not.toContain(key);
  });

  test('that is missing or malformed is the user’s to fix', () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    vi.stubEnv('OPENROUTER_API_KEY', 'two\nlines-of-secret');
    try {
      expect(() => createOpenAIModel({ model: 'gpt-4.1' })).toThrow(/set OPENAI_API_KEY/);
      const openRouter = () => createOpenAIModel({ model: 'x', baseUrl: 'https://openrouter.ai/api/v1' });
      expect(openRouter).toThrow(/OPENROUTER_API_KEY/);
      expect(openRouter).not.toThrow(/secret/);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

test('an answer in parts becomes its text without the reasoning', () => {
  const parts = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'The foe may switch: {"choice": 9}' }] },
    { type: 'text', text: '{"choice"' },
    { type: 'text', text: ': 2}' },
  ];
  const body = { choices: [{ message: { role: 'assistant', content: parts }, finish_reason: 'stop' }] };
  const { samples, problem } = parseCompletion(JSON.stringify(body), 'application/json');
  expect(problem).toBeUndefined();
  expect(samples).toEqual([{ text: '{"choice": 2}', finishReason: 'stop' }]);
});

test.each(['constructor', 'toString', '__proto__'])('%s is not a known finish reason', (finish_reason) => {
  const body = { choices: [{ message: { role: 'assistant', content: '{"choice": 2}' }, finish_reason }] };
  const { samples } = parseCompletion(JSON.stringify(body), 'application/json');
  expect(samples).toEqual([{ text: '{"choice": 2}', finishReason: 'other' }]);
});
