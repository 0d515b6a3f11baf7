import { createRandom } from '../util/random.ts';
import { redactSecrets, redactValues, safeLine } from '../util/safe-text.ts';
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
import { createLearningClient } from './learning-client.ts';
import { createChatClient } from './openai-client.ts';
import type { ChatFailure } from './openai-failure.ts';
import { type ChatBody, promptEstimate, type SampleRange, unhonoured } from './openai-request.ts';
import type { Completion } from './openai-response.ts';
import { costUsd, findPrice, loadPriceList } from './prices.ts';
import { type Outcome, type RetryPolicy, retry } from './retry.ts';
import { initialTraits, type SchemaMode } from './server-traits.ts';

/** Which model of which server to use, and how patient to be with it. */
export interface OpenAIOptions {
  /** The model's name on the server. */
  readonly model: string;
  /** @default OpenAI's own API */
  readonly baseUrl?: string;
  /** @default from the environment, see `findApiKey` */
  readonly apiKey?: string;
  /**
   * Time for one HTTP request, in ms; if the call has less time left than this, the request is not repeated after a
   * time-out.
   *
   * @default until the call's deadline, or 60,000 without one, which is then also the longest wait for a retry
   */
  readonly timeoutMs?: number;
  /**
   * How often a failed HTTP request is repeated.
   *
   * @default 2
   */
  readonly maxRetries?: number;
  /**
   * Wait before the first retry, in ms; it doubles with each.
   *
   * @default 500
   */
  readonly backoffMs?: number;
  /** @default nothing for a local server, else from `knowledge/model-prices.json` */
  readonly price?: ModelPrice;
  /**
   * The most samples that one HTTP request can ask for (`n`).
   *
   * @default the provider's known number, otherwise 1
   */
  readonly samplesPerCall?: number;
  /**
   * How the answer's format is requested.
   *
   * @default `auto`, as strictly as the server supports
   */
  readonly schema?: SchemaMode;
  /**
   * Whether each request may have its own schema, so that answers are restricted to the turn's numbers.
   *
   * @default on a local server; elsewhere a new schema costs time, while an unchanged one is cached
   */
  readonly constrain?: boolean;
  /** Called once, with one line, for each thing that the server turned out to reject or to need. */
  readonly onNotice?: (line: string) => void;
}

/** The failure of a model that only thinks, even with extra room. */
const ONLY_THOUGHT: ChatFailure = {
  kind: 'bad-response',
  message: 'all tokens it may use went into thinking, none into an answer',
  transient: false,
};

/** Time for a request without a deadline, in ms. */
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * A model behind any server that speaks OpenAI's chat-completions protocol: OpenAI, OpenRouter, Ollama, vLLM,
 * llama-server and others.
 *
 * Several samples come from `n` if the server has it, otherwise from parallel requests; failed ones are missing from
 * the result, with a warning. Unsupported parameters are left out, with a warning: those known beforehand, and those
 * that the server turned out to refuse, see `createLearningClient`. Answers without a token count are estimated, as is
 * the input of abandoned requests.
 *
 * @throws {UserError} when the base URL is bad or a key is missing; the model itself throws `FailedCallError`
 * @example createOpenAIModel({ model: 'llama3.1', baseUrl: 'http://localhost:11434/v1' })
 */
