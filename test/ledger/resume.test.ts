import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { findUnfinishedBattle, unfinishedBattles } from '../../src/ledger/resume.ts';
import { UserError } from '../../src/util/errors.ts';
import { BATTLE_1, playRecorded, recordedLines, temporaryFolder } from './real-battle.ts';

const NOW = Date.UTC(2026, 10, 23);
const MINUTE_MS = 60_000;
const { id } = BATTLE_1;

/** The battle as left by a process that dies after the last decision. */
function interrupted(root: string, now = NOW, server?: string) {
  const ledger = openBattleLedger(root, { ...BATTLE_1, server }, { now: () => now });
  const records = playRecorded(ledger);
  ledger.close();
  return { folder: ledger.folder, records };
}

async function finished(root: string, now = NOW): Promise<void> {
  const ledger = openBattleLedger(root, BATTLE_1, { now: () => now });
  playRecorded(ledger);
  await ledger.finish({ winner: 'p1', turns: 31 });
  ledger.close();
}

describe('an interrupted battle', () => {
  test('whose process died before it knew the players leaves no folder behind', async () => {
    const root = await temporaryFolder();
    mkdirSync(join(root, id));
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
    expect(interrupted(root).folder).toBe(join(root, id));
    // A file of that name is somebody else's.
    writeFileSync(join(root, `${id}-2`), 'a file');
    mkdirSync(join(root, `${id}-3`, 'notes'), { recursive: true });
    expect(openBattleLedger(root, BATTLE_1).folder).toBe(join(root, `${id}-4`));
    expect(readFileSync(join(root, `${id}-2`), 'utf8')).toBe('a file');
  });

  test('is found with everything that was seen and decided', async () => {
    const root = await temporaryFolder();
    const { folder, records } = interrupted(root);
    const saved = findUnfinishedBattle(root, id, 'p1');
    expect(saved).toEqual({
      folder,
      startedAt: new Date(NOW).toISOString(),
      side: 'p1',
      lines: recordedLines('battle-01', 'fpr100a.log')
        .filter((line) => !line.startsWith('|t:|'))
        .slice(0, -3),
      decisions: JSON.parse(JSON.stringify(records)),
    });
    expect(unfinishedBattles(root, (name) => name === 'fpr100a', NOW)).toEqual([id]);
  });

  test('loses the records that the crash tore, and nothing else', async () => {
    const root = await temporaryFolder();
    const { folder } = interrupted(root);
    const whole = findUnfinishedBattle(root, id, 'p1');
    const [log, decisions] = [join(folder, 'p1.log'), join(folder, 'decisions.jsonl')];
    truncateSync(log, readFileSync(log).indexOf('\n|\n|win|') - 3);
    truncateSync(decisions, readFileSync(decisions).length - 40);
    const saved = findUnfinishedBattle(root, id, 'p1');
    expect(saved?.lines).toEqual(whole?.lines.slice(0, -2));
    expect(saved?.decisions).toEqual(whole?.decisions.slice(0, -1));
  });

  test('skips lines that are not decisions', async () => {
    const root = await temporaryFolder();
    const { folder, records } = interrupted(root);
    appendFileSync(join(folder, 'decisions.jsonl'), '{"rqid": "seven"}\n');
    expect(findUnfinishedBattle(root, id, 'p1')?.decisions).toHaveLength(records.length);
  });

  test('whose process died before its first decision begins from its first line', async () => {
    const root = await temporaryFolder();
    const { folder } = openBattleLedger(root, BATTLE_1);
    expect(findUnfinishedBattle(root, id, 'p1')).toMatchObject({ folder, lines: [], decisions: [] });
  });

  test('killed while its end is written has no result, and its end arrives as news again', async () => {
    const root = await temporaryFolder();
    const ledger = openBattleLedger(root, BATTLE_1);
    playRecorded(ledger);
    const finished = ledger.finish({ winner: 'p1', turns: 31 });
    const seen: string[] = [];
    for (let isWritten = false; !isWritten; await setImmediate()) {
      const saved = findUnfinishedBattle(root, id, 'p1');
      isWritten = saved === undefined;
      seen.push(...(saved?.lines ?? []).filter((line) => line.startsWith('|win|')));
      const files = ['battle.log', 'replay.html', 'replay.json'].map((name) => join(ledger.folder, name));
      expect(files.map((file) => existsSync(file))).toEqual(files.map(() => isWritten));
    }
    expect(seen).toEqual([]);
    await finished;
    ledger.close();
  });

  test('continues in its own folder, and its ledger is complete at the end', async () => {
    const root = await temporaryFolder();
    const { folder, records } = interrupted(root);
    truncateSync(join(folder, 'decisions.jsonl'), readFileSync(join(folder, 'decisions.jsonl')).length - 9);
    const resume = findUnfinishedBattle(root, id, 'p1');
    const ledger = openBattleLedger(root, BATTLE_1, { resume });
    await ledger.finish({ winner: 'p1', turns: 31 });
    ledger.close();
    expect(ledger.folder).toBe(folder);
    const lines = readFileSync(join(folder, 'decisions.jsonl'), 'utf8').split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).rqid)).toEqual(
      records.slice(0, -1).map(({ rqid }) => rqid),
    );
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
  });
});

