import { describe, expect, test } from 'vitest';
import type { ChatRequest, Reply } from '../support/misbehaving-server.ts';
import { ask, modelOf, serve } from './with-server.ts';

// How servers refuse what they do not accept, in the forms and words of their sources and issue trackers.

/** A server's reaction to a request; undefined when it accepts it. */
type Opinion = (request: ChatRequest) => Reply | undefined;

const schema = {
  type: 'object',
  properties: { choice: { type: 'integer', enum: [1, 2] } },
  required: ['choice'],
  additionalProperties: false,
};
const everything = ask('Which move?', {
  jsonSchema: { name: 'choice', schema },
  maxTokens: 200,
  temperature: 0.7,
  seed: 7,
});

const formOf = ({ response_format: format }: ChatRequest): string | undefined =>
  (format as { type?: string } | undefined)?.type;
const schemaOf = ({ response_format: format }: ChatRequest): unknown =>
  (format as { schema?: unknown })?.schema;
const limitOf = (request: ChatRequest): number =>
  Number(request.max_tokens ?? request.max_completion_tokens ?? 0);
const refusal = (status: number, body: object | string): Reply => ({ status, body });

/** Refuses a form of answer with its own reply. */
const takesForms = (forms: readonly string[], reply: (form: string) => Reply): Opinion => {
  return (request) => {
    const form = formOf(request) ?? 'none';
    return form === 'none' || forms.includes(form) ? undefined : reply(form);
  };
};

/** Refuses parameters, all with the same words. */
const takesNo = (names: readonly string[], reply: (name: string) => Reply): Opinion => {
  return (request) => {
    const name = names.find((each) => request[each] !== undefined);
    return name === undefined ? undefined : reply(name);
  };
};

const pydantic = (path: readonly string[], msg: string) => ({
  type: 'literal_error',
  loc: ['body', ...path],
  msg,
});

