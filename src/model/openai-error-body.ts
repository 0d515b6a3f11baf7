import { safeLine } from '../util/safe-text.ts';

/** What a server says is wrong with a request. */
export interface ServerComplaint {
  /** Its reason as one text; a general one (`Provider returned error`) only if there is no other. */
  readonly message: string;
  /** Path of the parameter at fault, if stated: `response_format.type`. */
  readonly param?: string;
  /** Its codes and types: `context_length_exceeded invalid_request_error`. */
  readonly code?: string;
}

/** More of a body than its reason needs; for servers that repeat the whole prompt. */
const MAX_CHARS = 100_000;
const MAX_DEPTH = 8;
const MAX_PARTS = 200;
/** Most different reasons in the text, the outermost first. */
const MOST_REASONS = 3;

/** Keys whose texts may be reasons. Others repeat the request, name it, or point to documentation. */
const REASON_KEYS =
  /^(?:message|msg|error|errors|error_?message|error_?msg|error_description|detail|details|description|reason|raw|title|cause|text|metadata|body)$/i;
const CODE_KEYS = /^(?:code|type|status|error_?(?:code|type)|err_?code)$/i;
const PARAM_KEYS = /^(?:param|parameter|field|path)$/i;
/** Numbers that belong to the reason (llama-server). */
const NUMBER_KEYS = /^(?:n_ctx|n_prompt_tokens)$/;

/** Reasons that say nothing: a gateway's, when the provider's own is nested deeper. */
const GENERAL =
  /^(?:error|errors|unknown error|(?:the )?(?:provider|upstream|backend)(?: \w+)? (?:returned|responded with) (?:an )?error|(?:backend |upstream )?request failed(?: with status(?: code)? \d+)?|(?:status )?\d{3}|bad request|internal server error|service unavailable|unprocessable entity|too many requests|not found|forbidden|unauthorized|validation error|server error)[.:!]?$/i;

/** Python servers print where and what was wrong like this: `'loc': ('body', 'n'), 'msg': 'Input …'`. */
const PYTHON_FINDING = /'loc': \(([^()]{1,200})\), 'msg': (?:'([^'\n]{1,500})'|"([^"\n]{1,500})")/;

/**
 * Reads the body of an error answer in any of the dialects of OpenAI-compatible servers: OpenAI's `{error: {message,
 * param, code}}`, the same without `error` (vLLM), `{error: "…"}` (Ollama, LM Studio), FastAPI's lists of `{loc, msg}`,
 * a provider's body as text within a gateway's (`error.metadata.raw`), or plain text. The body is hostile: the work is
 * bounded and nothing is thrown.
 */
export function parseErrorBody(body: string): ServerComplaint {
  const found = new Findings();
  found.collect(body.slice(0, MAX_CHARS));
  const words = found.reasons
    .map((reason) => safeLine(withoutTags(reason), 1000))
    .filter((reason) => reason !== '');
  const telling = words.filter((reason) => !GENERAL.test(reason));
  const chosen = telling.length > 0 ? telling : words.slice(0, 1);
  const distinct = chosen.filter((reason, i) => !chosen.some((other, j) => j < i && other.includes(reason)));
  const message = distinct.slice(0, MOST_REASONS).join(': ');
  const param = found.params[0];
  const numbers = found.numbers.length > 0 ? ` (${found.numbers.join(', ')})` : '';
  return {
    message: `${message || found.codes[0] || 'no reason given'}${numbers}`,
    ...(param && { param }),
    ...(found.codes.length > 0 && { code: found.codes.join(' ') }),
  };
}

/** What a walk through a body has found, outermost first. */
class Findings {
  readonly reasons: string[] = [];
  readonly codes: string[] = [];
  readonly params: string[] = [];
  readonly numbers: string[] = [];
  private parts = 0;

  /** Searches a value that may hold a reason. */
  collect(value: unknown, depth = 0): void {
    if (depth > MAX_DEPTH || this.parts++ > MAX_PARTS) return;
    if (typeof value === 'string') this.collectText(value, depth);
    else if (Array.isArray(value)) for (const part of value) this.collect(part, depth + 1);
    else if (typeof value === 'object' && value !== null) this.collectObject(value, depth);
  }

  private collectText(text: string, depth: number): void {
    const whole = parseJson(text);
    const python = PYTHON_FINDING.exec(text);
    if (typeof whole === 'object' && whole !== null) this.collect(whole, depth + 1);
    else if (python) this.collectFinding(python[1]?.match(/\w+/g) ?? [], python[2] ?? python[3]);
    else {
      // A gateway's words before the provider's body: `litellm.BadRequestError: {"error": …}`.
      const start = text.indexOf('{');
      const nested = start < 0 ? undefined : parseJson(text.slice(start));
      this.reasons.push(typeof whole === 'string' ? whole : nested ? text.slice(0, start) : text);
      if (nested) this.collect(nested, depth + 1);
    }
  }

  /** Collects what FastAPI finds wrong, and where. */
  private collectFinding(where: readonly unknown[], what: unknown): void {
    const path = where.filter((part) => part !== 'body').join('.');
    this.params.push(path);
    this.reasons.push(`${path}: ${typeof what === 'string' ? what : 'not taken'}`);
  }

  private collectObject(value: object, depth: number): void {
    const entries = Object.entries(value).slice(0, MAX_PARTS);
    const { loc: where, msg: what } = Object.fromEntries(entries);
    if (Array.isArray(where)) {
      this.collectFinding(where, what);
      return;
    }
    for (const [key, part] of entries) {
      if (NUMBER_KEYS.test(key) && typeof part === 'number') this.numbers.push(`${key} ${part}`);
      else if (CODE_KEYS.test(key) && isPlain(part)) this.codes.push(safeLine(String(part), 100));
      else if (PARAM_KEYS.test(key) && typeof part === 'string') this.params.push(part);
    }
    // An object's own texts come before those nested deeper in it.
    const worded = entries.filter(([key]) => REASON_KEYS.test(key));
    for (const [, part] of worded) if (typeof part === 'string') this.collect(part, depth + 1);
    for (const [, part] of worded) if (typeof part !== 'string') this.collect(part, depth + 1);
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** An error page of a proxy, reduced to its words. */
function withoutTags(text: string): string {
  return text
    .slice(0, 4000)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<\/?[a-z!][^>]{0,500}>/gi, ' ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