describe('there is nothing to resume', () => {
  test('when another folder has the result of the same battle', async () => {
    const root = await temporaryFolder();
    const opened = (minute: number) =>
      openBattleLedger(root, BATTLE_1, { now: () => NOW + minute * MINUTE_MS });
    // Split in two by an earlier version: the part that came to the end stands for both.
    const [first, second] = [opened(0), opened(1)];
    await first.finish({ winner: 'p1', turns: 31 });
    const isPlayer = (name: string) => name === 'fpr100a';
    // The clock of each ledger stands still: the first ended before the second began, as with different battles.
    expect(unfinishedBattles(root, isPlayer, NOW)).toEqual([id]);
    expect(findUnfinishedBattle(root, id, 'p1')?.folder).toBe(second.folder);
    await second.finish({ winner: 'p1', turns: 31 });
    opened(0);
    expect(unfinishedBattles(root, isPlayer, NOW)).toEqual([]);
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
  });

  test('when the battle is finished, or a later one with its id is', async () => {
    const root = await temporaryFolder();
    interrupted(root);
    await finished(root);
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
    expect(unfinishedBattles(await temporaryFolder(), () => true, NOW)).toEqual([]);
  });

  test('when the most recent battle cannot be read', async () => {
    const root = await temporaryFolder();
    const { folder } = interrupted(root);
    writeFileSync(join(folder, 'battle.json'), '{"version": 1, "id": "gen9');
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
    rmSync(join(folder, 'battle.json'));
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
    expect(unfinishedBattles(root, () => true, NOW)).toEqual([]);
  });

  test('when there is no such battle, or no folder of battles', async () => {
    const root = await temporaryFolder();
    expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
    expect(findUnfinishedBattle(join(root, 'nowhere'), id, 'p1')).toBeUndefined();
    expect(unfinishedBattles(join(root, 'nowhere'), () => true, NOW)).toEqual([]);
  });

  test('outside the folder of battles', async () => {
    const root = await temporaryFolder();
    expect(() => findUnfinishedBattle(root, '../elsewhere', 'p1')).toThrow(UserError);
  });
});

test('only this player’s battles of the last hour are looked for', async () => {
  const root = await temporaryFolder();
  await finished(root, NOW - MINUTE_MS);
  interrupted(root);
  mkdirSync(join(root, 'notes'));
  writeFileSync(join(root, 'README.md'), 'My battles');
  const within = (minutes: number) =>
    unfinishedBattles(root, (name) => name === 'fpr100a', NOW + minutes * MINUTE_MS);
  expect(within(59)).toEqual([id]);
  expect(within(61)).toEqual([]);
  expect(unfinishedBattles(root, (name) => name === 'somebody', NOW)).toEqual([]);
  // The opponent is not ours.
  expect(unfinishedBattles(root, (name) => name === 'per100a', NOW)).toEqual([]);
});

test('the opponent’s record of the same battle in the same folder is left alone', async () => {
  const root = await temporaryFolder();
  const { p1, p2 } = BATTLE_1.players;
  const players = { p1: { name: p1.name }, p2: { ...p2, agent: 'calc' } };
  openBattleLedger(root, { ...BATTLE_1, players }, { now: () => NOW }).close();
  expect(findUnfinishedBattle(root, id, 'p1')).toBeUndefined();
  const { folder } = interrupted(root);
  openBattleLedger(root, { ...BATTLE_1, players }, { now: () => NOW }).close();
  expect(findUnfinishedBattle(root, id, 'p1')?.folder).toBe(folder);
});

test('battles of another server with the same numbers are left alone', async () => {
  const root = await temporaryFolder();
  const first = interrupted(root, NOW, 'localhost:8000');
  interrupted(root, NOW, 'play.example.org');
  const isPlayer = (name: string) => name === 'fpr100a';
  expect(unfinishedBattles(root, isPlayer, NOW, 'localhost:8000')).toEqual([id]);
  expect(unfinishedBattles(root, isPlayer, NOW, 'localhost:8001')).toEqual([]);
  expect(findUnfinishedBattle(root, id, 'p1', 'localhost:8000')?.folder).toBe(first.folder);
  expect(findUnfinishedBattle(root, id, 'p1', 'play.example.org')?.folder).toBe(`${first.folder}-2`);
  expect(findUnfinishedBattle(root, id, 'p1', 'localhost:8001')).toBeUndefined();
});
