import { z } from 'zod';
import { safeLine } from '../util/safe-text.ts';

/** What a server says is wrong with a request. */
export interface ServerComplaint {
  readonly message: string;
  /** Name of the parameter at fault, where it says. */
  readonly param?: string;
  readonly code?: string;
}

const optionalText = z.string().optional().catch(undefined);

/** OpenAI: `{error: {message, param, code}}`; vLLM: the same without `error`; Ollama: `{error: "…"}`. */
const complaintSchema = z.object({ message: z.string(), param: optionalText, code: optionalText });

const bodySchema = z.union([
  z.object({ error: complaintSchema }).transform(({ error }) => error),
  complaintSchema,
  z.object({ error: z.string() }).transform(({ error }) => ({ message: error })),
  z.object({ detail: z.string() }).transform(({ detail }) => ({ message: detail })),
  // FastAPI: what is wrong, and the path to where.
  z
    .object({
      detail: z.tuple(
        [z.object({ msg: z.string(), loc: z.array(z.union([z.string(), z.number()])) })],
        z.unknown(),
      ),
    })
    .transform(({ detail: [{ msg, loc }] }) => ({
      message: `${loc.join('.')}: ${msg}`,
      param: String(loc.at(-1)),
    })),
]) satisfies z.ZodType<ServerComplaint>;

/** Reads the body of an answer of status 400 or above, in any of the dialects of OpenAI-compatible servers. */
export function parseErrorBody(body: string): ServerComplaint {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(body));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: an error page of a proxy, most often.
  }
  return { message: safeLine(body.slice(0, 2000).replace(/<[^>]*>/g, ' ')) || 'no reason given' };
}
