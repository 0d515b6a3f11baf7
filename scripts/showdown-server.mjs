#!/usr/bin/env node
// Installs (once) and starts a real Pokémon Showdown server on loopback, for tests and for playing at home:
//   npm run server -- [PORT]
// It lives in the git-ignored folder .showdown and not in package.json: its optional native dependencies would
// make every install slow, and only few need a server.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '0.11.11';
const home = fileURLToPath(new URL(`../.showdown/${VERSION}`, import.meta.url));
const server = join(home, 'node_modules', 'pokemon-showdown');

const CONFIG = `Object.assign(exports, require('./config-example'));
exports.bindaddress = '127.0.0.1';
exports.subprocesses = 0;
exports.backdoor = false;
exports.repl = false;
exports.reportjoins = false;
exports.reportbattles = false;
`;

/** Puts the server where it can be started; does nothing when it is there. */
export function installServer() {
  if (existsSync(join(server, 'config', 'config.js'))) return;
  mkdirSync(home, { recursive: true });
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const npm = spawnSync('npm', ['install', '--prefix', home, ...flags, `pokemon-showdown@${VERSION}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (npm.status !== 0) throw new Error(`npm could not install pokemon-showdown ${VERSION}`);
  for (const folder of ['logs/repl', 'logs/modlog', 'config/chat-plugins', 'config/ladders']) {
    mkdirSync(join(server, folder), { recursive: true });
  }
  writeFileSync(join(server, 'config', 'config.js'), CONFIG);
}

/** Starts the server; the caller polls `http://127.0.0.1:PORT/showdown/info` until it answers, and ends the process. */
export function startServer(port, stdio = 'inherit') {
  installServer();
  return spawn(
    process.execPath,
    ['pokemon-showdown', 'start', '--skip-build', '--no-security', String(port)],
    {
      cwd: server,
      stdio,
    },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  startServer(Number(process.argv[2] ?? 8000)).on('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}
