import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a bench's own file in this many processes, each with its share of the work: `--shard=index/count`. A process
 * sends its results in batches as it gets them, and ends.
 *
 * @param file `import.meta.url` of the bench
 * @param options its command line, by name
 * @param onBatch called with all results so far whenever there are more
 * @returns what the processes sent, in no particular order
 */
export async function inProcesses<T>(
  file: string,
  count: number,
  options: Readonly<Record<string, string | undefined>>,
  onBatch: (results: readonly T[]) => void = () => {},
): Promise<T[]> {
  const results: T[] = [];
  const shards = Array.from({ length: count }, (_, index) =>
    runShard<T>(file, { ...options, shard: `${index}/${count}` }, (batch) => {
      results.push(...batch);
      onBatch(results);
    }),
  );
  await Promise.all(shards);
  return results;
}

function runShard<T>(
  file: string,
  options: Readonly<Record<string, string | undefined>>,
  onBatch: (batch: readonly T[]) => void,
): Promise<void> {
  const child = fork(
    fileURLToPath(file),
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
  );
  return new Promise((resolve, reject) => {
    child.on('message', (batch) => onBatch(batch as T[]));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A process ended with code ${code} before its battles did`));
    });
  });
}
