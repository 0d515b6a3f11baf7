import PQueue from 'p-queue';
import { ModelError } from '../util/errors.ts';
import { timeLimit } from '../util/time-limit.ts';
import type { GenerateResult, LanguageModel } from './language-model.ts';
import { wrapModel } from './wrap-model.ts';

/**
 * A model that answers at most `limit` calls at a time; the others wait, and queues take turns with one call each. A
 * call whose signal or deadline ends while it waits rejects at once with a {@link ModelError} of kind `timeout`.
 * `score` is not limited.
 *
 * @throws {RangeError} when `limit` is not a whole number above 0
 */
export function withConcurrency(model: LanguageModel, limit: number): LanguageModel {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`Expected a limit of 1 or more calls, got ${limit}`);
  }
  const queue = new PQueue({ concurrency: limit });
  const rounds = new Rounds();
  return wrapModel(model, (request) => {
    const left = (request.deadline ?? Number.POSITIVE_INFINITY) - performance.now();
    const waiting = timeLimit(left, request.signal);
    return new Promise<GenerateResult>((resolve, reject) => {
      const giveUp = (): void =>
        reject(new ModelError('timeout', `${model.id}: the call ended while it waited for a free place`));
      if (waiting.signal.aborted) giveUp();
      waiting.signal.addEventListener('abort', giveUp);
      const round = rounds.enter(request.queue);
      const work = async (): Promise<void> => {
        rounds.leave(request.queue, round);
        waiting.release();
        if (!waiting.signal.aborted) await model.generate(request).then(resolve, reject);
      };
      // The queue's own signal would also drop calls under way, and with them the report of their cost.
      queue.add(work, { priority: -round });
    });
  });
}

/** Serves several queues in rounds, one call of each queue per round. */
class Rounds {
  private readonly queues = new Map<string | undefined, { last: number; waiting: number }>();
  private current = 0;

  /** Puts a call at the end of its queue; returns the round in which it is served. */
  enter(name: string | undefined): number {
    const queue = this.queues.get(name) ?? { last: this.current - 1, waiting: 0 };
    this.queues.set(name, queue);
    queue.waiting++;
    queue.last = Math.max(queue.last + 1, this.current);
    return queue.last;
  }

  /** Marks a call as served. */
  leave(name: string | undefined, round: number): void {
    this.current = Math.max(this.current, round);
    const queue = this.queues.get(name);
    if (queue && --queue.waiting === 0) this.queues.delete(name);
  }
}
