import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import type { BattleResult } from '../../src/ledger/record.ts';
import { playSession, type SessionOptions, type SessionResult } from '../../src/showdown/session.ts';
import { type FaultProxy, startFaultProxy, type Tamper } from '../support/fault-proxy.ts';
import { startShowdown, type TestServer } from '../support/showdown-server.ts';
import { ledgerIn } from './ledger-in.ts';
import { sessionOptions } from './play.ts';
import { expectWholeLedgers } from './whole-ledgers.ts';

const FORMAT = 'gen9randombattle';
const BATTLES = 2;

let server: TestServer;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'pokellmon-'));
  server = await startShowdown();
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true });
});

/** A session's own view of its battles. */
interface Played {
  readonly session: SessionResult;
  readonly results: ReadonlyMap<string, BattleResult | undefined>;
}

async function play(options: SessionOptions): Promise<Played> {
  const results = new Map<string, BattleResult | undefined>();
  const session = await playSession({
    ...options,
    onEnd: (room, { result }) => void results.set(room.id.battle, result),
  });
  return { session, results };
}

/** Battles between a client behind a faulty network and one with a good connection. */
async function playThrough(
  name: string,
  tamper: Tamper,
  client: Partial<SessionOptions['client']> = {},
  garble?: (text: string) => string,
): Promise<{ faulty: Played; good: Played; proxy: FaultProxy; folder: string }> {
  const proxy = await startFaultProxy(server.url, tamper, garble);
  const folder = join(root, name);
  const count = { battles: BATTLES, concurrency: BATTLES };
  const [faulty, good] = await Promise.all([
    play(
      sessionOptions(
        proxy.url,
        name,
        { type: 'challenge', format: FORMAT, user: `${name}foe` },
        {
          ...count,
          client: { heartbeatMs: 1_000, ...client },
          room: { ...ledgerIn(folder), agent: maxPowerAgent },
        },
      ),
    ),
    play(
      sessionOptions(
        server.url,
        `${name}foe`,
        { type: 'accept', formats: [FORMAT], users: [name] },
        { ...count, room: { agent: maxPowerAgent } },
      ),
    ),
  ]);
  await proxy.close();
  return { faulty, good, proxy, folder };
}

/** All battles ended, for both the same way, with every choice taken once and none refused. */
function expectAllFinished({ faulty, good, proxy, folder }: Awaited<ReturnType<typeof playThrough>>): void {
  expect(faulty.results.size).toBe(BATTLES);
  expect([...faulty.results.values()]).not.toContain(undefined);
  for (const [id, result] of faulty.results) expect(good.results.get(id)?.winner).toBe(result?.winner);
  for (const { session } of [faulty, good]) {
    expect(session.faults).toMatchObject({ invalid: 0, timeouts: 0 });
  }
  expect([...good.session.unknownKinds]).toEqual([]);
  const choices = proxy.delivered.filter((text) => text.includes('|/choose '));
  const answered = choices.map((text) => `${text.split('|', 1)[0]} ${text.split('|').at(-1)}`);
  expect(new Set(answered).size).toBe(answered.length);
  expectWholeLedgers(folder, BATTLES);
}

/** Says yes for the frames of some turns, once for each. */
function onceAt(...turns: number[]): (frame: string) => boolean {
  const left = new Set(turns);
  return (frame) => {
    const turn = Number(/\n\|turn\|(\d+)/.exec(frame)?.[1]);
    return left.delete(turn);
  };
}

describe.concurrent('every battle is finished when the network', () => {
  test('drops the socket', async () => {
    const isTime = onceAt(2, 5, 9);
    const played = await playThrough('dropped', (frame, connection) => {
      if (isTime(frame)) setTimeout(() => connection.drop(), 3);
      return [frame];
    });
    expectAllFinished(played);
  });

  test('drops the socket before a choice arrives', async () => {
    const isTime = onceAt(3, 6);
    const played = await playThrough('lost', (frame, connection) => {
      if (!isTime(frame)) return [frame];
      connection.drop();
      return [];
    });
    expectAllFinished(played);
  });

  test('leaves the socket half open', async () => {
    const isTime = onceAt(3);
    const played = await playThrough('halfopen', (frame, connection) => {
      if (isTime(frame)) connection.halfOpen(3_000);
      return [frame];
    });
    expectAllFinished(played);
  });

  test('stalls for 5 s', async () => {
    const isTime = onceAt(3);
    const played = await playThrough(
      'stalled',
      (frame, connection) => {
        if (isTime(frame)) connection.stall(5_000);
        return [frame];
      },
      { heartbeatMs: 8_000 },
    );
    expectAllFinished(played);
  });

  test('brings each request before its log', async () => {
    const held = new Map<string, string>();
    const played = await playThrough('reordered', (frame) => {
      const room = /^>(\S+)/.exec(frame)?.[1];
      if (room === undefined) return [frame];
      const log = held.get(room);
      held.delete(room);
      if (log !== undefined) return [frame, log];
      if (!/\n\|turn\|/.test(frame) || frame.includes('|init|')) return [frame];
      held.set(room, frame);
      return [];
    });
    expectAllFinished(played);
    expect(played.faulty.session.faults.resyncs).toBe(0);
  });

  test('cuts frames short', async () => {
    const cutLog = onceAt(3);
    let requests = 0;
    const played = await playThrough('truncated', (frame) => {
      const isCut = cutLog(frame) || (frame.includes('|request|{') && [8, 20].includes(++requests));
      return isCut ? [frame.slice(0, Math.floor(frame.length / 2))] : [frame];
    });
    expectAllFinished(played);
    expect(played.faulty.session.faults.resyncs).toBeGreaterThan(0);
  });

  test('repeats requests', async () => {
    const played = await playThrough('repeated', (frame) =>
      frame.includes('|request|{') ? [frame, frame] : [frame],
    );
    expectAllFinished(played);
  });

  test('garbles choices, which the server then refuses', async () => {
    let choices = 0;
    const { faulty } = await playThrough(
      'garbled',
      (frame) => [frame],
      {},
      (text) =>
        text.includes('|/choose ') && ++choices % 10 === 0
          ? text.replace(/choose [^|]*/, 'choose move 9')
          : text,
    );
    expect(faulty.results.size).toBe(BATTLES);
    expect([...faulty.results.values()]).not.toContain(undefined);
    expect(faulty.session.faults.invalid).toBe(Math.floor(choices / 10));
  });
});
