import { type HttpAnswer, sendRequest } from './http-request.ts';

/** A server's error answer: the openai package keeps only errors of OpenAI's own form complete. */
export class ErrorAnswer extends Error {
  constructor(readonly answer: HttpAnswer) {
    super(`status ${answer.status}`);
  }
}

/**
 * A `fetch` for the openai package over {@link sendRequest}: no time limit but the signal's, no redirect to another
 * server, no endless body.
 *
 * @throws {ErrorAnswer} when the status is not success
 */
export async function openaiFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const answer = await sendRequest({
    method: init.method?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    url: String(input instanceof Request ? input.url : input),
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(typeof init.body === 'string' && { body: init.body }),
    signal: init.signal ?? new AbortController().signal,
  });
  if (answer.status < 200 || answer.status >= 300) throw new ErrorAnswer(answer);
  // A Response must not have a body when its status rules one out.
  return new Response(answer.text === '' ? null : answer.text, {
    status: answer.status,
    headers: answer.headers,
  });
}
