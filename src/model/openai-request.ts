import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { GenerateRequest } from './language-model.ts';
import { tokenLimit, type WireParameter } from './model-quirks.ts';
import type { ServerComplaint } from './openai-error-body.ts';
import { sampleSeed } from './sample-seed.ts';

/** Which of a request's samples one HTTP request asks for. */
export interface SampleRange {
  readonly first: number;
  readonly count: number;
}

/** The body of a chat-completion request, without the parameters that the model does not take. */
export function buildBody(
  model: string,
  request: GenerateRequest,
  { first, count }: SampleRange,
  unsupported: ReadonlySet<WireParameter>,
): ChatCompletionCreateParamsNonStreaming {
  const { messages, jsonSchema, maxTokens, temperature, seed } = request;
  const limit = tokenLimitParameter(unsupported);
  const optional: Partial<Record<WireParameter, unknown>> = {
    ...(limit && maxTokens !== undefined && { [limit]: tokenLimit(model, maxTokens) }),
    ...(temperature !== undefined && { temperature }),
    ...(seed !== undefined && { seed: sampleSeed(seed, first) }),
    ...(count > 1 && { n: count }),
    ...(jsonSchema && {
      response_format: { type: 'json_schema', json_schema: { ...jsonSchema, strict: true } },
    }),
  };
  const taken = Object.entries(optional).filter(([name]) => !unsupported.has(name as WireParameter));
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...Object.fromEntries(taken),
  };
}

/** Older servers know only `max_tokens`, reasoning models only `max_completion_tokens`. */
function tokenLimitParameter(unsupported: ReadonlySet<WireParameter>): WireParameter | undefined {
  return (['max_tokens', 'max_completion_tokens'] as const).find((name) => !unsupported.has(name));
}

/** What the request asks for and a model without these parameters cannot give. */
export function unhonoured(request: GenerateRequest, unsupported: ReadonlySet<WireParameter>): string[] {
  const asked: [wanted: boolean, honoured: boolean, name: string][] = [
    [request.temperature !== undefined, !unsupported.has('temperature'), 'temperature'],
    [request.seed !== undefined, !unsupported.has('seed'), 'seed'],
    [request.jsonSchema !== undefined, !unsupported.has('response_format'), 'JSON schema'],
    [request.maxTokens !== undefined, tokenLimitParameter(unsupported) !== undefined, 'maxTokens'],
  ];
  return asked
    .filter(([wanted, honoured]) => wanted && !honoured)
    .map(([, , name]) => `${name} is not supported`);
}

/** How servers call the parameters in their complaints; the letter n alone counts only where it is quoted. */
const PARAMETER_NAMES: readonly (readonly [WireParameter, RegExp])[] = [
  ['temperature', /\btemperature\b/],
  ['seed', /\bseed\b/],
  ['n', /['"`]n['"`]/],
  ['response_format', /\bresponse_format\b|\bjson.?schema\b/i],
  ['max_tokens', /\bmax_tokens\b/],
  ['max_completion_tokens', /\bmax_completion_tokens\b/],
];

/** A complaint that a parameter is not taken, rather than that the request is too long or otherwise wrong. */
const NOT_TAKEN =
  /unsupported|unavailable|unknown|unrecogni[sz]ed|unexpected|not (?:be )?(?:supported|permitted|allowed|available|recogni[sz]ed|implemented)|does ?n[o']t support|extra (?:field|input)|invalid schema|must be (?:one of|['"])|at most 1\b/i;

/**
 * The parameter in the request's body that a server's complaint says it does not take, or undefined when the
 * complaint is about something else.
 */
export function rejectedParameter(
  body: ChatCompletionCreateParamsNonStreaming,
  { message, param = '', code = '' }: ServerComplaint,
): WireParameter | undefined {
  if (!NOT_TAKEN.test(message) && !NOT_TAKEN.test(code.replaceAll('_', ' '))) return undefined;
  const sent = PARAMETER_NAMES.filter(([name]) => body[name] !== undefined);
  const named = sent
    .map(([name, pattern]) => ({ name, position: message.search(pattern) }))
    .filter(({ position }) => position >= 0)
    .sort((a, b) => a.position - b.position);
  return sent.find(([name]) => name === param.split(/[.[]/)[0])?.[0] ?? named[0]?.name;
}
