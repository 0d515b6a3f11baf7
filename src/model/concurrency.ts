import PQueue from 'p-queue';
import { ModelError } from '../util/errors.ts';
import { timeLimit } from '../util/time-limit.ts';
import type { GenerateResult, LanguageModel } from './language-model.ts';
import { wrapModel } from './wrap-model.ts';

/**
 * A model that answers at most `limit` calls at a time; the others wait their turn. A call that its signal or
 * deadline ends while it waits rejects at once with a {@link ModelError} of kind `timeout`. `score` is not limited.
 *
 * @throws RangeError when `limit` is no whole number above 0
 */
export function withConcurrency(model: LanguageModel, limit: number): LanguageModel {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`Expected a limit of 1 or more calls, got ${limit}`);
  }
  const queue = new PQueue({ concurrency: limit });
  return wrapModel(model, (request) => {
    const left = (request.deadline ?? Number.POSITIVE_INFINITY) - performance.now();
    const waiting = timeLimit(left, request.signal);
    return new Promise<GenerateResult>((resolve, reject) => {
      const giveUp = (): void =>
        reject(new ModelError('timeout', `${model.id}: the call ended while it waited for a free place`));
      if (waiting.signal.aborted) giveUp();
      waiting.signal.addEventListener('abort', giveUp);
      // The queue's own signal would also drop calls under way, and with them the account of what they cost.
      queue.add(async () => {
        waiting.release();
        if (!waiting.signal.aborted) await model.generate(request).then(resolve, reject);
      });
    });
  });
}
