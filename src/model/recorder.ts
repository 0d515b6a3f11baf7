import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModelError, UserError } from '../util/errors.ts';
import { usageOf } from './failed-call.ts';
import type { GenerateRequest, LanguageModel } from './language-model.ts';
import { createNumbering, type RecordedAnswer, type RecordedModel, scoreKey } from './recording.ts';
import { requestKey } from './request-key.ts';
import { wrapModel } from './wrap-model.ts';

/**
 * A model whose every answer and failure is appended to a JSONL file, for `replayModel`. A call is on disk before its
 * answer is returned; if it cannot be written, the answer has a warning. Calls are numbered when they begin, so that
 * parallel calls of the same content keep their order whichever ends first.
 *
 * @throws {UserError} when the file cannot be written
 */
export function recordModel(model: LanguageModel, path: string): LanguageModel {
  const { id, capabilities, price } = model;
  startRun(path, { type: 'model', id, capabilities, price });
  const nextNumber = createNumbering();
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** Appends a line after those before it; resolves to the warnings this causes. */
  async function append(line: object): Promise<string[]> {
    const write = lastWrite.then(() => appendFile(path, `${JSON.stringify(line)}\n`));
    lastWrite = write.catch(() => {});
    try {
      await write;
      return [];
    } catch (error) {
      return [`the answer could not be recorded: ${error instanceof Error ? error.message : error}`];
    }
  }

  /** Asks the model, and records the outcome. */
  async function record<T>(
    request: GenerateRequest,
    key: string,
    ask: () => Promise<T>,
    toAnswer: (value: T) => RecordedAnswer,
  ): Promise<{ value: T; warnings: string[] }> {
    // The messages are for people who read the file.
    const call = { type: 'call', key, number: nextNumber(key), messages: request.messages };
    try {
      const value = await ask();
      return { value, warnings: await append({ ...call, answer: toAnswer(value) }) };
    } catch (error) {
      if (error instanceof ModelError) {
        const { kind, message } = error;
        await append({ ...call, answer: { type: 'error', kind, message, usage: usageOf(error) } });
      }
      throw error;
    }
  }

  const score = model.score?.bind(model);
  return wrapModel(
    model,
    async (request) => {
      const { value, warnings } = await record(
        request,
        requestKey(id, request),
        () => model.generate(request),
        (result) => ({ type: 'texts', ...result }),
      );
      return { ...value, warnings: [...value.warnings, ...warnings] };
    },
    score &&
      (async (request) => {
        const { value } = await record(
          request,
          scoreKey(id, request),
          () => score(request),
          (scores) => ({ type: 'scores', ...scores }),
        );
        return value;
      }),
  );
}

/** Begins a run: a header, after a line break that ends a line possibly torn by a crash. */
function startRun(path: string, header: RecordedModel): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, `\n${JSON.stringify(header)}\n`);
  } catch (cause) {
    throw new UserError(`The recording ${path} cannot be written`, { cause });
  }
}
