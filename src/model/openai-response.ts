import { z } from 'zod';
import { table } from '../util/table.ts';
import type { FinishReason, Usage } from './language-model.ts';
import type { Failure } from './retry.ts';

/** What is kept of one sample's text. */
const MAX_TEXT_BYTES = 64 * 1024;

/** More than any request asks for. */
const MAX_CHOICES = 128;

/** One sample of a completion. */
interface Sample {
  readonly text: string;
  readonly finishReason: FinishReason;
}

/** What the body of an answer turned out to hold. */
export interface Completion {
  readonly samples: readonly Sample[];
  /** Choices in the body, usable or not; at most {@link MAX_CHOICES}. */
  readonly choices: number;
  /** Undefined when the server did not say. */
  readonly tokens?: Pick<Usage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>;
  readonly warnings: readonly string[];
  /** All that the model said was thought, and its tokens ended before an answer. */
  readonly starved: boolean;
  /** Why there is no sample; set exactly then. */
  readonly problem?: Failure;
  /** The body is an error's, although it came with a good status; this is the one that would fit. */
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

/** Mistral's reasoning models answer in parts, of which the reasoning is one. */
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
 * Reads the body of an answer to a chat-completion request. It may be anything: nothing here throws, and of a
 * sample's text no more than {@link MAX_TEXT_BYTES} is kept.
 *
 * @param contentType of the answer, to say what came instead of a completion
 */
export function parseCompletion(body: string, contentType: string | null): Completion {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) {
    return withoutSamples(unusable(describeForeignBody(body, contentType)));
  }
  const { usage, error } = parsed.data;
  // Of a hostile server's millions, only a few are looked at.
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

/** What one choice of a completion turned out to hold. */
interface ChoiceAnswer {
  readonly sample: Sample;
  readonly isCut: boolean;
  /** It is all thought, and there were no tokens, or no words, for an answer. */
  readonly isStarved: boolean;
}

/** Reads one choice; undefined where it is none. */
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

/** A JSON object at the end of what passes for thoughts: servers that look for thoughts may file an answer there. */
function answerWithin(thought: string): string {
  return /\{[^{}]{1,2000}\}\s{0,100}$/.exec(thought.slice(-4000))?.[0] ?? '';
}

/** Thoughts that have not ended, as servers leave them in the answer that do not tell them apart. */
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
 * The part of a text that is kept. The round trip through bytes makes a copy, so that a short text does not keep
 * a body of megabytes alive, and replaces halves of surrogate pairs.
 */
function keepable(text: string): { readonly kept: string; readonly cut: boolean } {
  const bytes = Buffer.from(text.slice(0, MAX_TEXT_BYTES + 1));
  if (bytes.length <= MAX_TEXT_BYTES) return { kept: bytes.toString(), cut: false };
  // A character at the end that lost some of its bytes is dropped.
  return { kept: bytes.toString('utf8', 0, MAX_TEXT_BYTES).replace(/\ufffd$/, ''), cut: true };
}
