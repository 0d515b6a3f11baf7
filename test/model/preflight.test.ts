import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type PreflightOptions, tryModel } from '../../src/model/preflight.ts';
import { UserError } from '../../src/util/errors.ts';
import type { MisbehavingServer, Reply } from '../support/misbehaving-server.ts';
import { ask, modelOf, serve } from './with-server.ts';

const request = ask('ready?', {
  jsonSchema: { name: 'choice', schema: { type: 'object' } },
  maxTokens: 50,
  seed: 1,
});

/** Tries a model of that server. */
function tried(
  server: Pick<MisbehavingServer, 'baseUrl'>,
  { name = 'test-model', ...options }: Partial<PreflightOptions> = {},
) {
  const model = modelOf(server, { model: name, timeoutMs: undefined });
  return tryModel(model, { baseUrl: server.baseUrl, name, request, waitMs: 3000, ...options });
}

/** The single line of the error at the end of a trial. */
async function complaintOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => new Error('the model was taken'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).not.toContain('\n');
  return message;
}

const reply = (status: number, body: object | string, headers: Reply['headers'] = {}): Reply => ({
  status,
  body,
  headers,
});
/** Self-signed, and used for this test only. */
const CERTIFICATE = readFileSync(new URL('../fixtures/tls/self-signed.pem', import.meta.url));
const HTML = '<!doctype html><html><title>Welcome</title><h1>It works!</h1></html>';

test('a model that answers is tried with one request, whatever it says', async () => {
  const server = await serve({ answer: () => 'I like turtles' });
  expect(await tried(server)).toMatchObject({ calls: 1 });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body).toMatchObject({
    seed: 1,
    max_tokens: 50,
    response_format: { type: 'json_schema' },
  });
});

describe('what waiting cannot fix ends at once, with advice', () => {
  const names = [
    'llama3.1:8b',
    'llama3.1:70b',
    'qwen3:8b',
    'mistral-small',
    'gemma3:4b',
    'phi4',
    'nomic-embed-text',
  ];

  test.each<[what: string, answer: Reply, says: RegExp, models?: readonly string[]]>([
    [
      'a wrong key',
      reply(401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
      /Incorrect API key provided \(status 401\); it wants a key: set POKELLMON_API_KEY/,
    ],
    [
      'a key without rights',
      reply(403, { error: 'not for you' }),
      /status 403.*may the key in POKELLMON_API_KEY use this model/,
    ],
    [
      'an empty account',
      reply(429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }),
      /no credit or quota left/,
    ],
    [
      'no model of that name: OpenAI',
      reply(404, {
        error: {
          message: 'The model `llama3.1:9b` does not exist or you do not have access to it.',
          code: 'model_not_found',
        },
      }),
      /has no model "llama3\.1:9b": it has llama3\.1:8b, llama3\.1:70b,.* and 2 more; name one with --model/,
      names,
    ],
    [
      'no model of that name: Ollama',
      reply(404, {
        error: {
          message: 'model "llama3.1:9b" not found, try pulling it first',
          type: 'api_error',
          param: null,
          code: null,
        },
      }),
      /has no model "llama3\.1:9b": it has llama3\.1:8b/,
      names,
    ],
    [
      'no model of that name: OpenRouter',
      reply(400, { error: { message: 'llama3.1:9b is not a valid model ID', code: 400 } }),
      /it has llama3\.1:8b/,
      names,
    ],
    [
      'no model of that name: a gateway that is out of channels',
      reply(503, { error: { message: 'No available channel for model llama3.1:9b under group default' } }),
      /it has llama3\.1:8b/,
      names,
    ],
    [
      'no model of that name, and no list',
      reply(404, { error: { message: 'The model `llama3.1:9b` does not exist' } }),
      /does not exist \(status 404\); name another with --model/,
      [],
    ],
    ['an HTML page', { body: HTML }, /text\/html instead of JSON; is the base URL right\?/],
    ['JSON that is no completion', { body: { hello: 'world' } }, /no usable choice/],
    [
      'a wrong path',
      reply(404, '<h1>Not Found</h1>'),
      /Not Found \(status 404\); is the base URL right\? Most end in \/v1/,
      [],
    ],
    [
      'another host',
      reply(308, '', { location: 'https://other.example/v1/chat/completions?key=hunter2' }),
      /sends on to another server, https:\/\/other\.example\/v1\/chat\/completions, which is not followed/,
    ],
    [
      'another port of the same host',
      reply(307, '', { location: 'http://127.0.0.1:1/v1/chat/completions' }),
      /sends on to another server, http:\/\/127\.0\.0\.1:1/,
    ],
    [
      'a server error that stays',
      reply(500, { error: { message: 'CUDA error: out of memory' } }),
      /CUDA error: out of memory \(status 500\)/,
    ],
  ])('%s', async (_what, answer, says, models = ['test-model']) => {
    const server = await serve({ reply: () => answer, models });
    expect(await complaintOf(tried(server, { name: 'llama3.1:9b' }))).toMatch(says);
  });

  test('a redirect does not carry the key, and its target gets no request', async () => {
    const other = await serve();
    const location = other.baseUrl.replace('127.0.0.1', 'localhost');
    const server = await serve({ reply: () => reply(307, '', { location: `${location}/chat/completions` }) });
    expect(await complaintOf(tried(server))).toContain('is not followed');
    expect(other.requests).toHaveLength(0);
  });

  test('a redirect within the server is followed', async () => {
    const server = await serve({
      reply: (_, index) =>
        index === 0 ? reply(308, '', { location: '/api/v1/chat/completions' }) : undefined,
    });
    await tried(server);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v1/chat/completions',
      '/api/v1/chat/completions',
    ]);
    expect(server.requests[1]?.body).toEqual(server.requests[0]?.body);
  });

  test('a page beside the API: the right base URL is suggested', async () => {
    const server = createHttpServer(({ url }, response) => {
      if (url === '/v1/models') response.end('{"data": [{"id": "test-model"}]}');
      else response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await complaintOf(tried({ baseUrl: origin }))).toContain(
      `text/html instead of JSON; is the base URL right? Try --base-url ${origin}/v1`,
    );
  });

  test('no server there', async () => {
    const server = await serve();
    await server.close();
    const says = await complaintOf(tried(server));
    expect(says).toMatch(
      /cannot reach 127\.0\.0\.1:\d+ \(ECONNREFUSED\): is the server running, and the base URL right\?/,
    );
    expect(await complaintOf(tried({ baseUrl: 'http://nobody.invalid/v1' }))).toMatch(
      /cannot reach nobody\.invalid \((?:ENOTFOUND|EAI_AGAIN)\)/,
    );
  });

  test('a server that does not speak TLS', async () => {
    const server = await serve();
    const says = await complaintOf(tried({ baseUrl: server.baseUrl.replace('http:', 'https:') }));
    expect(says).toMatch(/cannot reach 127.*: TLS failed with \w+: does it speak without TLS\?/);
  });

  test('a certificate that cannot be trusted', async () => {
    const server = createTlsServer({ key: CERTIFICATE, cert: CERTIFICATE }, (_, response) =>
      response.end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const says = await complaintOf(tried({ baseUrl: `https://127.0.0.1:${port}/v1` }));
    expect(says).toMatch(
      /cannot reach 127.*: TLS failed with \w*SELF_SIGNED\w*: its certificate is not trusted/,
    );
    expect(await complaintOf(tried({ baseUrl: `http://127.0.0.1:${port}/v1` }))).toMatch(
      /does it want https:\/\/\?/,
    );
  });
});