describe('the answer’s format is requested as strictly as the server supports', () => {
  interface Outcome {
    readonly form: string | undefined;
    readonly withSchema: boolean;
    readonly refusals: number;
  }

  test.each<[server: string, opinion: Opinion, outcome: Outcome]>([
    [
      'llama-cpp-python: 500 with the words of its validation',
      takesForms(['json_object'], () =>
        refusal(500, {
          error: {
            message: `[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': "Input should be 'text' or 'json_object'", 'input': 'json_schema', 'ctx': {'expected': "'text' or 'json_object'"}}]`,
            type: 'internal_server_error',
            param: null,
            code: null,
          },
        }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'FastAPI: 422 with a list of findings',
      takesForms(['json_object'], () =>
        refusal(422, {
          detail: [pydantic(['response_format', 'type'], "Input should be 'text' or 'json_object'")],
        }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'an older llama-server: 500',
      takesForms(['json_object'], (form) =>
        refusal(500, {
          error: {
            code: 500,
            message: `response_format type must be one of "text" or "json_object", but got: ${form}`,
            type: 'server_error',
          },
        }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'OpenAI, an older model: first the type, then the unknown key',
      (request) =>
        formOf(request) === 'json_schema'
          ? refusal(400, {
              error: {
                message:
                  "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
                type: 'invalid_request_error',
                param: null,
                code: null,
              },
            })
          : schemaOf(request)
            ? refusal(400, {
                error: {
                  message: "Unknown parameter: 'response_format.schema'.",
                  param: 'response_format.schema',
                  code: 'unknown_parameter',
                },
              })
            : undefined,
      { form: 'json_object', withSchema: false, refusals: 2 },
    ],
    [
      'DeepSeek: a variant that its parser does not know',
      takesForms(['json_object'], (form) =>
        refusal(400, {
          error: {
            message: `Failed to deserialize the JSON body into the target type: response_format.type: unknown variant \`${form}\`, expected \`text\` or \`json_object\` at line 1 column 50`,
            type: 'invalid_request_error',
            code: 'invalid_request_error',
          },
        }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'a server without any: the parameter itself is forbidden',
      takesNo(['response_format'], (name) =>
        refusal(422, {
          detail: [{ type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted' }],
        }),
      ),
      { form: undefined, withSchema: false, refusals: 1 },
    ],
    [
      'OpenRouter: the reason is a text of JSON within the metadata',
      takesForms([], () =>
        refusal(400, {
          error: {
            message: 'Provider returned error',
            code: 400,
            metadata: {
              raw: '{"error":{"message":"response_format is not supported by this model","type":"invalid_request_error"}}',
              provider_name: 'Somebody',
            },
          },
        }),
      ),
      { form: undefined, withSchema: false, refusals: 1 },
    ],
    [
      'OpenRouter: an error within an answer of status 200',
      takesForms(['json_object'], () =>
        refusal(200, { error: { message: 'json_schema is not supported here', code: 400 } }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'a proxy: plain text',
      takesForms(['json_object'], () =>
        refusal(400, 'structured outputs (json_schema) are not available on this deployment'),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
    [
      'vLLM: the grammar cannot be compiled',
      takesForms(['json_object'], () =>
        refusal(400, {
          object: 'error',
          message: 'Failed to compile the grammar of the schema: unsupported keyword',
          type: 'BadRequestError',
          param: null,
          code: 400,
        }),
      ),
      { form: 'json_object', withSchema: true, refusals: 1 },
    ],
  ])('%s', async (_server, opinion, { form, withSchema, refusals }) => {
    const server = await serve({ reply: opinion });
    const notices: string[] = [];
    const model = modelOf(server, { onNotice: (line) => notices.push(line) });
    const result = await model.generate(everything);
    expect(result).toMatchObject({ texts: ['ok'], usage: { calls: refusals + 1 } });
    const last = server.requests.at(-1)?.body as ChatRequest;
    expect(formOf(last)).toBe(form);
    expect(schemaOf(last)).toEqual(withSchema ? schema : undefined);
    expect(last).toMatchObject({ temperature: 0.7, seed: 7, max_tokens: 200 });
    expect(notices.length).toBe(refusals);
    // It is remembered, and not reported again.
    expect((await model.generate(everything)).usage.calls).toBe(1);
    expect(notices.length).toBe(refusals);
  });

  test('LM Studio accepts schemas but no plain objects', async () => {
    const server = await serve({
      reply: takesForms(['json_schema'], () =>
        refusal(400, { error: "'response_format.type' must be 'json_schema' or 'text'" }),
      ),
    });
    expect((await modelOf(server).generate(everything)).usage.calls).toBe(1);
    const plain = modelOf(server, { schema: 'json_object' });
    await expect(plain.generate(everything)).rejects.toThrow(/must be 'json_schema' or 'text'/);
  });

  test('a list of numbers is left out of a schema if the server rejects it', async () => {
    const server = await serve({
      reply: (request) =>
        JSON.stringify(request.response_format).includes('"enum"')
          ? refusal(400, {
              error: { message: 'Invalid schema: enum is only allowed for type string', code: 400 },
            })
          : undefined,
    });
    expect((await modelOf(server).generate(everything)).usage.calls).toBe(2);
    const last = server.requests.at(-1)?.body as ChatRequest;
    expect(last.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { schema: { properties: { choice: { type: 'integer' } } } },
    });
  });

  test('lengths are left out of a schema if the server rejects them', async () => {
    const schema = { type: 'object', properties: { reason: { type: 'string', maxLength: 300 } } };
    const server = await serve({
      reply: (request) =>
        JSON.stringify(request.response_format).includes('maxLength')
          ? refusal(400, {
              error: { message: "Invalid schema for response_format: 'maxLength' is not permitted." },
            })
          : undefined,
    });
    await modelOf(server).generate({ ...everything, jsonSchema: { name: 'reasoned', schema } });
    const last = server.requests.at(-1)?.body as ChatRequest;
    expect(last.response_format).toMatchObject({
      json_schema: { schema: { properties: { reason: { type: 'string' } } } },
    });
    expect(server.requests.length).toBe(2);
  });

  test('several calls at once learn it together, each refused once', async () => {
    const server = await serve({
      reply: takesForms(['json_object'], () => refusal(400, { error: 'json_schema is not supported' })),
    });
    const model = modelOf(server);
    const results = await Promise.all(Array.from({ length: 5 }, () => model.generate(everything)));
    expect(results.map(({ usage }) => usage.calls)).toEqual([2, 2, 2, 2, 2]);
    expect(formOf(server.requests.at(-1)?.body as ChatRequest)).toBe('json_object');
  });

  test.each([
    ['json_schema', ['json_schema']],
    ['json_object', ['json_object']],
    ['none', [undefined]],
  ] as const)('the mode %s is used, and nothing else', async (schemaMode, forms) => {
    const server = await serve();
    await modelOf(server, { schema: schemaMode }).generate(everything);
    expect(server.requests.map(({ body }) => formOf(body))).toEqual(forms);
  });
});

describe('refused parameters are left out', () => {
  test.each<[server: string, names: readonly string[], reply: (name: string) => Reply]>([
    [
      'OpenAI',
      ['temperature', 'max_tokens'],
      (name) =>
        refusal(400, {
          error: {
            message: `Unsupported parameter: '${name}' is not supported with this model.`,
            param: name,
            code: 'unsupported_parameter',
          },
        }),
    ],
    [
      'Mistral',
      ['seed'],
      (name) =>
        refusal(422, {
          object: 'error',
          message: {
            detail: [{ type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted' }],
          },
          type: 'invalid_request_error',
        }),
    ],
    [
      'a server in Python, with status 500',
      ['seed', 'temperature'],
      (name) =>
        refusal(500, { error: { message: `generate() got an unexpected keyword argument '${name}'` } }),
    ],
    [
      'a gateway, with the reason in a list',
      ['seed'],
      (name) =>
        refusal(400, [
          {
            error: {
              code: 400,
              status: 'INVALID_ARGUMENT',
              message: `Unknown name "${name}": Cannot find field.`,
            },
          },
        ]),
    ],
    ['a server that says no word to read', ['seed'], () => refusal(400, { ok: false })],
    [
      'a server that answers in Chinese',
      ['temperature'],
      () => refusal(400, { error: { message: '参数不合法' } }),
    ],
    ['two of them without a word', ['seed', 'response_format'], () => refusal(422, '')],
    [
      'all of them without a word',
      ['seed', 'temperature', 'max_tokens', 'max_completion_tokens', 'response_format'],
      () => refusal(400, 'Bad Request'),
    ],
    ['an error 500 without a word', ['seed'], () => refusal(500, 'Internal Server Error')],
    [
      'OpenRouter, no provider with these parameters',
      ['seed'],
      () =>
        refusal(404, {
          error: { message: 'No endpoints found that can handle the requested parameters.', code: 404 },
        }),
    ],
  ])('%s', async (_server, names, reply) => {
    const server = await serve({ reply: takesNo(names, reply) });
    const model = modelOf(server);
    expect((await model.generate(everything)).texts).toEqual(['ok']);
    const again = await model.generate({ ...everything, seed: 8 });
    expect(again).toMatchObject({ texts: ['ok'], usage: { calls: 1 } });
    const last = server.requests.at(-1)?.body as ChatRequest;
    for (const name of names) expect(last[name]).toBeUndefined();
    // Parameters that were not to blame are kept.
    for (const name of ['seed', 'temperature', 'response_format'].filter((each) => !names.includes(each))) {
      expect(last[name]).toBeDefined();
    }
    if (!names.includes('max_completion_tokens')) expect(limitOf(last)).toBe(200);
  });

  test('a refusal for another reason costs a few requests once, and teaches nothing', async () => {
    const server = await serve({ reply: () => refusal(400, { error: 'the moon is full' }) });
    const model = modelOf(server);
    await expect(model.generate(everything)).rejects.toThrow(/the moon is full \(status 400\)/);
    const first = server.requests.length;
    expect(first).toBeLessThan(14);
    for (let call = 0; call < 4; call++) await model.generate(everything).catch(() => {});
    await expect(model.generate(everything)).rejects.toMatchObject({ usage: { calls: 1 } });
    expect(server.requests.at(-1)?.body).toMatchObject({ seed: 7, temperature: 0.7, max_tokens: 200 });
  });

  test('a search for what is refused ends when the server has had enough', async () => {
    const server = await serve({
      reply: (_, index) => refusal(index < 2 ? 400 : 429, index < 2 ? 'Bad Request' : 'slow down'),
    });
    const call = modelOf(server, { maxRetries: 0 }).generate(everything);
    await expect(call).rejects.toMatchObject({ kind: 'rate-limit', usage: { calls: 3 } });
  });

  test('a parameter accepted before is not blamed for a later failure', async () => {
    const server = await serve({
      reply: (_, index) => (index === 0 ? undefined : refusal(500, 'Internal Server Error')),
    });
    const model = modelOf(server, { maxRetries: 1 });
    await model.generate(everything);
    await expect(model.generate(everything)).rejects.toMatchObject({ kind: 'server-error' });
    expect(server.requests.at(-1)?.body).toMatchObject({ seed: 7, temperature: 0.7 });
    expect(server.requests.length).toBeLessThan(6);
  });
});

describe('a token limit that is too high is lowered', () => {
  const thinker = { model: 'qwq-32b' };
  const words = (count: number): string => 'word '.repeat(count);

  test.each<[server: string, reply: (limit: number, prompt: number) => Reply, most: number]>([
    [
      'OpenAI and llama-cpp-python: context',
      (limit, prompt) =>
        refusal(400, {
          error: {
            message: `This model's maximum context length is 8192 tokens. However, you requested ${limit + prompt} tokens (${prompt} in the messages, ${limit} in the completion). Please reduce the length of the messages or completion.`,
            type: 'invalid_request_error',
            param: 'messages',
            code: 'context_length_exceeded',
          },
        }),
      8192 - 1500,
    ],
    [
      'vLLM: context',
      (limit, prompt) =>
        refusal(400, {
          object: 'error',
          message: `'max_tokens' or 'max_completion_tokens' is too large: ${limit}. This model's maximum context length is 8192 tokens and your request has ${prompt} input tokens (${limit} > 8192 - ${prompt}).`,
          type: 'BadRequestError',
          param: null,
          code: 400,
        }),
      8192 - 1500,
    ],
    [
      'OpenAI: most tokens',
      (limit) =>
        refusal(400, {
          error: {
            message: `max_tokens is too large: ${limit}. This model supports at most 4096 completion tokens, whereas you provided ${limit}.`,
            param: 'max_tokens',
            code: 'invalid_value',
          },
        }),
      4096,
    ],
    [
      'DeepSeek: a range',
      () =>
        refusal(400, {
          error: { message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 4096]' },
        }),
      4096,
    ],
    [
      'Anthropic: a comparison',
      (limit) =>
        refusal(400, {
          type: 'error',
          error: {
            type: 'invalid_request_error',
            message: `max_tokens: ${limit} > 4096, which is the maximum allowed number of output tokens`,
          },
        }),
      4096,
    ],
    [
      'FastAPI: a finding',
      () =>
        refusal(422, {
          detail: [
            {
              type: 'less_than_equal',
              loc: ['body', 'max_tokens'],
              msg: 'Input should be less than or equal to 4096',
            },
          ],
        }),
      4096,
    ],
    [
      'a number with separators',
      () => refusal(400, { error: 'max_tokens must be at most 4,096 for this model' }),
      4096,
    ],
    [
      'TGI: both together',
      () =>
        refusal(422, {
          error:
            'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 1500 `inputs` tokens',
          error_type: 'validation',
        }),
      6692,
    ],
    ['no number', () => refusal(400, { error: 'max_tokens exceeds what this model can do' }), 4096],
    ['no word', () => refusal(400, { error: {} }), 0],
    [
      'OpenRouter: what the account can afford',
      (limit) =>
        refusal(402, {
          error: {
            code: 402,
            message: `This request requires more credits, or fewer max_tokens. You requested up to ${limit} tokens, but can only afford 3056.`,
          },
        }),
      3056,
    ],
  ])('%s', async (_server, reply, most) => {
    const prompt = 1500;
    const server = await serve({
      reply: (request) =>
        limitOf(request) > most || (most === 0 && limitOf(request) > 0)
          ? reply(limitOf(request), prompt)
          : undefined,
    });
    const model = modelOf(server, thinker);
    const request = ask(words(1000), { maxTokens: 200 });
    expect((await model.generate(request)).texts).toEqual(['ok']);
    expect(limitOf(server.requests.at(-1)?.body as ChatRequest)).toBeGreaterThanOrEqual(most * 0.3);
    expect((await model.generate(request)).usage.calls).toBe(1);
  });

  test('a context is remembered for longer prompts', async () => {
    const tokensOf = ({ messages }: ChatRequest): number => Math.ceil(JSON.stringify(messages).length / 4);
    const server = await serve({
      reply: (request) =>
        limitOf(request) + tokensOf(request) > 8192
          ? refusal(400, {
              error: {
                message: `This model's maximum context length is 8192 tokens. However, you requested ${limitOf(request) + tokensOf(request)} tokens (${tokensOf(request)} in the messages, ${limitOf(request)} in the completion).`,
              },
            })
          : undefined,
    });
    const model = modelOf(server, thinker);
    await model.generate(ask(words(1000), { maxTokens: 200 }));
    const before = server.requests.length;
    for (const length of [1500, 2000, 3000, 4000]) {
      expect((await model.generate(ask(words(length), { maxTokens: 200 }))).texts).toEqual(['ok']);
    }
    expect(server.requests.length).toBe(before + 4);
  });

  test.each([
    {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 14429,
        n_ctx: 8192,
      },
    },
    {
      error: {
        message:
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
        code: 'context_length_exceeded',
      },
    },
  ])('a prompt that does not fit is reported at once: %j', async (body) => {
    const server = await serve({ reply: () => refusal(400, body) });
    await expect(modelOf(server).generate(everything)).rejects.toMatchObject({
      message: expect.stringContaining('the prompt does not fit'),
      usage: { calls: 1 },
    });
  });
});

describe('a model that thinks before it answers gets room to', () => {
  test('once it has shown that it does, in all later calls, and that is reported once', async () => {
    const server = await serve({ thinks: 1000 });
    const notices: string[] = [];
    const model = modelOf(server, { onNotice: (line) => notices.push(line) });
    const results = await Promise.all([model.generate(everything), model.generate(everything)]);
    expect(results.map(({ texts }) => texts)).toEqual([['ok'], ['ok']]);
    expect((await model.generate(everything)).usage.calls).toBe(1);
    expect(notices).toEqual([expect.stringMatching(/thinks before it answers.* 8,000 more tokens/)]);
  });

  test('within what the server allows', async () => {
    const server = await serve({
      thinks: 1000,
      reply: (request) =>
        limitOf(request) > 4096
          ? refusal(400, {
              error: {
                message: `max_tokens is too large: ${limitOf(request)}. This model supports at most 4096 completion tokens`,
              },
            })
          : undefined,
    });
    const model = modelOf(server);
    expect((await model.generate(everything)).texts).toEqual(['ok']);
    expect((await model.generate(everything)).usage.calls).toBe(1);
    expect(limitOf(server.requests.at(-1)?.body as ChatRequest)).toBe(4096);
  });

  test.each([
    ['thoughts without an end in the answer', '<think>\nThe foe may switch, and then'],
    ['nothing', ''],
  ])('when its answer is %s', async (_what, content) => {
    const server = await serve({
      reply: (request) =>
        limitOf(request) < 1000
          ? {
              body: {
                choices: [
                  { message: { content, reasoning: content ? null : 'Hm.' }, finish_reason: 'length' },
                ],
              },
            }
          : undefined,
    });
    expect((await modelOf(server).generate(everything)).texts).toEqual(['ok']);
  });

  test('when only the count of tokens shows it', async () => {
    const server = await serve({
      reply: (request) =>
        limitOf(request) < 1000
          ? {
              body: {
                choices: [{ message: { content: '' }, finish_reason: 'stop' }],
                usage: { prompt_tokens: 9, completion_tokens: limitOf(request) },
              },
            }
          : undefined,
    });
    expect((await modelOf(server).generate(everything)).texts).toEqual(['ok']);
  });

  test('and an answer that the server files under reasoning is an answer', async () => {
    const message = { content: null, reasoning_content: 'Surf is best.\n{"choice": 2}' };
    const server = await serve({
      reply: () => ({ body: { choices: [{ message, finish_reason: 'stop' }] } }),
    });
    expect(await modelOf(server).generate(everything)).toMatchObject({
      texts: ['{"choice": 2}'],
      usage: { calls: 1 },
    });
  });

  test('and when that is not enough, the call says why it failed', async () => {
    const server = await serve({ thinks: 1e9 });
    const call = modelOf(server).generate(everything);
    await expect(call).rejects.toThrow(/all tokens it may use went into thinking/);
    expect(server.requests.length).toBe(3);
  });
});

describe('the reason for a rate limit is reported wherever it is', () => {
  test.each<[object, RegExp]>([
    [
      {
        error: {
          message: 'Provider returned error',
          code: 429,
          metadata: {
            raw: 'z/glm is temporarily rate-limited upstream. Please retry shortly',
            provider_name: 'X',
          },
        },
      },
      /z\/glm is temporarily rate-limited upstream/,
    ],
    [
      {
        error: {
          message: 'Error',
          details: [{ '@type': 'x', reason: 'RATE_LIMIT', metadata: { message: 'tokens a minute' } }],
        },
      },
      /RATE_LIMIT/,
    ],
    [{ detail: 'Too many requests from your region' }, /from your region/],
    [{ error: { code: 429, metadata: { reason: 'free tier is full' } } }, /free tier is full/],
  ])('%j', async (body, reason) => {
    const server = await serve({ reply: () => refusal(429, body) });
    await expect(modelOf(server, { maxRetries: 1 }).generate(everything)).rejects.toMatchObject({
      kind: 'rate-limit',
      message: expect.stringMatching(reason),
      usage: { calls: 2 },
    });
  });

  test.each<[number, object]>([
    [
      429,
      {
        error: {
          message: 'You exceeded your current quota, please check your plan and billing details.',
          type: 'insufficient_quota',
          code: 'insufficient_quota',
        },
      },
    ],
    [402, { error: { message: 'Insufficient credits. Add more.', code: 402 } }],
    [429, { error: { type: 'insufficient_quota', message: 'no' } }],
    [400, { type: 'error', error: { message: 'Your credit balance is too low to access the API.' } }],
    [403, { error: { message: 'Insufficient Balance' } }],
    [
      429,
      {
        error: {
          message: 'Provider returned error',
          metadata: { raw: '{"error":{"message":"Your account balance is insufficient"}}' },
        },
      },
    ],
  ])('an empty account (%i) is not a rate limit: %j', async (status, body) => {
    const server = await serve({ reply: () => refusal(status, body) });
    await expect(modelOf(server).generate(everything)).rejects.toMatchObject({
      message: expect.stringMatching(/no credit or quota left: add some/),
      usage: { calls: 1 },
      details: { transient: false },
    });
  });

  test('a quota that refills is waited for', async () => {
    const body = [
      {
        error: {
          code: 429,
          message:
            'You exceeded your current quota, please check your plan and billing details. Please retry in 0.05s.',
        },
      },
    ];
    const server = await serve({ reply: (_, index) => (index === 0 ? refusal(429, body) : undefined) });
    expect(await modelOf(server).generate(everything)).toMatchObject({ texts: ['ok'], usage: { calls: 2 } });
  });
});
