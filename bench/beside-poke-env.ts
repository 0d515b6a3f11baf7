// Random agents of this package and of poke-env in turn on the same real server on loopback: battles per second of each
// and their ratio. poke-env's keep nothing on disk, nor do ours at first; then ours write the ledger and the replay page
// of every battle. All have the timer on. The server plays on one core, and is warmed up before the first round.
//
//   python3 -m venv .venv && .venv/bin/pip install poke-env
//   npx tsx bench/beside-poke-env.ts --python .venv/bin/python [--battles 60] [--rounds 6] [--at-once 10]
//                                    [--format gen9randombattle]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startShowdown } from '../test/support/showdown-server.ts';
import { playRandomPair } from './support/random-pair.ts';

const roundSchema = z.object({ seconds: z.number(), cpuSeconds: z.number(), turns: z.number() });

/** What some battles took: seconds, CPU seconds of both players' process, and mean turns a battle. */
type Round = z.infer<typeof roundSchema>;

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    battles: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '6' },
    'at-once': { type: 'string', default: '10' },
    format: { type: 'string', default: 'gen9randombattle' },
  },
});
const { format } = values;
const battles = Number(values.battles);
const concurrency = Number(values['at-once']);

// Removed at the very end: some file systems are slow to make files while others have just been deleted.
const out = mkdtempSync(join(tmpdir(), 'pokellmon-bench-'));
process.on('exit', () => rmSync(out, { recursive: true }));
const server = await startShowdown();
const script = fileURLToPath(new URL('support/poke-env-players.py', import.meta.url));
const python = spawn(values.python, [script, server.url, format, values['at-once']], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
python.on('error', fail);
python.on('exit', () => fail(new Error('poke-env has ended')));
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

const players = {
  ours: () => playOurs(),
  'with ledger': () => playOurs(out),
  'poke-env': () => playTheirs(),
};
const names = ['ours', 'with ledger', 'poke-env'] as const;
const played: Record<(typeof names)[number], Round[]> = { ours: [], 'with ledger': [], 'poke-env': [] };
for (const name of names) await players[name]();
for (let round = 0; round < Number(values.rounds); round++) {
  // Whoever comes later meets a warmer server, so they change places.
  const first = round % names.length;
  for (const name of [...names.slice(first), ...names.slice(0, first)]) {
    played[name].push(await players[name]());
  }
  const rates = names.map((name) => `${name} ${perSecond(played[name].at(-1))}`);
  console.log(`round ${round + 1}: ${rates.join(', ')}`);
}
console.log(
  `${format}, ${values.rounds} rounds of ${battles} battles, ${concurrency} at the same time; over all rounds`,
);
for (const name of names) {
  const ratio = (total(played['poke-env']) / total(played[name])).toFixed(2);
  console.log(`  ${name.padEnd(12)} ${inWords(played[name])}; ${ratio} of poke-env's rate`);
}
python.removeAllListeners('exit');
python.kill();
await server.stop();

async function playOurs(folder?: string): Promise<Round> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let turns = 0;
  await playRandomPair(server.url, {
    format,
    battles,
    concurrency,
    out: folder,
    onEnd: (player, count) => {
      if (player === 'a') turns += count;
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6, turns: turns / battles };
}

async function playTheirs(): Promise<Round> {
  python.stdin.write(`${battles}\n`);
  const { value } = await answers.next();
  return roundSchema.parse(JSON.parse(String(value)));
}

function perSecond(round: Round | undefined): string {
  return `${(battles / (round?.seconds ?? 0)).toFixed(1)} battles/s`;
}

/** Seconds of all rounds. */
function total(rounds: readonly Round[]): number {
  return rounds.reduce((sum, { seconds }) => sum + seconds, 0);
}

function inWords(rounds: readonly Round[]): string {
  const mean = (pick: (round: Round) => number): number =>
    rounds.reduce((sum, round) => sum + pick(round), 0) / rounds.length;
  const speed = ((rounds.length * battles) / total(rounds)).toFixed(1);
  const cpu = mean(({ cpuSeconds }) => cpuSeconds / battles).toFixed(3);
  return `${speed} battles/s, ${cpu} CPU s a battle for both players, ${mean(({ turns }) => turns).toFixed(0)} turns a battle`;
}

function fail(error: Error): never {
  console.error(`${error.message}: is poke-env installed for ${values.python}?`);
  void server.stop();
  process.exit(1);
}
