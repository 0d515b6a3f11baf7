import dns from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FailedCallError } from '../../src/model/failed-call.ts';
import type { ModelErrorKind } from '../../src/util/errors.ts';
import { FAULTS, type Fault, seededPlan } from '../support/misbehaving-server.ts';
import { ask, modelOf, serve } from './with-server.ts';

async function failureOf(call: Promise<unknown>): Promise<FailedCallError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(FailedCallError);
  return error as FailedCallError;
}

const FATAL: [Fault, ModelErrorKind, RegExp][] = [
  ['rate-limit', 'rate-limit', /Rate limit reached \(status 429\)/],
  ['server-error', 'server-error', /had an error \(status 500\)/],
  ['stall', 'timeout', /no answer within 700 ms/],
  ['stalled-body', 'timeout', /no answer within 700 ms/],
  ['reset', 'connection', /the connection to 127.*broke off/],
  ['broken-body', 'connection', /the connection to 127.*broke off/],
  ['cut-off-body', 'bad-response', /cut off/],
  ['wrong-content-type', 'bad-response', /text\/html instead of JSON/],
  ['no-choices', 'bad-response', /no usable choice/],
];

describe('a server that keeps misbehaving', () => {
  test.each(FATAL)('by %s makes the call fail with kind %s', async (fault, kind, message) => {
    const server = await serve({ plan: () => fault });
    const timeoutMs = kind === 'timeout' ? 700 : 5000;
    const error = await failureOf(modelOf(server, { timeoutMs, maxRetries: 1 }).generate(ask('hi')));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    // A failure that a repetition can fix is repeated once; a user's own server does not get the same work twice.
    expect(error.usage.calls).toBe(kind === 'bad-response' || kind === 'timeout' ? 1 : 2);
    expect(server.counts[fault]).toBe(error.usage.calls);
  });

  test.each(FATAL.filter(([, kind]) => kind !== 'bad-response' && kind !== 'timeout'))(
    'by %s once is asked again',
    async (fault) => {
      const server = await serve({ plan: (index) => (index === 0 ? fault : 'none') });
      const result = await modelOf(server, { timeoutMs: 2_000 }).generate(ask('hi'));
      expect(result).toMatchObject({ texts: ['ok'], warnings: [], usage: { calls: 2 } });
    },
  );

  test.each(['cut-off-json', 'prose', 'illegal-move', 'made-up-pokemon', 'empty'] as const)(
    'in its content only (%s) is quoted unchanged',
    async (fault) => {
      const server = await serve({ plan: () => fault, answer: () => '{"choice": 3}' });
      const { texts } = await modelOf(server).generate(ask('hi'));
      expect(texts).toEqual([
        {
          'cut-off-json': '{"choic',
          prose: 'Let me think step by step.\n\n{"choice": 3}\n\nThat should win the game!',
          'illegal-move': '{"move": "splash"}',
          'made-up-pokemon': '{"switch": "Missingchu"}',
          empty: '',
        }[fault],
      ]);
    },
  );

  test('by huge content has it cut to 64 KiB, with a warning', async () => {
    const server = await serve({ plan: () => 'huge' });
    const result = await modelOf(server).generate(ask('hi'));
    expect(result.texts[0]).toHaveLength(64 * 1024);
    expect(result).toMatchObject({ finishReasons: ['length'], warnings: ['an answer was cut to 64 KiB'] });
  });

  test('by millions of choices costs little time', async () => {
    const server = await serveBody(200, `{"choices":[${'{},'.repeat(2_000_000)}{}]}`);
    expect((await failureOf(modelOf(server).generate(ask('hi')))).kind).toBe('bad-response');
  });

  test('by an endless body is cut off', async () => {
    const block = ' '.repeat(1024 * 1024);
    let blocks = 0;
    const server = await serveAnything((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        do blocks++;
        while (response.write(block) && !response.destroyed);
      };
      response.on('drain', pour);
      pour();
    });
    const error = await failureOf(modelOf(server, { timeoutMs: 20_000 }).generate(ask('hi')));
    expect(error).toMatchObject({
      kind: 'bad-response',
      message: 'local/test-model: the answer is too large to be a completion',
    });
    expect(blocks).toBeLessThan(64);
  });

  test('in every way at once never causes more than a failed call', async () => {
    const weights = Object.fromEntries(FAULTS.map((fault) => [fault, fault === 'huge' ? 0 : 1]));
    const server = await serve({ plan: seededPlan('chaos', weights) });
    const model = modelOf(server, { timeoutMs: 500, maxRetries: 1 });
    const callsOf = (batch: number) =>
      Array.from({ length: 25 }, (_, turn) => model.generate(ask(`turn ${batch}-${turn}`)));
    const settled = [];
    for (let batch = 0; batch < 4; batch++) settled.push(...(await Promise.allSettled(callsOf(batch))));
    const outcomes = settled.map((outcome) => {
      if (outcome.status === 'fulfilled') return outcome.value.texts.join();
      expect(outcome.reason).toBeInstanceOf(FailedCallError);
      return outcome.reason.kind;
    });
    for (const kind of ['ok', '', 'timeout', 'bad-response']) expect(outcomes).toContain(kind);
    for (const fault of FAULTS) expect(server.counts[fault] > 0).toBe(fault !== 'huge');
  });
});

