import { ModelError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';
import { FailedCallError } from './failed-call.ts';
import type { GenerateRequest, LanguageModel } from './language-model.ts';
import { createNumbering, type RecordedAnswer, readRecording, scoreKey } from './recording.ts';
import { requestKey } from './request-key.ts';

/**
 * The model of a recording made by `recordModel`: it gives a request the answer, or the failure, that the recorded
 * model gave: on the first call the first, on the second the second, and so on. A request that was not recorded, or not
 * that often, fails with a {@link ModelError} of kind `bad-response`.
 *
 * @throws {UserError} when the file cannot be read or is not a recording of one model
 */
export function replayModel(path: string): LanguageModel {
  const { model, answers, skippedLines } = readRecording(path);
  const { id, capabilities, price } = model;
  const nextNumber = createNumbering();
  const next = (key: string): RecordedAnswer | undefined => answers.get(key)?.[nextNumber(key)];

  function failure(answer: RecordedAnswer | undefined, request: GenerateRequest): ModelError {
    if (answer?.type === 'error') return new FailedCallError(answer.kind, answer.message, answer.usage);
    const prompt = safeLine(request.messages.at(-1)?.content ?? '', 80);
    const skipped = skippedLines > 0 ? ` (${skippedLines} of its lines could not be read)` : '';
    return new ModelError('bad-response', `${path} has no further answer to "${prompt}"${skipped}`);
  }

  return {
    id,
    capabilities,
    price,
    async generate(request) {
      const answer = next(requestKey(id, request));
      if (answer?.type !== 'texts') throw failure(answer, request);
      const { texts, finishReasons, usage, warnings } = answer;
      return { texts, finishReasons, usage, warnings };
    },
    score: capabilities.score
      ? async (request) => {
          const answer = next(scoreKey(id, request));
          if (answer?.type !== 'scores') throw failure(answer, request);
          const { type: _, ...scores } = answer;
          return scores;
        }
      : undefined,
  };
}
