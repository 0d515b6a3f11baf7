import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { startServer } from '../../scripts/showdown-server.mjs';

/** A test server's settings for its login server; see `startServer`. */
export interface LoginOptions {
  readonly loginKey?: string;
  readonly loginServer?: string;
}

/** A real Showdown server on loopback. */
export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Ends the server, if it is still running, as a crash would, and starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Below the ports that the system assigns, so that no other program is given one while a server is starting. */
const FIRST_PORT = 10_000;
const PORTS = 20_000;
// Test files run in parallel, each in its own process.
let nextPort = (process.pid * 64) % PORTS;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (nextPort++ % PORTS);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    probe.close();
    if (isFree) return port;
  }
}

/** Starts a real Showdown server on a free port of loopback and waits until it answers. */
export async function startShowdown(login: LoginOptions = {}): Promise<TestServer> {
  const port = await freePort();
  let server = await launch(port, login);
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  };
  return {
    port,
    url: `ws://127.0.0.1:${port}/showdown/websocket`,
    stop,
    async restart() {
      await stop();
      server = await launch(port, login);
    },
  };
}

async function launch(port: number, login: LoginOptions): Promise<ChildProcess> {
  const server = await startServer(port, { stdio: 'ignore', ...login });
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`The Showdown server ended with code ${server.exitCode}`);
    const answers = await fetch(`http://127.0.0.1:${port}/showdown/info`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return server;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill('SIGKILL');
  throw new Error(`The Showdown server on port ${port} did not answer within 30 s`);
}
