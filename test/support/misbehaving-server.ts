import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from '../../src/util/random.ts';

/** Ways in which the server misbehaves; `none` is a proper answer. */
export const FAULTS = [
  'none',
  /** Status 429 with a Retry-After header. */
  'rate-limit',
  /** Status 500. */
  'server-error',
  /** Accepts the request and never answers. */
  'stall',
  /** Sends half an answer and then nothing more. */
  'stalled-body',
  /** A whole HTTP body whose JSON ends in the middle. */
  'cut-off-body',
  /** Announces more bytes than it sends before it closes the connection. */
  'broken-body',
  /** The connection is reset before any answer. */
  'reset',
  /** An HTML page with status 200. */
  'wrong-content-type',
  /** A completion without choices. */
  'no-choices',
  /** Content that ends in the middle. */
  'cut-off-json',
  /** Good content with prose around it. */
  'prose',
  /** Content that names a move that exists but may not be chosen. */
  'illegal-move',
  /** Content that names a Pokémon that does not exist. */
  'made-up-pokemon',
  /** Empty content. */
  'empty',
  /** Content of five million characters. */
  'huge',
] as const;

export type Fault = (typeof FAULTS)[number];

/** An explicit answer of the server. */
export interface Reply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text unchanged. */
  readonly body: object | string;
}

/** The part of a chat-completion request's body that the server looks at. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly n?: number;
  readonly [parameter: string]: unknown;
}

interface ReceivedRequest {
  readonly path: string;
  readonly headers: Readonly<IncomingMessage['headers']>;
  readonly body: ChatRequest;
  readonly fault: Fault;
}

export interface MisbehavingServerOptions {
  /**
   * The fault of each request.
   *
   * @param index number of the request, from 0, in order of arrival
   * @param repeat how often a request with exactly the same body came before
   */
  readonly plan?: (index: number, request: ChatRequest, repeat: number) => Fault;
  /** The content of a good answer; `choice` counts the choices of one request. */
  readonly answer?: (request: ChatRequest, choice: number) => string;
  /** Content of the faults that name something that cannot be chosen. */
  readonly contents?: Partial<Record<'illegal-move' | 'made-up-pokemon', (request: ChatRequest) => string>>;
  /** Headers of a `rate-limit`. Default: `{ 'retry-after-ms': '20' }`. */
  readonly rateLimitHeaders?: Readonly<Record<string, string>>;
  /** The text of `rate-limit` and `server-error`. */
  readonly complaint?: string;
  /** Parameters that it refuses with status 400, in OpenAI's words. */
  readonly unsupported?: readonly string[];
  /**
   * An answer given before anything is planned, usually a refusal. `stall` means no answer at all.
   *
   * @param index number of the request, from 0, in order of arrival
   */
  readonly reply?: (request: ChatRequest, index: number) => Reply | 'stall' | undefined;
  /** The least token limit that leaves room for an answer: below it all tokens go into `reasoning_content`. */
  readonly thinks?: number;
  /** The list or other answer of `/models`. Default: `test-model`. */
  readonly models?: readonly string[] | Reply | 'stall';
  /** Returns one choice whatever `n` says. */
  readonly ignoresN?: boolean;
  /** Reported with each answer; `null` to report none. Default: a quarter of the characters. */
  readonly usage?: Readonly<Record<string, unknown>> | null;
  /** Wait before a good answer, in ms. */
  readonly delayMs?: number;
}

export interface MisbehavingServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** The most recent chat requests, at most 1,000. */
  readonly requests: readonly ReceivedRequest[];
  /** Chat requests so far, by fault. */
  readonly counts: Readonly<Record<Fault, number>>;
  close(): Promise<void>;
}

/**
 * A plan that draws each fault from a seeded stream. It depends on the request and its repetition, not on the order of
 * arrival: the same requests meet the same faults even when many battles share the server.
 *
 * @param weights relative frequency of each fault, in whole numbers; those left out do not occur
 */
export function seededPlan(
  seed: string,
  weights: Readonly<Partial<Record<Fault, number>>>,
): NonNullable<MisbehavingServerOptions['plan']> {
  const drawn = FAULTS.flatMap((fault) => Array.from({ length: weights[fault] ?? 0 }, () => fault));
  return (_index, request, repeat) =>
    createRandom(`${seed}/${repeat}/${JSON.stringify(request)}`).pick(drawn);
}