export function createOpenAIModel(options: OpenAIOptions): LanguageModel {
  const { model, timeoutMs, maxRetries = 2, backoffMs = 500 } = options;
  const endpoint = parseEndpoint(options.baseUrl ?? OPENAI_BASE_URL);
  const apiKey = findApiKey(endpoint, options.apiKey);
  const secrets = apiKey === undefined ? [] : [apiKey];
  const id = `${endpoint.provider}/${model}`;
  const price = options.price ?? (endpoint.local ? FREE : findPrice(model, loadPriceList()));
  const send = createChatClient(endpoint, apiKey);
  const client = createLearningClient(
    model,
    initialTraits(model, options.schema ?? 'auto'),
    options.onNotice,
  );
  const policy: RetryPolicy = {
    maxRetries,
    backoffMs,
    maxWaitMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
    random: createRandom(`retry/${id}`),
  };

  const samplesPerCall = (): number =>
    client.traits.unsupported.has('n') ? 1 : (options.samplesPerCall ?? endpoint.samplesPerCall);
  const clean = (text: string): string => safeLine(redactSecrets(text, secrets), 400);

  /** Asks one question, again for as long as a refusal teaches something. */
  async function ask(
    request: GenerateRequest,
    range: SampleRange,
    retries: number,
    account: { spend(usage: Usage): void; answered: boolean },
  ): Promise<Outcome<Completion, ChatFailure>> {
    const { signal, deadline } = request;
    const limitMs = timeoutMs ?? (deadline === undefined ? DEFAULT_TIMEOUT_MS : undefined);
    const limits = { signal, deadline, ...(limitMs !== undefined && { timeoutMs: limitMs }) };
    const outcome = await client.ask({
      request,
      range,
      retries,
      async send(body: ChatBody) {
        const answer = await send(body, limits);
        account.answered ||= answer.ok;
        account.spend({ ...NO_USAGE, calls: 1 });
        if (answer.ok) account.spend(tokenUsage(request, answer.value, price));
        else if (answer.failure.kind === 'timeout') account.spend(abandonedUsage(request, price));
        return answer;
      },
    });
    if (!outcome.ok) return outcome;
    const completion = outcome.value;
    // Some servers silently ignore `n`.
    if (range.count > 1 && completion.choices === 1) client.learn({ kind: 'parameter', name: 'n' });
    const problem = completion.starved ? ONLY_THOUGHT : completion.problem;
    return problem ? { ok: false, failure: problem } : outcome;
  }

  async function generate(request: GenerateRequest): Promise<GenerateResult> {
    const { samples: wanted = 1, signal, deadline = Number.POSITIVE_INFINITY } = request;
    if (signal?.aborted || performance.now() >= deadline) {
      throw new FailedCallError('timeout', `${id}: there is no time left for a call`, NO_USAGE);
    }
    const account = {
      usage: NO_USAGE,
      answered: false,
      spend(more: Usage): void {
        this.usage = addUsage(this.usage, more);
      },
    };

    const completions: Completion[] = [];
    const arrived = (): number => completions.reduce((sum, { samples }) => sum + samples.length, 0);
    let failures: ChatFailure[] = [];
    let perCall: number;
    do {
      perCall = samplesPerCall();
      const outcomes = await Promise.all(
        splitSamples(arrived(), wanted, perCall).map((range) =>
          retry((retries) => ask(request, range, retries, account), policy, request),
        ),
      );
      completions.push(...outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])));
      failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]));
      // Samples missing because the server turned out not to have `n` are requested one by one.
    } while (arrived() < wanted && samplesPerCall() < perCall);

    const { usage, answered } = account;
    const [failure] = failures;
    const samples = completions.flatMap((completion) => completion.samples).slice(0, wanted);
    if (samples.length === 0) {
      if (!failure) throw new FailedCallError('bad-response', `${id}: no sample arrived`, usage);
      const { kind, message, transient, unreachable, refusal } = failure;
      const details = { transient, unreachable, status: refusal?.status, answered };
      throw new FailedCallError(kind, clean(`${id}: ${message}`), usage, details);
    }
    const warnings = [
      ...unhonoured(request, client.traits),
      ...completions.flatMap((completion) => completion.warnings),
      ...(samples.length < wanted ? [`only ${samples.length} of ${wanted} samples arrived`] : []),
      ...failures.map(({ message }) => message),
    ];
    return {
      // In the answer itself only the key is redacted: other words that look like a key are probably just words.
      texts: samples.map(({ text }) => redactValues(text, secrets)),
      finishReasons: samples.map(({ finishReason }) => finishReason),
      usage,
      warnings: [...new Set(warnings.map(clean))],
    };
  }

  return {
    id,
    capabilities: {
      samplesPerCall: samplesPerCall(),
      jsonSchema: client.traits.forms[0] !== 'none',
      ownSchemas: options.constrain ?? endpoint.local,
      temperature: !client.traits.unsupported.has('temperature'),
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

/** A request that was sent and abandoned: providers charge at least for its input. */
function abandonedUsage(request: GenerateRequest, price?: ModelPrice): Usage {
  const tokens = { inputTokens: promptEstimate(request), cachedInputTokens: 0, outputTokens: 0 };
  return { ...tokens, calls: 0, costUsd: price && costUsd(price, tokens) };
}

/** The server's count; without one an estimate, and nothing for an answer that is not a completion. */
function tokenUsage(request: GenerateRequest, completion: Completion, price?: ModelPrice): Usage {
  if (!completion.tokens && completion.problem) return NO_USAGE;
  const tokens = completion.tokens ?? {
    inputTokens: promptEstimate(request),
    cachedInputTokens: 0,
    outputTokens: completion.samples.reduce((sum, { text }) => sum + estimateTokens(text), 0),
  };
  return { ...tokens, calls: 0, costUsd: price && costUsd(price, tokens) };
}
