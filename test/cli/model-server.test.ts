import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  type ChatRequest,
  type MisbehavingServer,
  type MisbehavingServerOptions,
  type Reply,
  startMisbehavingServer,
} from '../support/misbehaving-server.ts';
import { type Finished, pokellmon } from '../support/run-cli.ts';

const KEY = 'sesame/open+0123456789';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'pokellmon-model-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

async function serve(options: MisbehavingServerOptions): Promise<MisbehavingServer> {
  const server = await startMisbehavingServer({ answer: () => '{"choice": 1}', ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Plays a short battle with a model of that server. */
function battle(server: MisbehavingServer, ...args: readonly string[]): Promise<Finished> {
  return pokellmon(
    [
      ...[
        'battle',
        '--model',
        'small',
        '--base-url',
        server.baseUrl,
        '--strategy',
        'direct',
        '--prompt',
        'compact',
      ],
      ...[
        '--opponent',
        'random',
        '--format',
        'gen1randombattle',
        '--seed',
        'server',
        '--json',
        '--out',
        out,
        ...args,
      ],
    ],
    { POKELLMON_API_KEY: KEY },
  );
}

/** Who decided, according to a battle's JSON. */
const whoDecided = ({ stdout }: Finished): string => JSON.parse(stdout).whoDecided[0];

const refusal = (status: number, message: string, code?: string): Reply => ({
  status,
  body: { error: { message, code } },
});

describe('a model that cannot play ends the run before any battle, with one line and no secret', () => {
  test.each<[what: string, options: MisbehavingServerOptions, says: RegExp]>([
    [
      'a wrong key',
      { reply: () => refusal(401, `Incorrect API key provided: ${encodeURIComponent(KEY)} (${KEY})`) },
      /^pokellmon: local\/small: Incorrect API key provided: \[redacted\] \(\[redacted\]\) \(status 401\); is POKELLMON_API_KEY right\?$/,
    ],
    [
      'no such model',
      { reply: () => refusal(404, "model 'small' not found"), models: ['smol', 'large', 'smallish'] },
      /^pokellmon: 127\.0\.0\.1:\d+ has no model "small": it has smallish, smol, large; name one with --model$/,
    ],
    [
      'a page with status 200',
      { reply: () => ({ body: '<!doctype html><h1>Hello</h1>' }), models: { body: '<h1>Hello</h1>' } },
      /^pokellmon: local\/small: the answer is text\/html instead of JSON; is the base URL right\?$/,
    ],
    [
      'an empty account',
      { reply: () => refusal(429, 'You exceeded your current quota', 'insufficient_quota') },
      /^pokellmon: local\/small: You exceeded your current quota \(status 429\); the account has no credit or quota left: add some, or name another model$/,
    ],
  ])('%s', async (_what, options, says) => {
    const { code, stdout, stderr } = await battle(await serve(options));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(says)]);
    expect(stderr).not.toContain('sesame');
    expect(readdirSync(out)).toEqual([]);
  });

  test.each([['ladder'], ['accept']])('%s does not even connect to the battle server', async (...command) => {
    const model = await serve({ reply: () => refusal(401, 'Incorrect API key provided') });
    let connections = 0;
    const showdown = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => showdown.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      showdown.close();
    });
    const { port } = showdown.address() as AddressInfo;
    const { code, stderr } = await pokellmon([
      ...[
        ...command,
        '--model',
        'small',
        '--base-url',
        model.baseUrl,
        '--server',
        `127.0.0.1:${port}`,
        '--out',
        out,
      ],
    ]);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/wants a key: set POKELLMON_API_KEY$/),
    ]);
    expect(connections).toBe(0);
    expect(existsSync(join(out, 'sessions'))).toBe(false);
  });
});

describe('a model plays whole battles', () => {
  test('behind the server of llama-cpp-python, restricted to the turn’s numbers by a schema that it accepts', async () => {
    const form = ({ response_format: format }: ChatRequest) => format as { type: string; schema?: object };
    const server = await serve({
      reply: (request) =>
        form(request).type === 'json_object'
          ? undefined
          : refusal(
              500,
              `[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': "Input should be 'text' or 'json_object'", 'input': 'json_schema'}]`,
            ),
    });
    const finished = await battle(server);
    expect(finished.code).toBe(0);
    expect(finished.stderr.trim().split('\n')).toEqual([
      'local/small: it takes no json_schema: from now on it is asked for a JSON object with a schema',
    ]);
    expect(whoDecided(finished)).toMatch(/^the model decided (\d+) of \1$/);
    // Refused once, by the trial.
    const forms = server.requests.map(({ body }) => form(body));
    expect(forms.filter(({ type }) => type === 'json_schema')).toHaveLength(1);
    const numbers = forms.slice(2).map((each) => JSON.stringify(each.schema));
    for (const schema of numbers)
      expect(schema).toMatch(/"choice":\{"type":"integer","enum":\[1(?:,\d+)+\]\}/);
    expect(new Set(numbers).size).toBeGreaterThan(1);
  });

  test('that thinks before it answers, within a context that is too small for a high limit', async () => {
    const server = await serve({
      thinks: 1000,
      reply: ({ max_tokens: limit }) =>
        Number(limit) > 4096
          ? refusal(
              400,
              `max_tokens is too large: ${limit}. This model supports at most 4096 completion tokens`,
            )
          : undefined,
    });
    const finished = await battle(server);
    expect(finished.code).toBe(0);
    expect(whoDecided(finished)).toMatch(/^the model decided (\d+) of \1$/);
    expect(finished.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/thinks before it answers: from now on it gets 8,000 more tokens/),
      expect.stringMatching(/at most 4,096 tokens/),
    ]);
    expect(server.requests.filter(({ body }) => body.max_tokens !== 4096)).toHaveLength(2);
  });

  test('with the options given: temperature, tokens, schema, price, and cached answers', async () => {
    const server = await serve({ usage: { prompt_tokens: 1000, completion_tokens: 100 } });
    const cache = join(out, 'answers');
    const options = [
      ...['--temperature', '0.4', '--max-tokens', '77', '--schema', 'json_object', '--constrain', 'never'],
      ...['--price', '2,5', '--cache', cache],
    ];
    const first = await battle(server, ...options);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    for (const { body } of server.requests) {
      expect(body).toMatchObject({
        temperature: 0.4,
        max_tokens: 77,
        response_format: { type: 'json_object' },
      });
      expect(JSON.stringify(body.response_format)).not.toContain('enum');
    }
    const { usage } = JSON.parse(first.stdout).summary;
    expect(usage.costUsd).toBeCloseTo(usage.calls * 0.0025, 6);
    expect(usage.calls).toBe(server.requests.length - 1);

    rmSync(join(out, 'gen1randombattle-server-1'), { recursive: true, force: true });
    const asked = server.requests.length;
    const again = await battle(server, ...options);
    expect(JSON.parse(again.stdout).summary.usage).toMatchObject({ calls: 0, costUsd: 0 });
    expect(whoDecided(again)).toBe(whoDecided(first));
    // The model is tried all the same.
    expect(server.requests.length).toBe(asked + 1);
  });
});
