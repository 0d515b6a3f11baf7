import type { ChildProcess, StdioOptions } from 'node:child_process';

export const MODEL_NAME: string;
export const MODEL_SERVERS: readonly string[];
export function installModel(): string;
export function startModelServer(
  name: string,
  port: number,
  options?: { readonly stdio?: StdioOptions },
): ChildProcess;
