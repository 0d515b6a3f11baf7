/** One chat message. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A request to a model. */
export interface GenerateRequest {
  /** Stable text first, changing text last, so that providers can cache the prefix. */
  readonly messages: readonly Message[];
  /** Closed set of answers, if the answer must be one of them; models that can, restrict their output to it. */
  readonly choices?: readonly string[];
  /** JSON schema for the answer; only a hint to models without the `jsonSchema` capability. */
  readonly jsonSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /**
   * Independent samples wanted.
   *
   * @default 1
   */
  readonly samples?: number;
  /** Most tokens generated per sample; models known to think before they answer get extra room for that. */
  readonly maxTokens?: number;
  /**
   * Ignored, with a warning, by models without one.
   *
   * @default the provider's
   */
  readonly temperature?: number;
  /** Makes samples repeatable on models that support it; include wave and retry numbers in it. */
  readonly seed?: number;
  /** Ends the call; the promise then rejects with a `ModelError` of kind `timeout`. */
  readonly signal?: AbortSignal;
  /**
   * When the answer must be there, in ms on the clock of `performance.now()`. The call then ends as with `signal`; and
   * because the remaining time is known, a wait (for a retry, for a free place) that would end later is not begun.
   */
  readonly deadline?: number;
  /**
   * The queue in which the call waits for a free place, such as a battle's id: queues take turns, so that many calls
   * of one do not block the others.
   *
   * @default a queue shared by all calls without one
   */
  readonly queue?: string;
}

/** Tokens, calls and money. */
export interface Usage {
  readonly inputTokens: number;
  /** The part of the input tokens that the provider read from its prompt cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Requests sent, retries included; 0 for an answer from the local cache. */
  readonly calls: number;
  /** US dollars; undefined when the model's price is unknown. */
  readonly costUsd?: number;
}

/** US dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** Input read from the provider's prompt cache. */
  readonly cachedInput: number;
  readonly output: number;
}

/** Why a sample ended. */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'other';

/** A model's answer. */
export interface GenerateResult {
  /** One text per sample that arrived; there may be fewer than requested, but at least one. */
  readonly texts: readonly string[];
  readonly finishReasons: readonly FinishReason[];
  readonly usage: Usage;
  /** Parts of the request that could not be honoured, e.g. `temperature is not supported`. */
  readonly warnings: readonly string[];
}

/** What a model can do; checked before use instead of discovered by failure. */
export interface ModelCapabilities {
  /** The most samples one call can return; 1 means that more need parallel calls. */
  readonly samplesPerCall: number;
  readonly jsonSchema: boolean;
  /** Each request may have its own schema, such as one that lists the turn's numbers, at no cost. */
  readonly ownSchemas: boolean;
  readonly temperature: boolean;
  /** `score` gives the exact distribution over `choices`. */
  readonly score: boolean;
  /** The prompt style that the model was trained on, and reads no other; absent for models that read any text. */
  readonly style?: string;
}

/** A distribution over a closed set of answers. */
export interface ChoiceScores {
  /** Probability of each choice, in the order given, summing to 1. */
  readonly probabilities: readonly number[];
  /** What the model says of the most probable one. */
  readonly reason?: string;
  readonly usage?: Usage;
}

/**
 * A language model: a provider, or a wrapper around another model (cache, budget, recording).
 * Implementations throw {@link ModelError} and nothing else.
 */
export interface LanguageModel {
  /** `provider/model`, e.g. `openai/gpt-4.1-mini`; part of cache keys and ledgers. */
  readonly id: string;
  readonly capabilities: ModelCapabilities;
  /** Its price; absent when unknown. Local models cost {@link FREE nothing}. */
  readonly price?: ModelPrice;
  generate(request: GenerateRequest): Promise<GenerateResult>;
  /** Present exactly when `capabilities.score`. */
  score?(request: GenerateRequest & { readonly choices: readonly string[] }): Promise<ChoiceScores>;
}

/** The price of a local model. */
export const FREE: ModelPrice = { input: 0, cachedInput: 0, output: 0 };

/** Usage of nothing. */
export const NO_USAGE: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  calls: 0,
  costUsd: 0,
};

/** The sum of two usages; its cost is unknown if one of them is. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum = {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    calls: a.calls + b.calls,
  };
  return a.costUsd === undefined || b.costUsd === undefined
    ? sum
    : { ...sum, costUsd: a.costUsd + b.costUsd };
}
