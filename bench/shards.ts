import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a bench's own file once more in so many processes, each with its share of the work: `--shard=index/count`.
 *
 * @param file `import.meta.url` of the bench
 * @param options its command line, by name
 * @returns what the processes sent, in no particular order
 */
export async function inProcesses<T>(
  file: string,
  count: number,
  options: Readonly<Record<string, string | undefined>>,
): Promise<T[]> {
  const shards = Array.from({ length: count }, (_, index) =>
    runShard<T>(file, { ...options, shard: `${index}/${count}` }),
  );
  return (await Promise.all(shards)).flat();
}

function runShard<T>(file: string, options: Readonly<Record<string, string | undefined>>): Promise<T[]> {
  const child = fork(
    fileURLToPath(file),
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
  );
  return new Promise((resolve, reject) => {
    child.once('message', (results) => resolve(results as T[]));
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`A process ended with code ${code} before its battles did`)),
    );
  });
}
