import { estimateTokens } from '../util/tokens.ts';
import type { GenerateRequest, Message } from './language-model.ts';
import type { WireParameter } from './model-quirks.ts';
import { sampleSeed } from './sample-seed.ts';
import type { AnswerForm, ServerTraits } from './server-traits.ts';

/** Which of the requested samples one HTTP request asks for. */
export interface SampleRange {
  readonly first: number;
  readonly count: number;
}

/** The body of a chat-completion request, as far as this package uses it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly n?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: ResponseFormat;
}

type Schema = Readonly<Record<string, unknown>>;

type ResponseFormat =
  | {
      readonly type: 'json_schema';
      readonly json_schema: { readonly name: string; readonly schema: Schema; readonly strict: true };
    }
  | { readonly type: 'json_object'; readonly schema?: Schema };

/** Tokens by which an estimate of the prompt may be too low. */
const CONTEXT_MARGIN = 16;
/** No answer is shorter: a limit below it is left to the server. */
const LEAST_TOKENS = 16;

/** The body of a chat-completion request, as far as the model supports it. */
export function buildBody(
  model: string,
  request: GenerateRequest,
  { first, count }: SampleRange,
  traits: ServerTraits,
): ChatBody {
  const { messages, jsonSchema, temperature, seed } = request;
  const { unsupported } = traits;
  const limitName = tokenLimitName(unsupported);
  const limit = tokenLimit(request, traits);
  const optional: Partial<Record<WireParameter, number>> = {
    ...(limitName && limit !== undefined && { [limitName]: limit }),
    ...(temperature !== undefined && { temperature }),
    ...(seed !== undefined && { seed: sampleSeed(seed, first) }),
    ...(count > 1 && { n: count }),
  };
  const taken = Object.entries(optional).filter(([name]) => !unsupported.has(name as WireParameter));
  const form = jsonSchema && responseFormat(jsonSchema, traits);
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...Object.fromEntries(taken),
    ...(form && { response_format: form }),
  };
}

/** Older servers know only `max_tokens`, reasoning models only `max_completion_tokens`. */
function tokenLimitName(unsupported: ReadonlySet<WireParameter>): WireParameter | undefined {
  return (['max_tokens', 'max_completion_tokens'] as const).find((name) => !unsupported.has(name));
}

/** The token limit to send: what the request needs plus room to think, as far as model and context allow. */
function tokenLimit(request: GenerateRequest, traits: ServerTraits): number | undefined {
  const { maxTokens } = request;
  if (maxTokens === undefined) return undefined;
  const { thinkingTokens, mostTokens = Number.POSITIVE_INFINITY, context } = traits;
  const room = context
    ? context.tokens - Math.ceil(promptEstimate(request) * context.perEstimate) - CONTEXT_MARGIN
    : Number.POSITIVE_INFINITY;
  const limit = Math.min(maxTokens + thinkingTokens, mostTokens, room);
  return limit < Math.min(maxTokens, LEAST_TOKENS) ? undefined : limit;
}

/** Tokens of a request's prompt, estimated. */
export function promptEstimate({ messages }: Pick<GenerateRequest, 'messages'>): number {
  return estimateTokens(messages.map(({ content }) => content).join('\n'));
}

/** The token limit in a body. */
export function sentTokenLimit(body: ChatBody): number | undefined {
  return body.max_tokens ?? body.max_completion_tokens;
}

type JsonSchema = NonNullable<GenerateRequest['jsonSchema']>;

function responseFormat(
  { name, schema: wanted }: JsonSchema,
  { forms, bounds }: ServerTraits,
): ResponseFormat | undefined {
  const schema = bounds ? wanted : withoutBounds(wanted);
  switch (forms[0]) {
    case 'json_schema':
      return { type: 'json_schema', json_schema: { name, schema, strict: true } };
    case 'json_object with schema':
      return { type: 'json_object', schema };
    case 'json_object':
      return { type: 'json_object' };
    default:
      return undefined;
  }
}

/** Keywords with which a schema restricts an answer to a turn. */
const BOUNDS: ReadonlySet<string> = new Set(['enum', 'maxLength', 'minItems', 'maxItems']);

function withoutBounds(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema, (key, value) => (BOUNDS.has(key) ? undefined : value)));
}

/** Whether the schema of a body bounds the answer. */
export function isBounded({ response_format: format }: ChatBody): boolean {
  let found = false;
  JSON.stringify(format ?? null, (key, value) => {
    found ||= BOUNDS.has(key);
    return value;
  });
  return found;
}

/** The form in which a body asks for the answer. */
export function sentForm({ response_format: format }: ChatBody): AnswerForm {
  if (format?.type === 'json_schema') return 'json_schema';
  if (format?.type !== 'json_object') return 'none';
  return 'schema' in format ? 'json_object with schema' : 'json_object';
}

/** Parts of the request that a model with these traits cannot honour. */
export function unhonoured(request: GenerateRequest, { unsupported, forms }: ServerTraits): string[] {
  const asked: [wanted: boolean, honoured: boolean, name: string][] = [
    [request.temperature !== undefined, !unsupported.has('temperature'), 'temperature'],
    [request.seed !== undefined, !unsupported.has('seed'), 'seed'],
    [
      request.jsonSchema !== undefined,
      forms[0] === 'json_schema' || forms[0] === 'json_object with schema',
      'JSON schema',
    ],
    [request.maxTokens !== undefined, tokenLimitName(unsupported) !== undefined, 'maxTokens'],
  ];
  return asked
    .filter(([wanted, honoured]) => wanted && !honoured)
    .map(([, , name]) => `${name} is not supported`);
}
