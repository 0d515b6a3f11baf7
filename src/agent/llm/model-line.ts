import { usageOf } from '../../model/failed-call.ts';
import {
  addUsage,
  type ChoiceScores,
  type GenerateRequest,
  type GenerateResult,
  type LanguageModel,
  type Message,
  NO_USAGE,
  type Usage,
} from '../../model/language-model.ts';
import type { Candidate } from '../../observation/prompt.ts';
import { ModelError } from '../../util/errors.ts';
import type { Random } from '../../util/random.ts';
import { redactSecrets, safeLine } from '../../util/safe-text.ts';
import type { FallbackReason } from '../agent.ts';
import { type AnswerFormat, answerSchema } from './answer-format.ts';
import type { Sample } from './ballot.ts';

/** One question to a model. */
interface Call {
  readonly messages: readonly Message[];
  readonly format: AnswerFormat;
  /** The possible choices; models that can are restricted to them. */
  readonly candidates?: readonly Candidate[];
  /** For agents that set no temperature themselves. */
  readonly temperature: number;
  /** Number of the first sample within the turn: each number has its own seed. */
  readonly first: number;
  /** Ends the call before the turn's time is up. */
  readonly signal?: AbortSignal;
}

/**
 * The connection to a model for one turn. Its calls never reject: an error becomes a failed sample. They end with the
 * turn's time even if the model ignores the signal, and after an error that further calls cannot fix (budget, key) no
 * more are made.
 */
export interface ModelLine {
  /** What all calls so far cost. */
  readonly usage: Usage;
  /** The most samples that one call should ask for. */
  readonly samplesPerCall: number;
  /** Whether a call that takes this long, in ms, would still be answered. */
  hasTimeFor(ms: number): boolean;
  ask(call: Call): Promise<Sample>;
  /** Asks for several samples in one call; one entry each. */
  askSeveral(call: Call, samples: number): Promise<Sample[]>;
  /** Probability of each choice, if the model provides it. */
  readonly score?: (messages: readonly Message[], choices: readonly string[]) => Promise<Scored>;
}

/** The distribution over a closed set of answers, or why there is none. */
export type Scored = ({ readonly kind: 'scored'; readonly latencyMs: number } & ChoiceScores) | Failed;

type Failed = Extract<Sample, { readonly kind: 'failed' }>;

type Outcome<T> = { readonly kind: 'done'; readonly value: T; readonly latencyMs: number } | Failed;

export interface ModelLineOptions {
  readonly model: LanguageModel;
  /** Source of the samples' seeds. */
  readonly random: Random;
  /** Ends all calls. */
  readonly signal: AbortSignal;
  /** When `signal` will fire, in ms on the clock of `performance.now()`. */
  readonly deadline: number;
  /** @default the format's */
  readonly maxTokens?: number;
  /** @default the call's */
  readonly temperature?: number;
  /** The queue for calls; see {@link GenerateRequest}. */
  readonly queue?: string;
}

/** How long an aborted call may take to report its cost, in ms. */
const ABORT_GRACE_MS = 10;

export function openModelLine(options: ModelLineOptions): ModelLine {
  const { model, random, signal, deadline } = options;
  let usage = NO_USAGE;
  let closed: Omit<Failed, 'latencyMs'> | undefined;

  async function attempt<T>(
    run: (limits: Pick<GenerateRequest, 'signal' | 'deadline'>) => Promise<T>,
    outer?: AbortSignal,
  ): Promise<Outcome<T>> {
    if (closed) return { ...closed, latencyMs: 0 };
    const start = performance.now();
    if (signal.aborted || start >= deadline) {
      return { kind: 'failed', reason: 'deadline', detail: 'no time left to ask the model', latencyMs: 0 };
    }
    const ends = outer ? AbortSignal.any([signal, outer]) : signal;
    try {
      const value = await endedBy(ends, run({ signal: ends, deadline }));
      return { kind: 'done', value, latencyMs: performance.now() - start };
    } catch (error) {
      usage = addUsage(usage, usageOf(error));
      const failed = { kind: 'failed', ...describeFailure(error) } as const;
      if (failed.reason === 'budget' || failed.reason === 'auth') closed = failed;
      return { ...failed, latencyMs: performance.now() - start };
    }
  }

  async function generate(call: Call, samples: number): Promise<Outcome<GenerateResult>> {
    const { messages, format, candidates, temperature, first, signal: outer } = call;
    const maxTokens = options.maxTokens ?? format.maxTokens;
    const bounds = { numbers: candidates?.map(({ number }) => number), maxTokens };
    const request = {
      messages,
      jsonSchema: answerSchema(format, model.capabilities.ownSchemas ? bounds : undefined),
      samples,
      maxTokens,
      temperature: options.temperature ?? temperature,
      seed: random.stream(`sample-${first}`).below(2 ** 31),
      ...(options.queue !== undefined && { queue: options.queue }),
    };
    const outcome = await attempt((limits) => model.generate({ ...request, ...limits }), outer);
    if (outcome.kind === 'done') usage = addUsage(usage, outcome.value.usage);
    return outcome;
  }

  const score = model.score?.bind(model);
  return {
    get usage() {
      return usage;
    },
    samplesPerCall: model.capabilities.samplesPerCall,
    hasTimeFor: (ms) => !closed && !signal.aborted && performance.now() + ms < deadline,
    async ask(call) {
      return sampleOf(await generate(call, 1), 0);
    },
    async askSeveral(call, samples) {
      const outcome = await generate(call, samples);
      return Array.from({ length: samples }, (_, i) => sampleOf(outcome, i));
    },
    ...(score && {
      async score(messages, choices) {
        const outcome = await attempt((limits) => score({ messages, choices, ...limits }));
        if (outcome.kind === 'failed') return outcome;
        usage = addUsage(usage, outcome.value.usage ?? { ...NO_USAGE, calls: 1 });
        return { kind: 'scored', ...outcome.value, latencyMs: outcome.latencyMs };
      },
    }),
  };
}

function sampleOf(outcome: Outcome<GenerateResult>, index: number): Sample {
  if (outcome.kind === 'failed') return outcome;
  const { value, latencyMs } = outcome;
  const text = value.texts[index];
  if (text !== undefined) {
    return { kind: 'text', text, finishReason: value.finishReasons[index] ?? 'other', latencyMs };
  }
  const detail = clean(value.warnings.at(-1) ?? `only ${value.texts.length} samples arrived`);
  return { kind: 'failed', reason: 'bad-response', detail, latencyMs };
}

/** The work's outcome, or a time-out soon after the signal fires. */
function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      setTimeout(() => reject(new ModelError('timeout', 'the model did not answer in time')), ABORT_GRACE_MS);
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function describeFailure(error: unknown): { readonly reason: FallbackReason; readonly detail: string } {
  const detail = clean(error instanceof Error ? error.message : String(error));
  return { reason: error instanceof ModelError ? error.kind : 'agent-error', detail };
}

function clean(text: string): string {
  return safeLine(redactSecrets(text));
}
