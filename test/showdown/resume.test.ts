import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BattleResult } from '../../src/ledger/record.ts';
import { unfinishedBattles } from '../../src/ledger/resume.ts';
import { playSession } from '../../src/showdown/session.ts';
import type { SessionOptions } from '../../src/showdown/session-options.ts';
import { UserError } from '../../src/util/errors.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { useShowdown } from '../support/use-showdown.ts';
import { ledgerIn } from './ledger-in.ts';
import { sessionOptions } from './play.ts';
import { battleFolders, expectWholeLedgers } from './whole-ledgers.ts';

const FORMAT = 'gen9randombattle';

const shared = useShowdown();

async function play(options: SessionOptions): Promise<(BattleResult | undefined)[]> {
  const results: (BattleResult | undefined)[] = [];
  await playSession({ ...options, onEnd: (_room, { result }) => void results.push(result) });
  return results;
}

test('a battle whose end was seen but not written is finished by the next run', async () => {
  const folder = join(shared.root, 'end');
  const ledger = ledgerIn(folder);
  const accept = { type: 'accept', formats: [FORMAT], users: ['finisher'] } as const;
  const [[first]] = await Promise.all([
    play(
      sessionOptions(shared.server.url, 'tardy', accept, {
        room: {
          ...ledger,
          // The state in which a process is killed at that moment.
          openLedger: (...args) => ({ ...ledger.openLedger(...args), finish: async () => {} }),
        },
      }),
    ),
    play(sessionOptions(shared.server.url, 'finisher', { type: 'challenge', format: FORMAT, user: 'tardy' })),
  ]);
  const unfinished = unfinishedBattles(folder, (name) => name === 'tardy', Date.now());
  expect(unfinished).toEqual(battleFolders(folder));
  // The first request for the battle goes unheard.
  let asked = 0;
  const proxy = await startFaultProxy(shared.server.url, {
    toServer: (text) => (text.startsWith('|/join battle-') && asked++ === 0 ? [] : [text]),
  });
  const [again] = await play(sessionOptions(proxy.url, 'tardy', accept, { unfinished, room: ledger }));
  await proxy.close();
  expect(again).toEqual(first);
  expect(asked).toBe(2);
  expectWholeLedgers(folder, 1);
  const [battle = ''] = battleFolders(folder);
  expect(JSON.parse(readFileSync(join(folder, battle, 'battle.json'), 'utf8')).result).toMatchObject({
    ...first,
  });
});

test('a battle is found and continues in its folder whatever is secret', async () => {
  const folder = join(shared.root, 'secrets');
  const [name, foe] = ['Forgetful 99', 'Rival-12345'];
  // A placeholder for a key, a password that equals the name, and words that occur in the battle's lines.
  const ledger = ledgerIn(folder, { secrets: ['turn', 'move', name, foe], ownName: name });
  const stop = new AbortController();
  const rival = play({
    ...sessionOptions(shared.server.url, foe, { type: 'accept', formats: [FORMAT] }),
    stop: stop.signal,
  });
  const how = { type: 'challenge', format: FORMAT, user: foe } as const;
  const broken = play(
    sessionOptions(shared.server.url, name, how, {
      room: {
        ...ledger,
        openLedger(...args) {
          const opened = ledger.openLedger(...args);
          let left = 4;
          const decision: typeof opened.decision = (record) => {
            if (left-- === 0) throw new UserError('The disk is full');
            opened.decision(record);
          };
          return { ...opened, decision };
        },
      },
    }),
  );
  await expect(broken).rejects.toThrow('The disk is full');
  stop.abort();
  const unfinished = unfinishedBattles(folder, (each) => each === name, Date.now());
  expect(unfinished).toEqual(battleFolders(folder));
  await play(sessionOptions(shared.server.url, name, how, { unfinished, room: ledger }));
  await rival;
  expectWholeLedgers(folder, 1);
  const [battle = ''] = battleFolders(folder);
  const log = readFileSync(join(folder, battle, 'battle.log'), 'utf8');
  expect(log).toContain(name);
  expect(log).toContain('[redacted]');
  expect(log).not.toContain(foe);
});

test('one that the server no longer knows is left as it is, and the next one is played', async () => {
  const folder = join(shared.root, 'gone');
  const ledger = ledgerIn(folder);
  const gone = { battle: `battle-${FORMAT}-99999`, format: FORMAT };
  const left = ledger.openLedger('p1', { p1: { name: 'hopeful' }, p2: { name: 'gone' } }, gone, undefined);
  for (const line of ['|turn|1', '|win|gone']) left.line('spectator', line);
  left.close();
  const unfinished = unfinishedBattles(folder, (name) => name === 'hopeful', Date.now());
  expect(unfinished).toEqual([gone.battle]);
  const accept = { type: 'accept', formats: [FORMAT], users: ['next'] } as const;
  const [results] = await Promise.all([
    play(sessionOptions(shared.server.url, 'hopeful', accept, { unfinished, room: ledger })),
    play(sessionOptions(shared.server.url, 'next', { type: 'challenge', format: FORMAT, user: 'hopeful' })),
  ]);
  expect(results).toEqual([expect.objectContaining({ turns: expect.any(Number) })]);
  expect(unfinishedBattles(folder, (name) => name === 'hopeful', Date.now())).toEqual(unfinished);
  expect(readFileSync(join(left.folder, 'battle.log'), 'utf8')).toContain('|win|gone');
});
