import { startWorker } from '../util/start-worker.ts';
import { BatchField, type Layout } from './layout.ts';
import type { ThreadData } from './thread.ts';

/** Threads that work on each batch beside the one that makes it. */
export interface Threads {
  readonly count: number;
  /** Begins the batch that lies in memory. */
  wake(): void;
  close(): Promise<void>;
}

/** Starts all threads but the first, which is the caller's; returns when all are ready. */
export async function startThreads(
  layout: Layout,
  memory: WebAssembly.Memory,
  parts: number,
): Promise<Threads> {
  const batch = new Int32Array(memory.buffer, layout.batch, BatchField.end);
  const workers = Array.from({ length: parts - 1 }, (_, index) => {
    const workerData: ThreadData = { layout, memory, part: index + 1, parts };
    return startWorker(new URL('./thread.ts', import.meta.url), workerData);
  });
  for (const worker of workers) worker.unref();
  await Promise.all(
    workers.map(
      (worker) => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject)),
    ),
  );
  const wake = (): void => {
    Atomics.add(batch, BatchField.ready, 1);
    Atomics.notify(batch, BatchField.ready);
  };
  return {
    count: workers.length,
    wake,
    async close() {
      Atomics.store(batch, BatchField.closed, 1);
      wake();
      await Promise.all(
        workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve).ref())),
      );
    },
  };
}
