// Two random agents against each other through a real server on loopback, both in this process, with full tracking
// and ledger: battles per second, the client's own time from a request to its choice, and everything that went wrong.
//
//   npx tsx bench/showdown.ts [battles of each format, default 67] [at the same time, default 10]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { randomAgent } from '../src/agent/random.ts';
import { readTeam } from '../src/arena/team.ts';
import { openBattleLedger } from '../src/ledger/battle-ledger.ts';
import { percentile } from '../src/ledger/summary.ts';
import { playSession, type SessionOptions, type SessionResult } from '../src/showdown/session.ts';
import { createRandom } from '../src/util/random.ts';
import { startShowdown } from '../test/support/showdown-server.ts';

const battles = Number(process.argv[2] ?? 67);
const concurrency = Number(process.argv[3] ?? 10);
const FORMATS = ['gen9randombattle', 'gen9randomdoublesbattle', 'gen9ou'];

/** Time of the last unanswered request, by socket and room. */
const asked = new WeakMap<WebSocket, Map<string, number>>();
const overheads: number[] = [];
measureSockets();

const server = await startShowdown();
const out = mkdtempSync(join(tmpdir(), 'pokellmon-bench-'));
for (const format of FORMATS) await measure(format);
rmSync(out, { recursive: true });
await server.stop();

async function measure(format: string): Promise<void> {
  overheads.length = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const ended = { a: 0, b: 0 };
  const sessions = await Promise.all([
    playSession(options(format, 'a', 'gen9ou-balance', () => ended.a++)),
    playSession(options(format, 'b', 'gen9ou-rain', () => ended.b++)),
  ]);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sum = (fault: keyof SessionResult['faults']): number =>
    sessions.reduce((total, { faults }) => total + faults[fault], 0);
  const unknown = sessions.flatMap(({ unknownKinds }) => [...unknownKinds.keys()]);
  console.log(`${format}: ${battles} battles, ${concurrency} at the same time`);
  console.log(`  finished      ${ended.a} of ${battles}, seen by the other side ${ended.b}`);
  console.log(
    `  faults        invalid ${sum('invalid')}, lost on time ${sum('timeouts')}, stale ${sum('stale')}, entered anew ${sum('resyncs')}, unknown kinds ${unknown.join(' ') || 'none'}`,
  );
  console.log(
    `  unavailable   ${sum('unavailable')} (hidden traps and disabled moves that came to light by choosing)`,
  );
  console.log(
    `  throughput    ${(battles / seconds).toFixed(1)} battles/s (${((user + system) / 1e6 / battles).toFixed(3)} CPU s a battle for both players)`,
  );
  console.log(
    `  overhead      request to choice p50 ${ms(0.5)}, p95 ${ms(0.95)}, most ${ms(1)}, of ${overheads.length}`,
  );
}

function options(format: string, name: string, team: string, onFinished: () => void): SessionOptions {
  const packed =
    format === 'gen9ou'
      ? readTeam(
          readFileSync(new URL(`../test/fixtures/teams/${team}.txt`, import.meta.url), 'utf8'),
          format,
          team,
        )
      : undefined;
  return {
    client: {
      url: server.url,
      account: { name: `bench${name}` },
      needsAssertion: false,
      random: createRandom(name),
    },
    matchmaking: { type: 'ladder', format },
    battles,
    concurrency,
    teamFor: () => packed,
    room: {
      agent: randomAgent,
      fallback: randomAgent,
      turnMs: 10_000,
      timer: true,
      saveReplay: false,
      findSaved: () => undefined,
      openLedger: (_side, { p1, p2 }, id) =>
        openBattleLedger(join(out, name), {
          id: id.battle,
          format,
          players: { p1: { name: p1.name }, p2: { name: p2.name } },
          versions: {},
        }),
      onProblem: ({ line, error }) => console.log(`  not followed  ${line.slice(0, 100)}: ${String(error)}`),
    },
    onEnd: (_room, { result }) => {
      if (result) onFinished();
    },
  };
}

/** Notes when each socket of this process hands over a request and when it is given the choice. */
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
