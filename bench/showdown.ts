// Two random agents against each other through a real server on loopback, both in this process, with full tracking
// and ledger: battles per second, the client's own time from a request to its choice, and everything that went wrong.
// Rounds of bare clients, which only answer, alternate with them: their speed is the most that the server can give.
// Fails when a battle was not finished or lost on time, a choice was invalid, or a message of unknown kind came.
//
//   npx tsx bench/showdown.ts [battles of each format, default 67] [battles at the same time, default 10] [format …]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { percentile } from '../src/ledger/summary.ts';
import type { SessionResult } from '../src/showdown/session-options.ts';
import { createRandom } from '../src/util/random.ts';
import { startShowdown } from '../test/support/showdown-server.ts';
import { playBare } from './support/bare-player.ts';
import { playRandomPair, TEAMS, teamFor } from './support/random-pair.ts';

const ROUNDS = 3;
const [total = '67', atOnce = '10', ...formats] = process.argv.slice(2);
const played = Number(total);
/** Battles of each round. */
const SHARES = Array.from({ length: ROUNDS }, (_, round) => Math.floor((played + round) / ROUNDS)).filter(
  (battles) => battles > 0,
);
const concurrency = Number(atOnce);
const FORMATS = ['gen9randombattle', 'gen9randomdoublesbattle', 'gen9ou'];

/** Totals of several rounds of the same kind. */
interface Tally {
  seconds: number;
  cpuSeconds: number;
}

/** Time of the last unanswered request, by socket and room. */
const asked = new WeakMap<WebSocket, Map<string, number>>();
const overheads: number[] = [];
measureSockets();

const server = await startShowdown();
const out = mkdtempSync(join(tmpdir(), 'pokellmon-bench-'));
for (const format of formats.length > 0 ? formats : FORMATS) await measure(format);
rmSync(out, { recursive: true });
await server.stop();

async function measure(format: string): Promise<void> {
  // The server loads a format when it is first played.
  await playBares(format, 4);
  const bare: Tally = { seconds: 0, cpuSeconds: 0 };
  const ours: Tally = { seconds: 0, cpuSeconds: 0 };
  const ended = { a: 0, b: 0 };
  const sessions: SessionResult[] = [];
  overheads.length = 0;
  for (const battles of SHARES) {
    const measured = overheads.length;
    await timed(bare, () => playBares(format, battles));
    overheads.length = measured;
    await timed(ours, async () => {
      const plan = { format, battles, concurrency, out };
      const results = await playRandomPair(server.url, { ...plan, onEnd: (player) => ended[player]++ });
      sessions.push(...results);
    });
  }
  const sum = (fault: keyof SessionResult['faults']): number =>
    sessions.reduce((count, { faults }) => count + faults[fault], 0);
  const unknown = sessions.flatMap(({ unknownKinds }) => [...unknownKinds.keys()]);
  const speed = ({ seconds, cpuSeconds }: Tally): string =>
    `${(played / seconds).toFixed(1)} battles/s, ${(cpuSeconds / played).toFixed(3)} CPU s a battle for both players`;
  const isClean =
    ended.a === played && ended.b === played && sum('invalid') + sum('timeouts') + unknown.length === 0;
  if (!isClean) process.exitCode = 1;
  console.log(`${format}: ${played} battles, ${concurrency} at the same time`);
  console.log(`  finished      ${ended.a} of ${played}, seen by the other side ${ended.b}`);
  console.log(
    `  faults        invalid ${sum('invalid')}, lost on time ${sum('timeouts')}, stale ${sum('stale')}, entered anew ${sum('resyncs')}, unknown kinds ${unknown.join(' ') || 'none'}`,
  );
  console.log(
    `  unavailable   ${sum('unavailable')} (hidden traps and disabled moves that came to light by choosing)`,
  );
  console.log(`  throughput    ${speed(ours)}`);
  console.log(`  bare clients  ${speed(bare)}`);
  console.log(
    `  overhead      request to choice p50 ${ms(0.5)}, p95 ${ms(0.95)}, most ${ms(1)}, of ${overheads.length}`,
  );
}

async function timed(tally: Tally, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  tally.seconds += (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  tally.cpuSeconds += (user + system) / 1e6;
}

async function playBares(format: string, count: number): Promise<void> {
  const players = [
    ['barea', TEAMS[0]],
    ['bareb', TEAMS[1]],
  ] as const;
  const plan = { format, battles: count, concurrency };
  await Promise.all(
    players.map(([name, team]) =>
      playBare(server.url, name, { ...plan, team: teamFor(format, team), random: createRandom(name) }),
    ),
  );
}

/** Notes when each socket of this process delivers a request and when it is given the choice. */
function measureSockets(): void {
  const { emit, send } = WebSocket.prototype;
  WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...rest: unknown[]) {
    if (event === 'message') {
      const text = String(rest[0]);
      const room = /^>(\S+)\n\|request\|\{/.exec(text)?.[1];
      if (room && !text.includes('"wait":true')) {
        const times = asked.get(this) ?? new Map<string, number>();
        times.set(room, performance.now());
        asked.set(this, times);
      }
    }
    return emit.call(this, event, ...rest);
  };
  WebSocket.prototype.send = function (this: WebSocket, ...rest: unknown[]) {
    const room = /^([^|]+)\|\/choose /.exec(String(rest[0]))?.[1];
    const since = room === undefined ? undefined : asked.get(this)?.get(room);
    if (since !== undefined) overheads.push(performance.now() - since);
    return Reflect.apply(send, this, rest);
  };
}

function ms(share: number): string {
  return `${(percentile(overheads, share) ?? 0).toFixed(2)} ms`;
}
