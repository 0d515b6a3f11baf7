import type { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { ModelError, UserError } from '../../util/errors.ts';
import { startWorker } from '../../util/start-worker.ts';
import type { ModelThreadData, Questions, Task, TaskResult } from './tasks.ts';

/** A model in a thread of its own. */
export interface ModelClient {
  /**
   * Resolves when the model can be used.
   * @throws {UserError} when its file cannot be
   */
  opened(): Promise<void>;
  /** @throws {ModelError} when the model fails, or is called off */
  ask<Kind extends keyof Questions>(
    kind: Kind,
    question: Questions[Kind]['question'],
    signal: AbortSignal | undefined,
  ): Promise<Questions[Kind]['answer']>;
}

/** The thread is started with the first task. It keeps nobody waiting: when all else is done, the process ends. */
export function createModelClient(data: Omit<ModelThreadData, 'calledOff'>): ModelClient {
  const calledOff = new SharedArrayBuffer(4);
  const flag = new Int32Array(calledOff);
  const queue = new PQueue({ concurrency: 1 });
  let thread: Promise<Worker> | undefined;
  let tasks = 0;

  async function open(): Promise<Worker> {
    const worker = startWorker(new URL('./model-thread.ts', import.meta.url), {
      ...data,
      calledOff,
    } satisfies ModelThreadData);
    const result = await nextResult(worker);
    if (result.kind !== 'opened') throw failure(data.path, result);
    return worker;
  }

  async function run(work: Omit<Task, 'number'>, signal: AbortSignal | undefined): Promise<unknown> {
    thread ??= open();
    const worker = await thread;
    signal?.throwIfAborted();
    const number = ++tasks;
    const callOff = (): void => void Atomics.store(flag, 0, number);
    signal?.addEventListener('abort', callOff, { once: true });
    try {
      worker.postMessage({ ...work, number });
      const result = await nextResult(worker);
      if (result.kind === 'answered') return result.answer;
      throw failure(data.path, result);
    } finally {
      signal?.removeEventListener('abort', callOff);
    }
  }

  return {
    async opened() {
      thread ??= open();
      await thread;
    },
    async ask<Kind extends keyof Questions>(
      kind: Kind,
      question: Questions[Kind]['question'],
      signal: AbortSignal | undefined,
    ) {
      try {
        // The thread answers a question in its kind.
        return (await queue.add(() => run({ kind, question } as Task, signal))) as Questions[Kind]['answer'];
      } catch (error) {
        if (error instanceof ModelError) throw error;
        if (signal?.aborted) throw new ModelError('timeout', 'the model did not answer in time');
        const message = error instanceof Error ? error.message : String(error);
        throw new ModelError('bad-response', message, { cause: error });
      }
    },
  };
}

/** What the thread says next; until then it keeps the process alive. */
async function nextResult(worker: Worker): Promise<TaskResult> {
  worker.ref();
  try {
    return await new Promise<TaskResult>((resolve, reject) => {
      const stop = (then: () => void): void => {
        worker.off('message', said).off('error', broke).off('exit', ended);
        then();
      };
      const said = (result: TaskResult): void => stop(() => resolve(result));
      const broke = (error: Error): void => stop(() => reject(error));
      const ended = (): void => stop(() => reject(new Error('the model’s thread has ended')));
      worker.on('message', said).on('error', broke).on('exit', ended);
    });
  } finally {
    worker.unref();
  }
}

function failure(path: string, result: TaskResult): Error {
  if (result.kind === 'called off') return new ModelError('timeout', 'the model did not answer in time');
  if (result.kind !== 'failed') return new Error(`${path}: the model’s thread answered out of turn`);
  return result.isUsers ? new UserError(result.message) : new Error(result.message);
}