describe('time', () => {
  test('spent by the caller ends the call at once, with kind timeout', async () => {
    const server = await serve({ plan: () => 'stall' });
    const controller = new AbortController();
    const call = modelOf(server).generate(ask('hi', { signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    expect(await failureOf(call)).toMatchObject({ kind: 'timeout', usage: { calls: 1 } });
  });

  test('that is already up means that nothing is sent', async () => {
    const server = await serve();
    const model = modelOf(server);
    for (const request of [{ signal: AbortSignal.abort() }, { deadline: performance.now() }]) {
      const error = await failureOf(model.generate(ask('hi', request)));
      expect(error).toMatchObject({ kind: 'timeout', usage: { calls: 0 } });
    }
    expect(server.requests).toHaveLength(0);
  });

  test('up to the deadline is used for retries, and no more', async () => {
    const server = await serve({ plan: () => 'server-error' });
    const model = modelOf(server, { backoffMs: 100, maxRetries: 1000 });
    const start = performance.now();
    const error = await failureOf(model.generate(ask('hi', { deadline: start + 700 })));
    expect(error.kind).toBe('server-error');
    expect(error.usage.calls).toBeGreaterThan(1);
    expect(error.usage.calls).toBeLessThan(9);
  });

  test('is limited by the deadline alone: no other limit ends a request earlier', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let answer: (() => void) | undefined;
    const server = await serveAnything((request, response) => {
      request.resume();
      answer = () =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"choices":[{"message":{"content":"slow"},"finish_reason":"stop"}]}');
    });
    const model = modelOf(server, { timeoutMs: undefined });
    const call = model.generate(ask('hi', { deadline: performance.now() + 3_600_000 }));
    await vi.waitFor(() => expect(answer).toBeDefined());
    vi.advanceTimersByTime(3_500_000);
    answer?.();
    expect((await call).texts).toEqual(['slow']);
  });

  test('lost on a server on the internet is spent again, if there is some left', async () => {
    const server = await serve({ plan: (index) => (index === 0 ? 'stall' : 'none') });
    // The same server under a name that is not this machine's.
    vi.spyOn(dns, 'lookup').mockImplementation(loopbackLookup as typeof dns.lookup);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const baseUrl = server.baseUrl.replace('127.0.0.1', 'models.example');
    const result = await modelOf({ baseUrl }, { timeoutMs: 500 }).generate(ask('hi'));
    expect(result).toMatchObject({ texts: ['ok'], usage: { calls: 2 } });
  });

  test('when it runs out, the samples that arrived are returned', async () => {
    const server = await serve({ plan: (index) => (index === 0 ? 'none' : 'stall') });
    const request = ask('hi', { samples: 3, deadline: performance.now() + 1000 });
    const result = await modelOf(server).generate(request);
    expect(result.texts).toEqual(['ok']);
    expect(result.warnings).toContain('only 1 of 3 samples arrived');
  });

  test('lost on abandoned calls is not lost on the next', async () => {
    const server = await serve({
      plan: (_, { messages }) => (messages[0]?.content === 'hi' ? 'none' : 'stall'),
    });
    const model = modelOf(server, { timeoutMs: 50, maxRetries: 0 });
    await Promise.allSettled(Array.from({ length: 20 }, () => model.generate(ask('stall'))));
    await expect(modelOf(server).generate(ask('hi'))).resolves.toMatchObject({ texts: ['ok'] });
  });
});

describe('Retry-After', () => {
  const once = (index: number): Fault => (index === 0 ? 'rate-limit' : 'none');

  test.each([
    ['ms', { 'retry-after-ms': '200' }],
    ['seconds', { 'retry-after': '0.2' }],
  ])('in %s is obeyed', async (_unit, rateLimitHeaders) => {
    let ready = Number.POSITIVE_INFINITY;
    const plan = (index: number): Fault => {
      if (index === 0) ready = performance.now() + 100;
      return performance.now() < ready ? 'rate-limit' : 'none';
    };
    const server = await serve({ plan, rateLimitHeaders });
    const result = await modelOf(server, { maxRetries: 1 }).generate(ask('hi'));
    expect(result).toMatchObject({ texts: ['ok'], usage: { calls: 2 } });
  });

  test.each(['Wed, 21 Oct 2015 07:28:00 GMT', 'soon'])('of "%s" asks for no wait', async (after) => {
    const server = await serve({ plan: once, rateLimitHeaders: { 'retry-after': after } });
    expect(await modelOf(server).generate(ask('hi'))).toMatchObject({ texts: ['ok'], usage: { calls: 2 } });
  });

  test.each([
    ['seconds', '3600'],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
  ])('in %s longer than a request may take fails at once', async (_what, after) => {
    const server = await serve({ plan: once, rateLimitHeaders: { 'retry-after': after } });
    const error = await failureOf(modelOf(server).generate(ask('hi')));
    expect(error).toMatchObject({ kind: 'rate-limit', usage: { calls: 1 } });
    expect(error.message).toContain('there is no time for a retry');
  });

  test('beyond the deadline fails at once although a request could last that long', async () => {
    const server = await serve({ plan: once, rateLimitHeaders: { 'retry-after': '5' } });
    const model = modelOf(server, { timeoutMs: 60_000 });
    const error = await failureOf(model.generate(ask('hi', { deadline: performance.now() + 2000 })));
    expect(error).toMatchObject({ kind: 'rate-limit', usage: { calls: 1 } });
  });

  test('is obeyed only as long as the caller waits', async () => {
    const server = await serve({ plan: once, rateLimitHeaders: { 'retry-after': '5' } });
    const signal = AbortSignal.timeout(1500);
    const error = await failureOf(modelOf(server, { timeoutMs: 60_000 }).generate(ask('hi', { signal })));
    expect(error.kind).toBe('timeout');
    expect(error.message).toContain('Rate limit reached');
  });
});

test.each([
  [401, 'auth', /POKELLMON_API_KEY/],
  [403, 'auth', /status 403/],
  [404, 'refused', /model not found/],
  [429, 'rate-limit', /status 429/],
])('status %i is of kind %s and not repeated in vain', async (status, kind, message) => {
  const server = await serveStatus(status, {
    error: { message: 'model not found', code: 'insufficient_quota' },
  });
  const error = await failureOf(modelOf(server).generate(ask('hi')));
  expect(error).toMatchObject({ kind, usage: { calls: 1 } });
  expect(error.message).toMatch(message);
});

test('a failure reported with status 200 is read from the body', async () => {
  const server = await serveStatus(200, { error: { message: 'Provider returned error', code: 502 } });
  const error = await failureOf(modelOf(server, { maxRetries: 1 }).generate(ask('hi')));
  expect(error).toMatchObject({ kind: 'server-error', usage: { calls: 2 } });
});

test('a refusal is not a text', async () => {
  const message = { role: 'assistant', content: null, refusal: 'I cannot help with battles.' };
  const server = await serveStatus(200, {
    choices: [{ message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  });
  const error = await failureOf(modelOf(server).generate(ask('hi')));
  expect(error).toMatchObject({ kind: 'refused', usage: { calls: 1, inputTokens: 7, outputTokens: 3 } });
});

test('a missing server is named', async () => {
  const server = await serve();
  await server.close();
  const error = await failureOf(modelOf(server, { maxRetries: 0 }).generate(ask('hi')));
  expect(error.kind).toBe('connection');
  expect(error.message).toMatch(/cannot reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
});

/** Resolves every name to this machine. */
function loopbackLookup(
  _name: string,
  options: { readonly all?: boolean },
  callback: (error: null, address: unknown, family?: number) => void,
): void {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
}

type Server = Parameters<typeof modelOf>[0];

function serveStatus(status: number, body: object): Promise<Server> {
  return serveBody(status, JSON.stringify(body));
}

function serveBody(status: number, body: string): Promise<Server> {
  return serveAnything((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
}

async function serveAnything(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}
