import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError } from '../util/errors.ts';
import { timeLimit } from '../util/time-limit.ts';
import { estimateTokens } from '../util/tokens.ts';
import {
  addUsage,
  type FinishReason,
  FREE,
  type GenerateRequest,
  type LanguageModel,
  type ModelCapabilities,
  type ModelPrice,
  NO_USAGE,
  type Usage,
} from './language-model.ts';
import { costUsd } from './prices.ts';

/** What the scripted model does for one sample: returns a text, returns it late, or throws. */
export type ScriptedAnswer =
  | string
  | Error
  | { readonly text: string; readonly delayMs?: number; readonly finishReason?: FinishReason };

/** The answers in order, or a function of the request and the number of samples requested before. */
export type Script =
  | readonly ScriptedAnswer[]
  | ((request: GenerateRequest, sampleIndex: number) => ScriptedAnswer);

/** The properties that a scripted model claims to have. */
export interface ScriptedModelOptions {
  /** @default `scripted/model` */
  readonly id?: string;
  readonly capabilities?: Partial<ModelCapabilities>;
  /** @default free */
  readonly price?: ModelPrice;
}

/** A model that answers from a script, and remembers its requests. */
export interface ScriptedModel extends LanguageModel {
  readonly requests: readonly GenerateRequest[];
}

/**
 * A model for tests: it answers from a script, one entry per sample, honours signal, deadline and delays, and counts
 * tokens the same way each time (a quarter of the characters). When the list of answers is used up, it throws a {@link
 * ModelError} of kind `bad-response`; when only some of a call's samples fail, the others are returned.
 *
 * @example
 * const model = scriptedModel(['{"action": 1}', new ModelError('timeout', 'too slow'), { text: '2', delayMs: 50 }]);
 */
export function scriptedModel(script: Script, options: ScriptedModelOptions = {}): ScriptedModel {
  const { id = 'scripted/model', price = FREE } = options;
  const requests: GenerateRequest[] = [];
  let sampleCount = 0;

  function nextAnswer(request: GenerateRequest): ScriptedAnswer {
    const index = sampleCount++;
    if (typeof script === 'function') return script(request, index);
    return script[index] ?? new ModelError('bad-response', `${id}: the script has no answer ${index + 1}`);
  }

  return {
    id,
    capabilities: {
      samplesPerCall: 16,
      jsonSchema: true,
      ownSchemas: false,
      temperature: true,
      score: false,
      ...options.capabilities,
    },
    price,
    requests,
    async generate(request) {
      requests.push(request);
      const answers = Array.from({ length: request.samples ?? 1 }, () => nextAnswer(request));
      const left = (request.deadline ?? Number.POSITIVE_INFINITY) - performance.now();
      const limit = timeLimit(left, request.signal);
      const outcomes = await Promise.allSettled(answers.map((answer) => play(answer, limit.signal, id)));
      limit.release();
      const samples = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      if (samples.length === 0) throw errors[0];
      const input = request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
      const usage = samples
        .map(({ text }) => usageOfSample(input, estimateTokens(text), price))
        .reduce(addUsage, NO_USAGE);
      return {
        texts: samples.map(({ text }) => text),
        finishReasons: samples.map(({ finishReason }) => finishReason),
        usage,
        warnings: errors.map((error) => (error instanceof Error ? error.message : String(error))),
      };
    },
  };
}

async function play(
  answer: ScriptedAnswer,
  signal: AbortSignal,
  id: string,
): Promise<{ text: string; finishReason: FinishReason }> {
  if (answer instanceof Error) throw answer;
  const { text, delayMs = 0, finishReason = 'stop' } = typeof answer === 'string' ? { text: answer } : answer;
  try {
    signal.throwIfAborted();
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
  } catch {
    throw new ModelError('timeout', `${id}: its caller ended the call`);
  }
  return { text, finishReason };
}

function usageOfSample(inputTokens: number, outputTokens: number, price: ModelPrice): Usage {
  const tokens = { inputTokens, cachedInputTokens: 0, outputTokens };
  return { ...tokens, calls: 1, costUsd: costUsd(price, tokens) };
}
