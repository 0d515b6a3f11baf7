import { parseErrorBody } from './openai-error-body.ts';

/** A server's answer that is larger than any completion. */
export class OversizedBodyError extends Error {}

/**
 * A `fetch` for the openai client that a hostile server cannot hurt: a body of more than `maxBytes` ends in an
 * {@link OversizedBodyError}; and since the client understands only OpenAI's own error bodies, those of other servers
 * are put into its words.
 */
export function openaiFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body) return response;
    const body = response.body.pipeThrough(byteLimit(maxBytes));
    const { status, statusText, headers } = response;
    const bounded = new Response(body, { status, statusText, headers });
    if (response.ok) return bounded;
    const text = await bounded.text().catch(() => '');
    return Response.json({ error: parseErrorBody(text) }, { status, statusText, headers });
  };
}

function byteLimit(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new OversizedBodyError());
      else controller.enqueue(chunk);
    },
  });
}
