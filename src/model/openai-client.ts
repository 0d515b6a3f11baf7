import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { timeLimit } from '../util/time-limit.ts';
import type { Endpoint } from './endpoint.ts';
import type { GenerateRequest } from './language-model.ts';
import type { WireParameter } from './model-quirks.ts';
import { failureOf } from './openai-failure.ts';
import { openaiFetch } from './openai-fetch.ts';
import { rejectedParameter } from './openai-request.ts';
import { type Completion, parseCompletion } from './openai-response.ts';
import type { Failure, Outcome } from './retry.ts';

/** A failed HTTP request. */
export interface ChatFailure extends Failure {
  /** The parameter in its body that the server does not take, if that is the reason. */
  readonly rejected?: WireParameter;
}

/** Sends one chat-completion request and says what became of it; never rejects. */
export type ChatClient = (
  body: ChatCompletionCreateParamsNonStreaming,
  limits: Pick<GenerateRequest, 'signal' | 'deadline'>,
) => Promise<Outcome<Completion, ChatFailure>>;

const DEADLINE_TOLERANCE_MS = 100;

/** Far more than a completion needs; a server that sends more is cut off. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * A client of one server over the openai package, whose own retries, time-outs and log are off. A failure's message
 * may repeat the server's own words, and so hold secrets.
 *
 * @param timeoutMs for one request
 */
export function createChatClient(
  endpoint: Endpoint,
  apiKey: string | undefined,
  timeoutMs: number,
): ChatClient {
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    // The package insists on a key; the header is what counts.
    apiKey: apiKey ?? 'none',
    defaultHeaders: apiKey === undefined ? { Authorization: null } : {},
    // Unset, these come from the environment and go to any server.
    organization: null,
    project: null,
    adminAPIKey: null,
    fetch: openaiFetch(MAX_BODY_BYTES),
    maxRetries: 0,
    logLevel: 'off',
  });

  return async (body, { signal, deadline = Number.POSITIVE_INFINITY }) => {
    const left = deadline - performance.now();
    const limit = timeLimit(Math.min(timeoutMs, left), signal);
    try {
      const response = await client.chat.completions.create(body, { signal: limit.signal }).asResponse();
      return {
        ok: true,
        value: parseCompletion(await response.text(), response.headers.get('content-type')),
      };
    } catch (error) {
      // Whoever waits for an answer gives up at the deadline, too, if a moment before.
      const isLate = performance.now() >= deadline - DEADLINE_TOLERANCE_MS;
      if (signal?.aborted) {
        return timedOut(isLate ? 'no answer before the deadline' : 'its caller ended the call', false);
      }
      if (limit.signal.aborted) {
        return left <= timeoutMs
          ? timedOut('no answer before the deadline', false)
          : timedOut(`no answer within ${timeoutMs} ms`, true);
      }
      return { ok: false, failure: { ...failureOf(error, endpoint), rejected: rejectedBy(error, body) } };
    } finally {
      limit.release();
    }
  };
}

function timedOut(message: string, transient: boolean): { ok: false; failure: ChatFailure } {
  return { ok: false, failure: { kind: 'timeout', message, transient } };
}

function rejectedBy(error: unknown, body: ChatCompletionCreateParamsNonStreaming): WireParameter | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined;
  return rejectedParameter(body, {
    message: error.message,
    param: error.param ?? undefined,
    code: error.code ?? undefined,
  });
}
