import type { ChildProcess, StdioOptions } from 'node:child_process';

export function installServer(): Promise<void>;
export function startServer(
  port: number,
  options?: { readonly stdio?: StdioOptions; readonly loginKey?: string; readonly loginServer?: string },
): Promise<ChildProcess>;
