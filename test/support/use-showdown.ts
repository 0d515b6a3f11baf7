import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startShowdown, type TestServer } from './showdown-server.ts';

/** What all tests of a file share. */
export interface SharedShowdown {
  /** A real server on loopback, available once the tests run. */
  readonly server: TestServer;
  /** A folder for what they write. */
  readonly root: string;
}

/** Starts a server before the tests of a file and makes a folder for them; after the tests both are removed. */
export function useShowdown(): SharedShowdown {
  let server: TestServer;
  let root: string;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'pokellmon-'));
    server = await startShowdown();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  });
  return {
    get server() {
      return server;
    },
    get root() {
      return root;
    },
  };
}
