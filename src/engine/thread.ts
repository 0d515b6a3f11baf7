// Runs in a thread of its own: does its part of every batch.

import { parentPort, workerData } from 'node:worker_threads';
import { forward } from './forward.ts';
import { createKernels } from './kernels.ts';
import { BatchField, type Layout } from './layout.ts';
import { createMeeting } from './meeting.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
  readonly part: number;
  readonly parts: number;
}

const { layout, memory, part, parts } = workerData as ThreadData;
const batch = new Int32Array(memory.buffer, layout.batch, BatchField.end);
const meet = createMeeting(new Int32Array(memory.buffer, layout.meeting, 2), parts);
const kernels = createKernels(memory);
// Looks for the next batch a while before it sleeps.
const LOOKS = 20_000;

let done = 0;
parentPort?.postMessage('ready');
for (;;) {
  for (let look = 0; look < LOOKS && Atomics.load(batch, BatchField.ready) === done; look++);
  while (Atomics.load(batch, BatchField.ready) === done) Atomics.wait(batch, BatchField.ready, done);
  done++;
  if (Atomics.load(batch, BatchField.closed) === 1) break;
  forward({ kernels, layout, memory, part, parts, meet });
}
