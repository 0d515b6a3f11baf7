import { createRandom } from '../util/random.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { estimateTokens } from '../util/tokens.ts';
import { findApiKey, OPENAI_BASE_URL, parseEndpoint } from './endpoint.ts';
import { FailedCallError } from './failed-call.ts';
import {
  addUsage,
  FREE,
  type GenerateRequest,
  type GenerateResult,
  type LanguageModel,
  type ModelPrice,
  NO_USAGE,
  type Usage,
} from './language-model.ts';
import { knownUnsupported, type WireParameter } from './model-quirks.ts';
import { createChatClient } from './openai-client.ts';
import { buildBody, type SampleRange, unhonoured } from './openai-request.ts';
import type { Completion } from './openai-response.ts';
import { costUsd, findPrice, loadPriceList } from './prices.ts';
import { type Failure, type Outcome, type RetryPolicy, retry } from './retry.ts';

/** Which model of which server, and how patient to be with it. */
export interface OpenAIOptions {
  /** The model's name as the server knows it. */
  readonly model: string;
  /** Default: OpenAI's own API. */
  readonly baseUrl?: string;
  /** Default: from the environment, see {@link findApiKey}. */
  readonly apiKey?: string;
  /**
   * Time for one HTTP request, and the longest wait before a retry, in ms; a request with less time left than this is
   * not repeated when the time is up. Default 60,000.
   */
  readonly timeoutMs?: number;
  /** How often a failed HTTP request is repeated. Default 2. */
  readonly maxRetries?: number;
  /** Wait before the first retry, in ms; it doubles with each. Default 500. */
  readonly backoffMs?: number;
  /** Default: nothing for a local server, else from `knowledge/model-prices.json`. */
  readonly price?: ModelPrice;
  /** The most samples that one HTTP request can ask for (`n`). Default: what is known of the provider, else 1. */
  readonly samplesPerCall?: number;
  /** Whether the server takes a JSON schema. Default: true, until it refuses one. */
  readonly jsonSchema?: boolean;
}

/**
 * A model behind any server that speaks OpenAI's chat-completions protocol: OpenAI, OpenRouter, Ollama, vLLM,
 * llama-server and others.
 *
 * Several samples come from `n` where the server has it, else from parallel requests; those that fail are missing
 * from the result, with a warning. Parameters that the model does not take are left out, with a warning: those
 * known beforehand, and those that the server refused once. Answers without a token count are counted by estimate, and
 * of requests that were not waited for the input.
 *
 * @throws UserError for a bad base URL or a missing key; the model itself throws {@link FailedCallError}
 * @example createOpenAIModel({ model: 'llama3.1', baseUrl: 'http://localhost:11434/v1' })
 */
