// Runs in a thread of its own, so that a battle's clock and connection go on while the model works.

import { parentPort, workerData } from 'node:worker_threads';
import { createChatTemplate } from '../../engine/chat-template.ts';
import { openGguf } from '../../engine/gguf.ts';
import { createTokenizer } from '../../engine/tokenizer.ts';
import { type ExtendOptions, openTransformer } from '../../engine/transformer.ts';
import { UserError } from '../../util/errors.ts';
import { createChatModel } from './chat-model.ts';
import { createOptionModel } from './option-model.ts';
import type { ModelThreadData, Questions, Task, TaskResult } from './tasks.ts';

const { path, threads, context, calledOff } = workerData as ModelThreadData;
const stopped = new Int32Array(calledOff);

class CalledOff extends Error {}

/** What a model of this file answers with. */
type Answers = (task: Task, options: ExtendOptions) => Questions[keyof Questions]['answer'];

async function open(): Promise<Answers> {
  const file = openGguf(path);
  const tokenizer = createTokenizer(file);
  const isOfOptions = file.metadata.has('pokellmon.style');
  const template = isOfOptions ? null : createChatTemplate(file, tokenizer);
  file.close();
  const transformer = await openTransformer(path, { threads, ...(context !== undefined && { context }) });
  if (template === null) {
    const model = createOptionModel(path, transformer, tokenizer);
    return (task, options) => {
      if (task.kind !== 'read') throw new UserError(`${path} scores options, and writes nothing else`);
      return model.read(task.question, options);
    };
  }
  const model = createChatModel(transformer, tokenizer, template);
  return (task, options) => {
    if (task.kind === 'read') throw new UserError(`${path} was not trained to score options`);
    return task.kind === 'write' ? model.write(task.question, options) : model.score(task.question, options);
  };
}

function work(answers: Answers, task: Task): TaskResult {
  const signal = {
    throwIfAborted() {
      if (Atomics.load(stopped, 0) === task.number) throw new CalledOff();
    },
  };
  try {
    return { kind: 'answered', answer: answers(task, { signal }) };
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
  const answers = await open();
  parentPort?.on('message', (task: Task) => answer(work(answers, task)));
  answer({ kind: 'opened' });
} catch (error) {
  answer(failed(error));
}
