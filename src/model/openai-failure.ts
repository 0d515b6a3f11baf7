import { APIConnectionTimeoutError, APIError } from 'openai';
import type { ModelErrorKind } from '../util/errors.ts';
import type { Endpoint } from './endpoint.ts';
import { OversizedBodyError } from './openai-fetch.ts';
import { type Failure, retryAfterMs } from './retry.ts';

/** What an HTTP status of 400 or above says about a request. */
export function statusFailure(status: number, message: string): Failure {
  return {
    kind: statusKind(status),
    message: `${message} (status ${status})`,
    transient: status === 408 || status === 429 || status >= 500,
  };
}

function statusKind(status: number): ModelErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server-error' : 'refused';
}

/** What the openai package threw, as a failure; the message may repeat the server's own words. */
export function failureOf(error: unknown, endpoint: Endpoint): Failure {
  const causes = causeChain(error);
  if (causes.some((cause) => cause instanceof OversizedBodyError)) {
    return { kind: 'bad-response', message: 'the answer is too large to be a completion', transient: false };
  }
  if (error instanceof APIError && error.status !== undefined) return answerFailure(error, endpoint);
  if (error instanceof APIConnectionTimeoutError) {
    return { kind: 'timeout', message: `${endpoint.address} does not answer`, transient: true };
  }
  const code = causes.map(systemCode).find((found) => found !== undefined);
  const message = UNREACHABLE.has(code ?? '')
    ? `cannot reach ${endpoint.address} (${code})`
    : 'the connection broke off';
  return { kind: 'connection', message, transient: true };
}

function answerFailure(error: APIError, endpoint: Endpoint): Failure {
  const status = Number(error.status);
  // The package puts the status in front of the server's words.
  const words = error.message.replace(/^\d{3} /, '');
  const failure = statusFailure(status, `${words}${advice(status, endpoint)}`);
  // A spent quota has the status of a rate limit, but waiting does not mend it.
  const transient = failure.transient && error.code !== 'insufficient_quota';
  return { ...failure, transient, retryAfterMs: error.headers && retryAfterMs(error.headers, Date.now()) };
}

function advice(status: number, endpoint: Endpoint): string {
  if (status === 401) return `; is ${endpoint.keyVariable} right?`;
  if (status === 404 && new URL(endpoint.baseUrl).pathname === '/') return '; most base URLs end in /v1';
  return '';
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The error and what caused it, outermost first; of several at once, the first. */
function causeChain(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && chain.length < 8; ) {
    chain.push(at);
    if (at instanceof AggregateError) at = at.errors[0];
    else at = at instanceof Error ? at.cause : undefined;
  }
  return chain;
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
