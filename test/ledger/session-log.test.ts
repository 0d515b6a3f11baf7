import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSession } from '../../src/ledger/read-session.ts';
import { openSessionLog } from '../../src/ledger/session-log.ts';
import type { SessionEvent } from '../../src/ledger/session-record.ts';
import { UserError } from '../../src/util/errors.ts';
import { temporaryFolder } from './real-battle.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 5, 7, 42);
const AT = '2026-11-23T09:05:07.042Z';
const FAULTS = { invalid: 0, unavailable: 1, stale: 0, resyncs: 0, reconnects: 2, timeouts: 0 };
const PLACE = {
  battleId: 'battle-gen9randombattle-1',
  format: 'gen9randombattle',
  side: 'p1',
  opponent: 'Blue',
  folder: 'battle-gen9randombattle-1',
} as const;
const EVENTS: readonly SessionEvent[] = [
  {
    type: 'started',
    player: { name: 'Red', agent: 'calc' },
    server: 'localhost',
    by: 'challenge',
    formats: ['gen9randombattle'],
    users: ['Blue'],
    battles: 1,
    concurrency: 1,
    turnMs: 30_000,
    timer: true,
    seed: '7',
    versions: { pokellmon: '0.1.0' },
  },
  { type: 'connected' },
  { type: 'message', text: 'The user "Blue" was not found.', search: true },
  { type: 'waiting', reason: 'The user "Blue" was not found.' },
  { type: 'challenge-rejected', from: 'green', to: 'red', format: 'gen9ou', reason: 'format', times: 12 },
  { type: 'searching', format: 'gen9ou' },
  { type: 'challenging', user: 'blue', format: 'gen9ou' },
  { type: 'accepting', from: 'blue', format: 'gen9ou' },
  { type: 'battle-started', ...PLACE, resumed: false },
  { type: 'disconnected', cause: 'it was closed' },
  { type: 'reconnected' },
  { type: 'room-reentered', battleId: PLACE.battleId },
  { type: 'said', battleId: PLACE.battleId, text: 'good luck' },
  { type: 'chat-refused', battleId: PLACE.battleId, text: 'gg', reason: 'You are muted' },
  { type: 'default-chosen', battleId: PLACE.battleId, rqid: 7, reason: 'the request cannot be read' },
  { type: 'choice-refused', battleId: PLACE.battleId, reason: "[Unavailable choice] Can't switch" },
  { type: 'line-skipped', battleId: PLACE.battleId, line: '|-odd|', reason: 'Error: odd' },
  {
    type: 'battle-finished',
    ...PLACE,
    result: { winner: 'p1', turns: 12, ratings: { p1: { before: 1000, after: 1020 } } },
    faults: FAULTS,
  },
  { type: 'battle-finished', ...PLACE, faults: FAULTS },
  { type: 'replay-published', url: 'https://replay.pokemonshowdown.com/gen9randombattle-1' },
  { type: 'replay-refused', reason: 'no answer' },
  {
    type: 'ended',
    how: 'finished',
    battles: 2,
    wins: 1,
    losses: 0,
    ties: 0,
    unfinished: 1,
    faults: FAULTS,
    unknownKinds: { odd: 1 },
  },
];

async function written() {
  const root = await temporaryFolder();
  const log = openSessionLog(root, 'Red!', { now: () => NOW });
  for (const event of EVENTS) log.add(event);
  return { root, log };
}

describe('the log of a session', () => {
  test('reads back as written, each event with its time', async () => {
    const { root, log } = await written();
    expect(log.path).toBe(join(root, 'sessions', '2026-11-23T09-05-07-red.jsonl'));
    expect(await readSession(log.path)).toEqual({
      records: EVENTS.map((event) => ({ version: 1, at: AT, ...event })),
      notices: [],
    });
  });

  test('is never continued by another session', async () => {
    const { root, log } = await written();
    const before = readFileSync(log.path, 'utf8');
    const other = openSessionLog(root, 'Red', { now: () => NOW });
    other.add({ type: 'connected' });
    expect(readdirSync(join(root, 'sessions'))).toHaveLength(2);
    expect(readFileSync(log.path, 'utf8')).toBe(before);
  });

  test('loses only what a crash tore, and unknown records', async () => {
    const { log } = await written();
    truncateSync(log.path, readFileSync(log.path).length - 5);
    const { records, notices } = await readSession(log.path);
    expect(records.map(({ type }) => type)).toEqual(EVENTS.slice(0, -1).map(({ type }) => type));
    expect(notices).toEqual([expect.stringContaining('the last line is cut off')]);

    appendFileSync(log.path, '\n{"version":1,"type":"moonlanding","at":""}\n{"version":2}\n[]\n');
    const foreign = await readSession(log.path);
    expect(foreign.records).toEqual(records);
    expect(foreign.notices).toHaveLength(4);
  });

  test('contains no secrets and no tricks of other people', async () => {
    const root = await temporaryFolder();
    const log = openSessionLog(root, 'Red', { secrets: ['correct horse'] });
    log.add({ type: 'message', text: 'You said correct horse and sk-abcdefghijklmnop' });
    log.add({ type: 'battle-started', ...PLACE, opponent: '\u001b[2J\u202eevil\nname', resumed: false });
    log.add({ type: 'disconnected', cause: 'x'.repeat(10_000) });
    const text = readFileSync(log.path, 'utf8');
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toMatch(/correct horse|sk-abc|u001b|\u202e/);
    // A server's whole message about a bad team fits, but not much more.
    expect(text.length).toBeLessThan(4_600);
    const { records } = await readSession(log.path);
    expect(records).toMatchObject([
      { text: 'You said [redacted] and [redacted]' },
      { opponent: '[2J evil name' },
      { cause: expect.stringMatching(/x…$/) },
    ]);
  });

  test('can be read even when a secret is a common word', async () => {
    const log = openSessionLog(await temporaryFolder(), 'Red', {
      secrets: ['started', 'challenge', 'ended', 'finished'],
    });
    for (const event of EVENTS) log.add(event);
    const { records, notices } = await readSession(log.path);
    expect(notices).toEqual([]);
    expect(records.map(({ type }) => type)).toEqual(EVENTS.map(({ type }) => type));
  });

  test('that cannot be written is reported in one line', async () => {
    const root = await temporaryFolder();
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => openSessionLog(file, 'Red')).toThrow(UserError);
    expect(() => openSessionLog(file, 'Red')).toThrow(/^Cannot write the session to .*file: /);
  });
});