/** Starts a server on 127.0.0.1 that speaks OpenAI's chat-completions protocol, and misbehaves as planned. */
export async function startMisbehavingServer(
  options: MisbehavingServerOptions = {},
): Promise<MisbehavingServer> {
  const { plan = () => 'none', answer = () => 'ok', complaint } = options;
  const { rateLimitHeaders = { 'retry-after-ms': '20' } } = options;
  const requests: ReceivedRequest[] = [];
  const counts = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  const seen = new Map<string, number>();
  let arrived = 0;

  const contents = {
    'illegal-move': () => '{"move": "splash"}',
    'made-up-pokemon': () => '{"switch": "Missingchu"}',
    ...options.contents,
  };

  function misbehave(fault: Fault, request: ChatRequest, response: ServerResponse): void {
    const good = (choice: number): string => answer(request, choice);
    const complete = (content: (choice: number) => string): void =>
      sendJson(response, 200, completion(request, content, options));
    switch (fault) {
      case 'none':
        setTimeout(() => complete(good), options.delayMs ?? 0);
        break;
      case 'rate-limit':
        sendJson(response, 429, { error: { message: complaint ?? 'Rate limit reached' } }, rateLimitHeaders);
        break;
      case 'server-error':
        sendJson(response, 500, { error: { message: complaint ?? 'The server had an error' } });
        break;
      case 'stall':
        break;
      case 'reset':
        response.socket?.resetAndDestroy();
        break;
      case 'stalled-body':
      case 'broken-body': {
        const body = JSON.stringify(completion(request, good, options));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length + 100 });
        response.write(body.slice(0, body.length / 2), () => {
          if (fault === 'broken-body') response.socket?.destroy();
        });
        break;
      }
      case 'cut-off-body': {
        const body = JSON.stringify(completion(request, good, options));
        send(response, 200, body.slice(0, body.length / 2), JSON_TYPE);
        break;
      }
      case 'wrong-content-type':
        send(response, 200, '<!doctype html><title>Welcome</title><h1>It works!</h1>', HTML_TYPE);
        break;
      case 'no-choices':
        sendJson(response, 200, { ...completion(request, good, options), choices: [] });
        break;
      case 'cut-off-json':
        complete((choice) => good(choice).slice(0, Math.ceil(good(choice).length / 2)));
        break;
      case 'prose':
        complete((choice) => `Let me think step by step.\n\n${good(choice)}\n\nThat should win the game!`);
        break;
      case 'illegal-move':
      case 'made-up-pokemon':
        complete(() => contents[fault](request));
        break;
      case 'empty':
        complete(() => '');
        break;
      case 'huge':
        complete(() => 'The battle goes on. '.repeat(250_000));
        break;
    }
  }

  function sendReply(reply: Reply | 'stall', response: ServerResponse): void {
    if (reply === 'stall') return;
    const { status = 200, body, headers = {} } = reply;
    if (typeof body === 'object') sendJson(response, status, body, headers);
    else send(response, status, body, { ...headers, ...HTML_TYPE });
  }

  function sendModels(response: ServerResponse): void {
    const { models = ['test-model'] } = options;
    if (typeof models === 'string' || 'body' in models) sendReply(models, response);
    else sendJson(response, 200, { data: models.map((id) => ({ id })) });
  }

  let chats = 0;
  const server = createServer(async (incoming, response) => {
    const path = incoming.url ?? '';
    if (path.endsWith('/models')) return sendModels(response);
    const text = await readAll(incoming).catch(() => undefined);
    if (text === undefined) return;
    const body: ChatRequest = JSON.parse(text);

    const reply = options.reply?.(body, chats++);
    if (reply) {
      requests.push({ path, headers: incoming.headers, body, fault: 'none' });
      return sendReply(reply, response);
    }
    const refused = options.unsupported?.find((name) => body[name] !== undefined);
    const hash = createHash('sha256').update(text).digest('hex');
    const repeat = seen.get(hash) ?? 0;
    seen.set(hash, repeat + 1);
    const fault = refused ? 'none' : plan(arrived++, body, repeat);
    counts[fault]++;
    requests.push({ path, headers: incoming.headers, body, fault });
    if (requests.length > 1000) requests.shift();
    if (refused) return sendJson(response, 400, unsupportedParameter(refused));
    misbehave(fault, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function completion(
  request: ChatRequest,
  content: (choice: number) => string,
  options: MisbehavingServerOptions,
): object {
  const count = options.ignoresN ? 1 : (request.n ?? 1);
  const limit = Number(request.max_tokens ?? request.max_completion_tokens ?? Number.POSITIVE_INFINITY);
  const isStarved = limit < (options.thinks ?? 0);
  const contents = Array.from({ length: count }, (_, choice) => (isStarved ? '' : content(choice)));
  const prompt = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  const usage = options.usage ?? {
    prompt_tokens: Math.ceil(prompt / 4),
    completion_tokens: Math.ceil(contents.join('').length / 4),
  };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: request.model,
    choices: contents.map((content, index) => ({
      index,
      message: { role: 'assistant', content, ...(options.thinks && { reasoning_content: 'The foe may…' }) },
      finish_reason: isStarved ? 'length' : 'stop',
    })),
    ...(options.usage !== null && { usage }),
  };
}

function unsupportedParameter(name: string): object {
  return {
    error: {
      message: `Unsupported parameter: '${name}' is not supported with this model.`,
      type: 'invalid_request_error',
      param: name,
      code: 'unsupported_parameter',
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, JSON.stringify(body), { ...headers, ...JSON_TYPE });
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) text += chunk;
  return text;
}
