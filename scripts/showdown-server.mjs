#!/usr/bin/env node
// Installs (once) and starts a real Pokémon Showdown server on loopback, for tests and for playing at home:
//   npm run server -- [PORT]
// It lives in the git-ignored folder .showdown and not in package.json: its optional native dependencies would
// make every install slow, and only few need a server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '0.11.11';
/** How often an install reports its progress. */
const PROGRESS_MS = 3_000;
const home = fileURLToPath(new URL(`../.showdown/${VERSION}`, import.meta.url));
const inHome = join('node_modules', 'pokemon-showdown');

const CONFIG = `Object.assign(exports, require('./config-example'));
exports.bindaddress = '127.0.0.1';
exports.subprocesses = 0;
exports.backdoor = false;
exports.repl = false;
exports.reportjoins = false;
exports.reportbattles = false;
if (process.env.SHOWDOWN_LOGIN_KEY) exports.loginserverpublickey = process.env.SHOWDOWN_LOGIN_KEY;
// It calls nobody outside unless it is told to.
exports.loginserver = process.env.SHOWDOWN_LOGIN_SERVER || 'http://127.0.0.1:1/';
`;

/** Installs the server if it is not there yet, and reports the progress. */
export async function installServer() {
  if (!existsSync(home)) {
    // Installed next to its place and then moved there, so that an interrupted install, or two at once, do no harm.
    const building = `${home}-${process.pid}`;
    mkdirSync(building, { recursive: true });
    await withProgress(building, () => install(building));
    for (const folder of ['logs/repl', 'logs/modlog', 'config/chat-plugins', 'config/ladders']) {
      mkdirSync(join(building, inHome, folder), { recursive: true });
    }
    if (existsSync(home)) rmSync(building, { recursive: true });
    else renameSync(building, home);
  }
  writeFileSync(join(home, inHome, 'config', 'config.js'), CONFIG);
}

async function install(building) {
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const npm = spawn(
    'npm',
    ['install', '--prefix', building, ...flags, '--no-progress', `pokemon-showdown@${VERSION}`],
    // An npm that runs this script must not pass on its own settings (a dry run, another prefix).
    { stdio: ['ignore', 'ignore', 'inherit'], env: withoutNpmSettings(process.env) },
  );
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm could not install pokemon-showdown ${VERSION}`);
}

/** Prints what is being installed, every few seconds how far it is, and when it is done. */
async function withProgress(building, work) {
  const { stderr } = process;
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  stderr.write(`Installing pokemon-showdown ${VERSION} (about 150 MB, only this once) …\n`);
  const timer = setInterval(() => {
    const modules = join(building, 'node_modules');
    const packages = existsSync(modules) ? readdirSync(modules).length : 0;
    stderr.write(`  ${seconds()}: ${packages > 0 ? `${packages} packages unpacked` : 'downloading'}\n`);
  }, PROGRESS_MS);
  try {
    await work();
    stderr.write(`Installed in ${seconds()}.\n`);
  } finally {
    clearInterval(timer);
  }
}

function withoutNpmSettings(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_config_(prefix|dry_run|omit|global)$/i.test(name)),
  );
}

/**
 * Starts the server, installing it first if necessary; the caller polls `http://127.0.0.1:PORT/showdown/info` until it
 * answers, and ends the process.
 *
 * @param loginKey public key (PEM) of a login server: names then need its assertion, and the public server's throttles
 * apply. Without it anybody may take any name, and nothing is throttled.
 * @param loginServer where it sends replays that players want published; without it, nowhere
 */
export async function startServer(port, { stdio = 'inherit', loginKey, loginServer } = {}) {
  await installServer();
  return spawn(
    process.execPath,
    ['pokemon-showdown', 'start', '--skip-build', ...(loginKey ? [] : ['--no-security']), String(port)],
    {
      cwd: join(home, inHome),
      stdio,
      env: { ...process.env, SHOWDOWN_LOGIN_KEY: loginKey ?? '', SHOWDOWN_LOGIN_SERVER: loginServer ?? '' },
    },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startServer(Number(process.argv[2] ?? 8000));
  // Ctrl-C reaches the server by itself; a signal sent to this process alone has to be passed on.
  process.on('SIGTERM', () => server.kill());
  process.on('SIGINT', () => {});
  server.on('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}
