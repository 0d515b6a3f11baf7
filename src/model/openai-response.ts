import { z } from 'zod';
import { table } from '../util/table.ts';
import type { FinishReason, Usage } from './language-model.ts';
import type { Failure } from './retry.ts';

/** Largest part of a sample's text that is kept. */
const MAX_TEXT_BYTES = 64 * 1024;

/** More than any request asks for. */
const MAX_CHOICES = 128;

/** One sample of a completion. */
interface Sample {
  readonly text: string;
  readonly finishReason: FinishReason;
}

/** The content of an answer's body. */
export interface Completion {
  readonly samples: readonly Sample[];
  /** Choices in the body, usable or not; at most {@link MAX_CHOICES}. */
  readonly choices: number;
  /** Undefined when the server did not state them. */
  readonly tokens?: Pick<Usage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>;
  readonly warnings: readonly string[];
  /** The whole text was thought, and the tokens ran out before an answer. */
  readonly starved: boolean;
  /** Why there is no sample; set exactly then. */
  readonly problem?: Failure;
  /** The body is an error although the status was good; this is the status that would fit. */
  readonly errorStatus?: number;
}

const count = z.number().int().min(0).max(1e9);

const bodySchema = z.object({
  choices: z.unknown().optional(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z
        .object({ cached_tokens: count.catch(0) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  error: z
    .union([
      z.string().transform(() => ({ code: undefined })),
      z.object({ code: z.coerce.number().int().optional().catch(undefined) }),
    ])
    .nullish()
    .catch(undefined),
});

/** Mistral's reasoning models answer in parts, some of which are reasoning. */
const partsSchema = z
  .array(z.object({ type: z.string().catch(''), text: z.string().catch('') }))
  .transform((parts) => parts.flatMap(({ type, text }) => (type === 'text' ? [text] : [])).join(''));

const choiceSchema = z.object({
  message: z.object({
    content: z.union([z.string(), partsSchema]).nullish(),
    refusal: z.string().nullish().catch(null),
    reasoning: z.string().nullish().catch(null),
    reasoning_content: z.string().nullish().catch(null),
  }),
  finish_reason: z.string().nullish().catch(null),
});

const FINISH_REASONS = table<FinishReason>({
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
});

/**
 * Reads the body of an answer to a chat-completion request. It may be anything: this never throws, and keeps at most
 * {@link MAX_TEXT_BYTES} of a sample's text.
 *
 * @param contentType type of the answer, for messages when it is not a completion
 */
export function parseCompletion(body: string, contentType: string | null): Completion {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) {
    return withoutSamples(unusable(describeForeignBody(body, contentType)));
  }
  const { usage, error } = parsed.data;
  // A hostile server may send millions; only a few are read.
  const choices: unknown[] = Array.isArray(parsed.data.choices)
    ? parsed.data.choices.slice(0, MAX_CHOICES)
    : [];
  const tokens = usage && {
    inputTokens: usage.prompt_tokens,
    cachedInputTokens: Math.min(usage.prompt_tokens_details?.cached_tokens ?? 0, usage.prompt_tokens),
    outputTokens: usage.completion_tokens,
  };
  if (error && choices.length === 0) {
    // OpenRouter reports the failure of a provider behind it with status 200 and the real status in the body.
    const { code = 400 } = error;
    const errorStatus = code >= 400 && code < 600 ? code : 400;
    return { ...withoutSamples(unusable('the answer is an error')), errorStatus };
  }

  const read = choices.flatMap((choice) => readChoice(choice) ?? []);
  const answers = read.flatMap((answer) => (answer === 'refused' ? [] : [answer]));
  const found = {
    samples: answers.map(({ sample }) => sample),
    choices: choices.length,
    tokens,
    warnings: answers.flatMap(({ isCut }) =>
      isCut ? [`an answer was cut to ${MAX_TEXT_BYTES / 1024} KiB`] : [],
    ),
    starved: answers.length > 0 && answers.every(({ isStarved }) => isStarved),
  };
  if (answers.length > 0) return found;
  return read.length > 0
    ? { ...found, problem: { kind: 'refused', message: 'the model refused to answer', transient: false } }
    : { ...found, problem: unusable('the answer has no usable choice in it') };
}

/** The content of one choice of a completion. */
interface ChoiceAnswer {
  readonly sample: Sample;
  readonly isCut: boolean;
  /** It consists of thought only, and there were no tokens, or no words, for an answer. */
  readonly isStarved: boolean;
}

/** Reads one choice; undefined if it is not one. */
function readChoice(raw: unknown): ChoiceAnswer | 'refused' | undefined {
  const choice = choiceSchema.safeParse(raw);
  if (!choice.success) return undefined;
  const { finish_reason: finish } = choice.data;
  const { content, refusal, reasoning, reasoning_content: reasoned } = choice.data.message;
  if (refusal) return 'refused';
  const thought = reasoned || reasoning || '';
  const { kept: text, cut: isCut } = keepable(content || (finish === 'length' ? '' : answerWithin(thought)));
  return {
    sample: { text, finishReason: isCut ? 'length' : (FINISH_REASONS[finish ?? ''] ?? 'other') },
    isCut,
    isStarved: isOnlyThought(text) && (finish === 'length' || thought !== ''),
  };
}

function withoutSamples(problem: Failure): Completion {
  return { samples: [], choices: 0, warnings: [], starved: false, problem };
}

/** A JSON object at the end of the reasoning: servers that separate reasoning may misfile an answer there. */
function answerWithin(thought: string): string {
  return /\{[^{}]{1,2000}\}\s{0,100}$/.exec(thought.slice(-4000))?.[0] ?? '';
}

/** Unfinished reasoning, left in the answer by servers that do not separate it. */
const UNENDED_THOUGHT = /^\s*<(think|thinking|thought|reasoning)>(?![\s\S]*<\/\1>)/i;

function isOnlyThought(text: string): boolean {
  return text.trim() === '' || UNENDED_THOUGHT.test(text);
}

function unusable(message: string): Failure {
  return { kind: 'bad-response', message, transient: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeForeignBody(body: string, contentType: string | null): string {
  if (body.trim() === '') return 'the answer is empty';
  const type = contentType?.split(';')[0]?.trim();
  if (type === 'application/json') return 'the answer is not the JSON of a completion, or was cut off';
  return `the answer is ${type ?? 'of no known type'} instead of JSON; is the base URL right?`;
}

/**
 * The part of a text that is kept. The round trip through bytes makes a copy, so that a short text does not keep a body
 * of megabytes alive, and replaces lone surrogates.
 */
function keepable(text: string): { readonly kept: string; readonly cut: boolean } {
  const bytes = Buffer.from(text.slice(0, MAX_TEXT_BYTES + 1));
  if (bytes.length <= MAX_TEXT_BYTES) return { kept: bytes.toString(), cut: false };
  // A character at the end that lost some of its bytes is dropped.
  return { kept: bytes.toString('utf8', 0, MAX_TEXT_BYTES).replace(/\ufffd$/, ''), cut: true };
}
