// Runs in a thread of its own, so that a battle's clock and connection go on while the model works.

import { parentPort, workerData } from 'node:worker_threads';
import { openGguf } from '../../engine/gguf.ts';
import { createTokenizer } from '../../engine/tokenizer.ts';
import { openTransformer } from '../../engine/transformer.ts';
import { UserError } from '../../util/errors.ts';
import { createOptionModel, type OptionModel } from './option-model.ts';
import type { ModelThreadData, Task, TaskResult } from './tasks.ts';

const { path, threads, context, calledOff } = workerData as ModelThreadData;
const stopped = new Int32Array(calledOff);

class CalledOff extends Error {}

async function open(): Promise<OptionModel> {
  const file = openGguf(path);
  const tokenizer = createTokenizer(file);
  file.close();
  const transformer = await openTransformer(path, { threads, ...(context !== undefined && { context }) });
  return createOptionModel(path, transformer, tokenizer);
}

function work(model: OptionModel, { number, question }: Task): TaskResult {
  const signal = {
    throwIfAborted() {
      if (Atomics.load(stopped, 0) === number) throw new CalledOff();
    },
  };
  try {
    return { kind: 'read', reading: model.read(question, { signal }) };
  } catch (error) {
    return error instanceof CalledOff ? { kind: 'called off' } : failed(error);
  }
}

function failed(error: unknown): TaskResult {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', message, isUsers: error instanceof UserError };
}

const answer = (result: TaskResult): void => parentPort?.postMessage(result);
try {
  const model = await open();
  parentPort?.on('message', (task: Task) => answer(work(model, task)));
  answer({ kind: 'opened' });
} catch (error) {
  answer(failed(error));
}
