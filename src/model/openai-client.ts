import { timeLimit } from '../util/time-limit.ts';
import type { Endpoint } from './endpoint.ts';
import { type HttpAnswer, sendRequest } from './http-request.ts';
import type { GenerateRequest } from './language-model.ts';
import { answerFailure, type ChatFailure, transportFailure } from './openai-failure.ts';
import type { ChatBody } from './openai-request.ts';
import { type Completion, parseCompletion } from './openai-response.ts';
import type { Outcome } from './retry.ts';

/** What became of a request. */
export type ChatOutcome = Outcome<Completion, ChatFailure>;

/** Limits of one request. */
export interface ChatLimits extends Pick<GenerateRequest, 'signal' | 'deadline'> {
  /** In ms; without one the deadline alone counts. */
  readonly timeoutMs?: number;
}

/** Sends one chat-completion request and says what became of it; never rejects. */
export type ChatClient = (body: ChatBody, limits: ChatLimits) => Promise<ChatOutcome>;

const DEADLINE_TOLERANCE_MS = 100;

/** A client of one server. A failure's message may repeat the server's own words, and so hold secrets. */
export function createChatClient(endpoint: Endpoint, apiKey: string | undefined): ChatClient {
  return async (
    body,
    { signal, deadline = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY },
  ) => {
    const left = deadline - performance.now();
    const limit = timeLimit(Math.min(timeoutMs, left), signal);
    const fail = (answer: HttpAnswer): ChatOutcome => ({
      ok: false,
      failure: answerFailure(answer, endpoint, apiKey !== undefined),
    });
    try {
      const answer = await sendRequest({
        method: 'POST',
        url: `${endpoint.baseUrl}/chat/completions`,
        headers: requestHeaders(apiKey),
        body: JSON.stringify(body),
        signal: limit.signal,
      });
      if (answer.status < 200 || answer.status >= 300) return fail(answer);
      const completion = parseCompletion(answer.text, answer.headers.get('content-type'));
      const { errorStatus } = completion;
      return errorStatus === undefined
        ? { ok: true, value: completion }
        : fail({ ...answer, status: errorStatus });
    } catch (error) {
      // Whoever waits for an answer gives up at the deadline, too, if a moment before.
      const isLate = performance.now() >= deadline - DEADLINE_TOLERANCE_MS;
      if (signal?.aborted) {
        return timedOut(isLate ? 'no answer before the deadline' : 'its caller ended the call', false);
      }
      if (limit.signal.aborted) {
        // A server of one's own still works on what it was asked: it is not given the same work again.
        return left <= timeoutMs
          ? timedOut('no answer before the deadline', false)
          : timedOut(`no answer within ${timeoutMs} ms`, !endpoint.local);
      }
      return { ok: false, failure: transportFailure(error, endpoint) };
    } finally {
      limit.release();
    }
  };
}

/** The headers of every request to a model server. */
export function requestHeaders(apiKey: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'pokellmon',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
}

function timedOut(message: string, transient: boolean): ChatOutcome {
  return { ok: false, failure: { kind: 'timeout', message, transient } };
}
