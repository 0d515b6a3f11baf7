import { once } from 'node:events';
import { startModelServer } from '../../scripts/model-server.mjs';
import { freePort } from './showdown-server.ts';

/** A real language model behind a real server on loopback. */
export interface TestModelServer {
  /** For `--base-url`. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Most time for a server to load the model, in ms. */
const LOADING_MS = 120_000;

/** Starts one of the servers of `scripts/model-server.mjs`, installing it the first time, and waits for the model. */
export async function startTestModel(name: string): Promise<TestModelServer> {
  const port = await freePort();
  const server = startModelServer(name, port, { stdio: 'ignore' });
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const until = performance.now() + LOADING_MS;
  while (!(await answers(`${baseUrl}/models`))) {
    if (server.exitCode !== null) throw new Error(`${name} ended with code ${server.exitCode}`);
    if (performance.now() > until) throw new Error(`${name} did not answer within ${LOADING_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    baseUrl,
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
