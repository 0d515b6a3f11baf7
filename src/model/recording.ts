import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../util/errors.ts';
import type { GenerateRequest } from './language-model.ts';
import { requestKey } from './request-key.ts';
import { usageSchema } from './usage-schema.ts';

// A recording is a JSONL file: a header for each run that wrote to it, followed by one line per call.

const headerSchema = z.object({
  type: z.literal('model'),
  id: z.string(),
  capabilities: z.object({
    samplesPerCall: z.number(),
    jsonSchema: z.boolean(),
    ownSchemas: z.boolean().default(false),
    temperature: z.boolean(),
    score: z.boolean(),
    style: z.string().optional(),
  }),
  price: z.object({ input: z.number(), cachedInput: z.number(), output: z.number() }).optional(),
});

const answerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('texts'),
    texts: z.array(z.string()).readonly(),
    finishReasons: z.array(z.enum(['stop', 'length', 'content-filter', 'other'])).readonly(),
    usage: usageSchema,
    warnings: z.array(z.string()).readonly(),
  }),
  z.object({
    type: z.literal('scores'),
    probabilities: z.array(z.number()).readonly(),
    reason: z.string().optional(),
    usage: usageSchema.optional(),
  }),
  z.object({
    type: z.literal('error'),
    kind: z.enum([
      'timeout',
      'rate-limit',
      'server-error',
      'connection',
      'refused',
      'bad-response',
      'auth',
      'budget',
    ]),
    message: z.string(),
    usage: usageSchema,
  }),
]);

const callSchema = z.object({
  type: z.literal('call'),
  /** The request: `requestKey` for texts, {@link scoreKey} for probabilities. */
  key: z.string(),
  /** How many calls with this key began before it in the same run. */
  number: z.number(),
  answer: answerSchema,
});

const lineSchema = z.discriminatedUnion('type', [headerSchema, callSchema]);

/** The model that was recorded. */
export type RecordedModel = z.infer<typeof headerSchema>;
/** The outcome of a call. */
export type RecordedAnswer = z.infer<typeof answerSchema>;
/** One call. */
type RecordedCall = z.infer<typeof callSchema>;

/** The content of a recording. */
export interface Recording {
  readonly model: RecordedModel;
  /** By key, in the order in which the calls began. */
  readonly answers: ReadonlyMap<string, readonly RecordedAnswer[]>;
  /** Unreadable lines: most likely torn by a crash. */
  readonly skippedLines: number;
}

/**
 * Reads a recording. Lines that cannot be read are skipped and counted.
 *
 * @throws {UserError} when there is no such file, or it is not a recording of one model
 */
export function readRecording(path: string): Recording {
  const runs: { model: RecordedModel; calls: RecordedCall[] }[] = [];
  let skippedLines = 0;
  for (const line of readLines(path)) {
    const parsed = parseLine(line);
    if (parsed?.type === 'model') runs.push({ model: parsed, calls: [] });
    else if (parsed?.type === 'call' && runs.length > 0) runs.at(-1)?.calls.push(parsed);
    else skippedLines++;
  }
  const model = runs.at(-1)?.model;
  if (!model) throw new UserError(`${path} is not a recording of a model`);
  const other = runs.find((run) => run.model.id !== model.id);
  if (other) {
    throw new UserError(`${path} has recordings of ${other.model.id} and ${model.id}; use one file for each`);
  }

  const answers = new Map<string, RecordedAnswer[]>();
  for (const { calls } of runs) {
    for (const { key, answer } of calls.sort((a, b) => a.number - b.number)) {
      const earlier = answers.get(key);
      if (earlier) earlier.push(answer);
      else answers.set(key, [answer]);
    }
  }
  return { model, answers, skippedLines };
}

/** The key of a scoring request. */
export function scoreKey(modelId: string, request: GenerateRequest): string {
  return requestKey(`${modelId}#score`, request);
}

/** Numbers the calls of each key, from 0. */
export function createNumbering(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const number = counts.get(key) ?? 0;
    counts.set(key, number + 1);
    return number;
  };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (cause) {
    throw new UserError(`The recording ${path} cannot be read`, { cause });
  }
}

function parseLine(line: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