describe('what may get better is waited for', () => {
  test('a server that is loading its model', async () => {
    const notices: string[] = [];
    const loading = reply(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } });
    const server = await serve({ reply: (_, index) => (index < 3 ? loading : undefined) });
    await tried(server, { waitMs: 15_000, onNotice: (line) => notices.push(line) });
    expect(notices).toEqual([
      expect.stringMatching(/Waiting up to 15 s for local\/test-model at 127.*: Loading model/),
    ]);
  });

  test('a silent one, with a note on what is awaited and then what was tried', async () => {
    const notices: string[] = [];
    const server = await serve({ plan: () => 'stall', models: 'stall' });
    const says = await complaintOf(tried(server, { onNotice: (line) => notices.push(line) }));
    expect(notices).toEqual([
      expect.stringMatching(/Waiting up to 3 s .* may be loading the model, or busy/),
    ]);
    expect(says).toMatch(
      /No answer from local\/test-model at 127.* within 3 s to one short question \(POST \/chat\/completions\), nor to GET \/models/,
    );
    expect(server.requests).toHaveLength(1);
  }, 20_000);

  test('one that is busy with others, but there', async () => {
    const server = await serve({ plan: () => 'stall' });
    const says = await complaintOf(tried(server, { waitMs: 300 }));
    expect(says).toMatch(/but GET \/models is answered, so it is there: give it longer with --timeout/);
  });

  test('a rate limit', async () => {
    const server = await serve({ plan: (index) => (index < 2 ? 'rate-limit' : 'none') });
    expect(await tried(server)).toMatchObject({ calls: 3 });
    const full = await serve({ plan: () => 'rate-limit', rateLimitHeaders: { 'retry-after': '60' } });
    expect(await complaintOf(tried(full, { waitMs: 500 }))).toMatch(
      /Rate limit reached \(status 429\); there is no time for a retry/,
    );
  });

  test('a model that thinks longer than that is accepted, with advice', async () => {
    const notices: string[] = [];
    const server = await serve({
      reply: (body) =>
        Number(body.max_tokens) < 1000
          ? { body: { choices: [{ message: { content: '', reasoning: 'Hm' }, finish_reason: 'length' }] } }
          : 'stall',
    });
    await tried(server, { waitMs: 700, onNotice: (line) => notices.push(line) });
    expect(notices).toEqual([expect.stringMatching(/answers, but thinks longer than 1 s/)]);
  });
});

test('a server that speaks another protocol is recognized', async () => {
  const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  expect(await complaintOf(tried({ baseUrl: `http://127.0.0.1:${port}/v1` }))).toMatch(
    /does not speak HTTP|broke off/,
  );
});
