import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a finished program left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that would make the command find a model on a developer's machine. */
export const NO_MODEL = {
  POKELLMON_MODEL: '',
  POKELLMON_BASE_URL: '',
  OPENAI_BASE_URL: '',
  OPENAI_API_KEY: '',
};

/** A running program. */
export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts a TypeScript program of the repository from source, in its own process. */
export function startSource(file: string, args: readonly string[] = []): Started {
  return start(['--import', 'tsx', file, ...args]);
}

/** Starts `pokellmon` as published: the tests begin with a build. */
export function startPokellmon(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  return start(['dist/cli/main.js', ...args], env);
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...NO_MODEL, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished };
}

/** Runs `pokellmon` with arguments to its end. */
export function pokellmon(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Finished> {
  return startPokellmon(args, env).finished;
}