export function createOpenAIModel(options: OpenAIOptions): LanguageModel {
  const { model, timeoutMs = 60_000, maxRetries = 2, backoffMs = 500 } = options;
  const endpoint = parseEndpoint(options.baseUrl ?? OPENAI_BASE_URL);
  const apiKey = findApiKey(endpoint, options.apiKey);
  const id = `${endpoint.provider}/${model}`;
  const price = options.price ?? (endpoint.local ? FREE : findPrice(model, loadPriceList()));
  const send = createChatClient(endpoint, apiKey, timeoutMs);
  const policy: RetryPolicy = {
    maxRetries,
    backoffMs,
    maxWaitMs: timeoutMs,
    random: createRandom(`retry/${id}`),
  };
  const unsupported = new Set<WireParameter>(knownUnsupported(model));
  if (options.jsonSchema === false) unsupported.add('response_format');

  const samplesPerCall = (): number =>
    unsupported.has('n') ? 1 : (options.samplesPerCall ?? endpoint.samplesPerCall);
  const clean = (text: string): string => safeLine(redactSecrets(text, apiKey ? [apiKey] : []), 300);
  // The answer itself is only rid of the key: other words in it that look like one are likely just words.
  const withoutKey = (text: string): string => (apiKey ? text.replaceAll(apiKey, '[redacted]') : text);

  /** One HTTP request, and again without a parameter as often as one is refused. */
  async function ask(
    request: GenerateRequest,
    range: SampleRange,
    spend: (usage: Usage) => void,
  ): Promise<Outcome<Completion>> {
    for (;;) {
      const outcome = await send(buildBody(model, request, range, unsupported), request);
      spend({ ...NO_USAGE, calls: 1 });
      if (!outcome.ok && outcome.failure.kind === 'timeout') spend(abandonedUsage(request, price));
      if (outcome.ok) {
        const completion = outcome.value;
        spend(tokenUsage(request, completion, price));
        // Some servers ignore `n` in silence.
        if (range.count > 1 && completion.choices === 1) unsupported.add('n');
        return completion.problem ? { ok: false, failure: completion.problem } : outcome;
      }
      const { rejected } = outcome.failure;
      if (rejected) unsupported.add(rejected);
      // Without `n` these samples are no longer one request.
      if (!rejected || rejected === 'n') return outcome;
    }
  }

  async function generate(request: GenerateRequest): Promise<GenerateResult> {
    const { samples: wanted = 1, signal, deadline = Number.POSITIVE_INFINITY } = request;
    if (signal?.aborted || performance.now() >= deadline) {
      throw new FailedCallError('timeout', `${id}: there is no time left for a call`, NO_USAGE);
    }
    let usage = NO_USAGE;
    const spend = (more: Usage): void => {
      usage = addUsage(usage, more);
    };

    const completions: Completion[] = [];
    const arrived = (): number => completions.reduce((sum, { samples }) => sum + samples.length, 0);
    let failures: Failure[] = [];
    let perCall: number;
    do {
      perCall = samplesPerCall();
      const outcomes = await Promise.all(
        splitSamples(arrived(), wanted, perCall).map((range) =>
          retry(() => ask(request, range, spend), policy, request),
        ),
      );
      completions.push(...outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])));
      failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]));
      // What is missing because the server turned out not to have `n` is asked for one by one.
    } while (arrived() < wanted && samplesPerCall() < perCall);

    const [failure] = failures;
    const samples = completions.flatMap((completion) => completion.samples).slice(0, wanted);
    if (samples.length === 0) {
      const { kind, message } = failure ?? { kind: 'bad-response', message: 'no sample arrived' };
      throw new FailedCallError(kind, clean(`${id}: ${message}`), usage);
    }
    const warnings = [
      ...unhonoured(request, unsupported),
      ...completions.flatMap((completion) => completion.warnings),
      ...(samples.length < wanted ? [`only ${samples.length} of ${wanted} samples arrived`] : []),
      ...failures.map(({ message }) => message),
    ];
    return {
      texts: samples.map(({ text }) => withoutKey(text)),
      finishReasons: samples.map(({ finishReason }) => finishReason),
      usage,
      warnings: [...new Set(warnings.map(clean))],
    };
  }

  return {
    id,
    capabilities: {
      samplesPerCall: samplesPerCall(),
      jsonSchema: !unsupported.has('response_format'),
      temperature: !unsupported.has('temperature'),
      score: false,
    },
    price,
    generate,
  };
}

/** The samples from `first` up to `end`, at most `perCall` together. */
function splitSamples(first: number, end: number, perCall: number): SampleRange[] {
  const ranges: SampleRange[] = [];
  for (let at = first; at < end; at += perCall)
    ranges.push({ first: at, count: Math.min(perCall, end - at) });
  return ranges;
}

/** A request that was sent and not waited for: providers charge at least for what they were sent. */
function abandonedUsage(request: GenerateRequest, price?: ModelPrice): Usage {
  const tokens = { inputTokens: inputEstimate(request), cachedInputTokens: 0, outputTokens: 0 };
  return { ...tokens, calls: 0, costUsd: price && costUsd(price, tokens) };
}

function inputEstimate({ messages }: GenerateRequest): number {
  return estimateTokens(messages.map(({ content }) => content).join('\n'));
}

/** What the server counted; where it did not, an estimate, and nothing for an answer that is no completion. */
function tokenUsage(request: GenerateRequest, completion: Completion, price?: ModelPrice): Usage {
  if (!completion.tokens && completion.problem) return NO_USAGE;
  const tokens = completion.tokens ?? {
    inputTokens: inputEstimate(request),
    cachedInputTokens: 0,
    outputTokens: completion.samples.reduce((sum, { text }) => sum + estimateTokens(text), 0),
  };
  return { ...tokens, calls: 0, costUsd: price && costUsd(price, tokens) };
}
