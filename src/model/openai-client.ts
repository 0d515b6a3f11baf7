import OpenAI from 'openai';
import { timeLimit } from '../util/time-limit.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpAnswer } from './http-request.ts';
import type { GenerateRequest } from './language-model.ts';
import { answerFailure, type ChatFailure, transportFailure } from './openai-failure.ts';
import { ErrorAnswer, openaiFetch } from './openai-fetch.ts';
import type { ChatBody } from './openai-request.ts';
import { type Completion, parseCompletion } from './openai-response.ts';
import type { Outcome } from './retry.ts';

/** The outcome of a request. */
export type ChatOutcome = Outcome<Completion, ChatFailure>;

/** Limits of one request. */
interface ChatLimits extends Pick<GenerateRequest, 'signal' | 'deadline'> {
  /** In ms; without one the deadline alone counts. */
  readonly timeoutMs?: number;
}

/** Sends one chat-completion request and returns its outcome; never rejects. */
export type ChatClient = (body: ChatBody, limits: ChatLimits) => Promise<ChatOutcome>;

const DEADLINE_TOLERANCE_MS = 100;

/** The package insists on a time-out, so it gets the longest that a timer can have: the deadline ends a request. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * A client of one server over the openai package, with the package's own retries, time-outs and log turned off. A
 * failure's message may repeat the server's words, and so contain secrets.
 */
export function createChatClient(endpoint: Endpoint, apiKey: string | undefined): ChatClient {
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    // The package insists on a key; only the header counts.
    apiKey: apiKey ?? 'none',
    defaultHeaders: apiKey === undefined ? { Authorization: null } : {},
    // If unset, these come from the environment and go to any server.
    organization: null,
    project: null,
    adminAPIKey: null,
    fetch: openaiFetch,
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: 'off',
  });
  const failed = (answer: HttpAnswer): ChatOutcome => ({
    ok: false,
    failure: answerFailure(answer, endpoint, apiKey !== undefined),
  });

  return async (body, limits) => {
    const { signal, deadline = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = limits;
    const left = deadline - performance.now();
    const limit = timeLimit(Math.min(timeoutMs, left), signal);
    try {
      const answer = await post(client, body, limit.signal);
      const completion = parseCompletion(answer.text, answer.headers.get('content-type'));
      const { errorStatus } = completion;
      return errorStatus === undefined
        ? { ok: true, value: completion }
        : failed({ ...answer, status: errorStatus });
    } catch (error) {
      if (signal?.aborted) return timedOut(abortReason(deadline), false);
      if (limit.signal.aborted) {
        // A user's own server is still working on the request: it is not given the same work again.
        return left <= timeoutMs
          ? timedOut(NO_ANSWER_IN_TIME, false)
          : timedOut(`no answer within ${timeoutMs} ms`, !endpoint.local);
      }
      const answer = errorAnswer(error);
      return answer ? failed(answer) : { ok: false, failure: transportFailure(error, endpoint) };
    } finally {
      limit.release();
    }
  };
}

const NO_ANSWER_IN_TIME = 'no answer before the deadline';

/**
 * Why a caller has ended its call: one that waits for an answer gives up at the deadline too, though possibly a moment
 * before.
 */
function abortReason(deadline: number): string {
  const isLate = performance.now() >= deadline - DEADLINE_TOLERANCE_MS;
  return isLate ? NO_ANSWER_IN_TIME : 'its caller ended the call';
}

/** Sends a body and reads the whole answer. */
async function post(client: OpenAI, body: ChatBody, signal: AbortSignal): Promise<HttpAnswer> {
  const response = await client.chat.completions
    .create({ ...body, messages: [...body.messages] }, { signal })
    .asResponse();
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A server's answer that the package reports as a failed connection for lack of a better name. */
function errorAnswer(error: unknown): HttpAnswer | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof ErrorAnswer ? cause.answer : undefined;
}

function timedOut(message: string, transient: boolean): ChatOutcome {
  return { ok: false, failure: { kind: 'timeout', message, transient } };
}
