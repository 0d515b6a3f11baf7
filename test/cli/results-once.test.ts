import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSession } from '../../src/ledger/read-session.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';
import { playSession } from '../../src/showdown/session.ts';
import { createRandom } from '../../src/util/random.ts';
import { sessionOptions } from '../showdown/play.ts';
import { expectWholeLedgers } from '../showdown/whole-ledgers.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { pokellmon } from '../support/run-cli.ts';
import { useShowdown } from '../support/use-showdown.ts';

const FORMAT = 'gen9randombattle';
const BATTLES = 6;
const MOST_DROPS = 20;

const shared = useShowdown();

test('each of several battles at once counts once, however often the connection is lost', async () => {
  const random = createRandom('drops');
  let drops = 0;
  const proxy = await startFaultProxy(shared.server.url, {
    // Mostly around the ends of battles: before they are reported, and right after that.
    toClient(frame, connection) {
      const isEnd = frame.includes('\n|win|');
      if (drops >= MOST_DROPS || random.next() >= (isEnd ? 0.8 : 0.05)) return [frame];
      drops++;
      if (random.next() < 0.5) {
        connection.drop();
        return [];
      }
      setTimeout(() => connection.drop(), random.below(20));
      return [frame];
    },
  });
  const folder = join(shared.root, 'once');
  const theirs = new Map<string, string | null | undefined>();
  const count = { battles: BATTLES, concurrency: 3 };
  const accept = { type: 'accept', formats: [FORMAT], users: ['dropper'] } as const;
  const [{ code, stdout }] = await Promise.all([
    pokellmon([
      ...`challenge steady --agent random --name dropper --json --server ${proxy.url}`.split(' '),
      ...`--battles ${BATTLES} --concurrency 3 --out ${folder}`.split(' '),
    ]),
    playSession({
      ...sessionOptions(shared.server.url, 'steady', accept, count),
      onEnd: (room, { result }) => void theirs.set(room.id.battle, result?.winner),
    }),
  ]);
  await proxy.close();
  expect(code).toBe(0);
  expect(drops).toBeGreaterThan(BATTLES);
  const { summary, battles } = JSON.parse(stdout) as {
    summary: { battles: number; wins: number; losses: number; ties: number; unfinished: number };
    battles: { id: string; winner: string | null }[];
  };
  expect(summary.battles).toBe(BATTLES);
  expect(summary.wins + summary.losses + summary.ties).toBe(BATTLES);
  expect(new Map(battles.map(({ id, winner }) => [id, winner]))).toEqual(theirs);
  expectWholeLedgers(folder, BATTLES);
  const [log = ''] = readdirSync(join(folder, SESSIONS));
  const { records } = await readSession(join(folder, SESSIONS, log));
  const ended = records.flatMap((record) => (record.type === 'battle-finished' ? [record] : []));
  expect(ended.map(({ battleId }) => battleId).sort()).toEqual([...theirs.keys()].sort());
  expect(ended.every(({ result }) => result !== undefined)).toBe(true);
  expect(records.at(-1)).toMatchObject({ type: 'ended', how: 'finished', battles: BATTLES, unfinished: 0 });
});
