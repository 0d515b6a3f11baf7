import { Worker } from 'node:worker_threads';

/**
 * Starts a module of this package in a thread of its own.
 *
 * @param module as its source is named, `new URL('./name.ts', import.meta.url)`; of a built package its JavaScript is run
 */
export function startWorker(module: URL, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(module.href.replace(/\.ts$/, '.js')), { workerData });
  // A thread does not take over how its parent reads TypeScript.
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;
  return new Worker(code, { eval: true, workerData });
}
