import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** A server's answer is larger than any completion. */
export class OversizedBodyError extends Error {}

/** A server redirects to another one, which is not followed: the user did not name it, and it must not get the key. */
export class RedirectError extends Error {
  /** @param target the address, without possible secrets in it */
  constructor(readonly target: string) {
    super(`redirected to ${target}`);
  }
}

/** One HTTP request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends it; without one there is no time limit. */
  readonly signal: AbortSignal;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Far more than a completion needs; a larger answer is cut off. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);
const MOST_REDIRECTS = 3;

/**
 * Sends a request and reads the whole answer. Unlike the platform's `fetch` its only time limit is its signal's, and it
 * follows redirects within the same server only, with method and body unchanged.
 *
 * @throws {OversizedBodyError} when the body is too large
 * @throws {RedirectError} when the server redirects
 * @throws {Error} when the connection fails
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  let url = new URL(request.url);
  for (let redirects = 0; ; redirects++) {
    const answer = await sendOnce(url, request);
    const location = answer.headers.get('location');
    if (!REDIRECTS.has(answer.status) || location === null) return answer;
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (!target || redirects >= MOST_REDIRECTS || !isSameServer(url, target)) {
      throw new RedirectError(target ? `${target.protocol}//${target.host}${target.pathname}` : 'nowhere');
    }
    url = target;
  }
}

/** The same host and port, or the same host under TLS. */
function isSameServer(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false;
  const isUpgrade = to.hostname === from.hostname && to.protocol === 'https:' && to.port === '';
  return to.origin === from.origin || isUpgrade;
}

function sendOnce(url: URL, { method, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = { method, headers: { ...headers, ...length }, signal };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MAX_BODY_BYTES) request.destroy(new OversizedBodyError());
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: toHeaders(response.headersDistinct),
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

function toHeaders(distinct: NodeJS.Dict<string[]>): Headers {
  return new Headers(
    Object.entries(distinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  );
}
