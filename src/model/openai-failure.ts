import type { ModelErrorKind } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import { errorCode, tlsFailure } from '../util/tls-failure.ts';
import type { Endpoint } from './endpoint.ts';
import { type HttpAnswer, OversizedBodyError, RedirectError } from './http-request.ts';
import { parseErrorBody } from './openai-error-body.ts';
import { isOutOfCredit, isPromptTooLong, type Refusal } from './refusal.ts';
import { type Failure, retryAfterMs } from './retry.ts';

/** A request that failed. */
export interface ChatFailure extends Failure {
  /** The server's answer, if there was one. */
  readonly refusal?: Refusal;
  /** There is no such server, or it is not running. */
  readonly unreachable?: true;
}

/** The failure that an error answer means for a request. */
export function answerFailure(answer: HttpAnswer, endpoint: Endpoint, hasKey: boolean): ChatFailure {
  const { status, headers, text } = answer;
  const complaint = parseErrorBody(text);
  const refusal = { status, complaint };
  const wait = retryAfterMs(headers, Date.now()) ?? saidWaitMs(complaint.message);
  const kind = statusKind(status);
  const failure = (words: string, transient: boolean): ChatFailure => ({
    kind,
    // A provider may quote a long prompt: the advice must not fall off the end of the line.
    message: `${safeLine(complaint.message, 220)} (status ${status})${words}`,
    transient,
    refusal,
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
  if (status === 401)
    return failure(
      hasKey ? `; is ${endpoint.keyVariable} right?` : `; it wants a key: set ${endpoint.keyVariable}`,
      false,
    );
  if (isOutOfCredit(refusal, wait !== undefined)) {
    return failure('; the account has no credit or quota left: add some, or name another model', false);
  }
  if (status === 403) return failure(`; may the key in ${endpoint.keyVariable} use this model?`, false);
  if (status === 404 && !/\bmodel\b/i.test(complaint.message)) {
    return failure('; is the base URL right? Most end in /v1', false);
  }
  if (isPromptTooLong(refusal)) {
    return failure(
      '; the prompt does not fit: give the server a larger context, or choose a shorter prompt style',
      false,
    );
  }
  return failure('', status === 408 || status === 429 || status >= 500);
}

function statusKind(status: number): ModelErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limit';
  return status >= 500 ? 'server-error' : 'refused';
}

/** The wait that a server asks for in words: `Please retry in 12.5s`. */
function saidWaitMs(message: string): number | undefined {
  const [, amount, unit] =
    /(?:retry|try again) (?:in|after) (\d{1,6}(?:\.\d{1,6})?) ?(ms|s|m)?/i.exec(message) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * (unit === 'ms' ? 1 : unit === 'm' ? 60_000 : 1000);
}

/** The failure for an error that happened before there was an answer. */
export function transportFailure(error: unknown, endpoint: Endpoint): ChatFailure {
  const causes = causeChain(error);
  if (causes.some((cause) => cause instanceof OversizedBodyError)) {
    return { kind: 'bad-response', message: 'the answer is too large to be a completion', transient: false };
  }
  const redirect = causes.find((cause) => cause instanceof RedirectError);
  if (redirect) {
    const message = `${endpoint.address} sends on to another server, ${redirect.target}, which is not followed: name that one as the base URL if it is right`;
    return { kind: 'connection', message, transient: false };
  }
  const code = causes.map(errorCode).find((found) => found !== '') ?? '';
  if (UNREACHABLE.has(code)) {
    return {
      kind: 'connection',
      message: `cannot reach ${endpoint.address} (${code})`,
      transient: true,
      unreachable: true,
    };
  }
  const tls = tlsFailure(code);
  if (tls !== undefined) {
    return { kind: 'connection', message: `cannot reach ${endpoint.address}: ${tls}`, transient: false };
  }
  if (/^HPE_/.test(code)) {
    const message = `${endpoint.address} does not speak HTTP (${code}): does it want https://?`;
    return { kind: 'connection', message, transient: false };
  }
  const asked = code === '' ? '' : ` (${code})`;
  return {
    kind: 'connection',
    message: `the connection to ${endpoint.address} broke off${asked}`,
    transient: true,
  };
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/** The error and its causes, outermost first; of several at once, the first. */
function causeChain(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && chain.length < 8; ) {
    chain.push(at);
    if (at instanceof AggregateError) at = at.errors[0];
    else at = at instanceof Error ? at.cause : undefined;
  }
  return chain;
}
