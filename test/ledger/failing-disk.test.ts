import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BattleFolder, openBattleLedger } from '../../src/ledger/battle-ledger.ts';
import { readBattle } from '../../src/ledger/read-battle.ts';
import { readSession } from '../../src/ledger/read-session.ts';
import { unfinishedBattles } from '../../src/ledger/resume.ts';
import { openSessionLog } from '../../src/ledger/session-log.ts';
import type { UserError } from '../../src/util/errors.ts';
import { noSmallDisk, smallDisk } from '../support/small-disk.ts';
import { BATTLE_1, playRecorded, temporaryFolder } from './real-battle.ts';

const RESULT = { winner: 'p1', turns: 31 } as const;
const isRoot = process.getuid?.() === 0;

/** Plays a battle to its end while something happens to its folder after ten decisions. */
async function playWhile(root: string, harm: (ledger: BattleFolder) => void) {
  const failures: UserError[] = [];
  const ledger = openBattleLedger(root, BATTLE_1, { onFailure: (error) => void failures.push(error) });
  let made = 0;
  const records = playRecorded(ledger, {
    onDecision: () => {
      if (++made === 10) harm(ledger);
    },
  });
  await ledger.finish(RESULT);
  ledger.close();
  return { ledger, records, failures };
}

/** The battle is complete, in whichever folder it is. */
async function expectWhole(folder: string, decisions: number): Promise<void> {
  const battle = await readBattle(folder);
  expect(battle.notices).toEqual([]);
  expect(battle.meta.result).toMatchObject(RESULT);
  expect(battle.decisions).toHaveLength(decisions);
  expect(battle.views.p1?.filter((line) => line.startsWith('|turn|'))).toHaveLength(31);
  expect(battle.log.at(-1)).toMatch(/^\|win\|/);
  expect(existsSync(join(folder, 'replay.html'))).toBe(true);
}

function expectReportedOnce(failures: readonly UserError[], why: RegExp): void {
  expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
}

describe('a battle goes on in memory and has its result', () => {
  test.skipIf(noSmallDisk)('when the disk is full', async () => {
    const disk = smallDisk(512);
    const { ledger, failures } = await playWhile(disk.path, () => disk.fill());
    expectReportedOnce(failures, /^Cannot write the battle to .*no space left/);
    const { meta, notices, decisions } = await readBattle(ledger.folder);
    expect(meta.result).toMatchObject(RESULT);
    expect(notices).toEqual([]);
    expect(decisions.length).toBeGreaterThanOrEqual(10);
    expect(unfinishedBattles(disk.path, () => true, Date.now())).toEqual([]);
  });

  test('when its folder is deleted with everything in it', async () => {
    const root = await temporaryFolder();
    const { ledger, failures, records } = await playWhile(root, ({ folder }) =>
      rmSync(folder, { recursive: true }),
    );
    expectReportedOnce(failures, /it was deleted/);
    await expectWhole(ledger.folder, records.length);
  });

  test('when the folder of all battles is deleted', async () => {
    const root = join(await temporaryFolder(), 'replays');
    const { ledger, records } = await playWhile(root, () => rmSync(root, { recursive: true }));
    await expectWhole(ledger.folder, records.length);
  });

  test('when its folder is moved away', async () => {
    const root = await temporaryFolder();
    const { ledger, failures, records } = await playWhile(root, ({ folder }) =>
      renameSync(folder, `${folder}-moved`),
    );
    expectReportedOnce(failures, /no such file/);
    await expectWhole(ledger.folder, records.length);
  });

  test('when a file has taken the place of its folder: in another one', async () => {
    const root = await temporaryFolder();
    const { ledger, records } = await playWhile(root, ({ folder }) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'mine');
    });
    expect(ledger.folder).toBe(join(root, `${BATTLE_1.id}-2`));
    expect(readFileSync(join(root, BATTLE_1.id), 'utf8')).toBe('mine');
    await expectWhole(ledger.folder, records.length);
  });

  test.skipIf(isRoot)('when nothing can be added to its folder', async () => {
    const root = await temporaryFolder();
    const { ledger } = await playWhile(root, ({ folder }) => chmodSync(folder, 0o555));
    expect((await readBattle(ledger.folder)).meta.result).toMatchObject(RESULT);
    chmodSync(ledger.folder, 0o755);
  });
});

test.skipIf(noSmallDisk)('a battle that cannot be written at all is played all the same', async () => {
  const disk = smallDisk(64);
  disk.makeReadOnly();
  const { ledger, failures } = await playWhile(disk.path, () => {});
  expectReportedOnce(failures, /read-only/);
  expect(existsSync(ledger.folder)).toBe(false);
});

describe('a session on a full disk', () => {
  test.skipIf(noSmallDisk)('keeps how its battles and the session itself ended', async () => {
    const disk = smallDisk(128);
    const failures: UserError[] = [];
    const log = openSessionLog(disk.path, 'me', { onFailure: (error) => void failures.push(error) });
    log.add({ type: 'connected' });
    disk.fill();
    for (let times = 0; times < 200; times++) {
      log.add({ type: 'message', text: 'The server has something to say, over and over again.'.repeat(5) });
    }
    const counts = { battles: 1, wins: 1, losses: 0, ties: 0, unfinished: 0 };
    log.add({ type: 'ended', how: 'failed', ...counts });
    log.close();
    expectReportedOnce(failures, /^Cannot write the session to .*no space left/);
    const { records, notices } = await readSession(log.path);
    expect(notices).toEqual([]);
    expect(records.at(-1)).toMatchObject({ type: 'ended', how: 'failed', ...counts });
  });

  test('begins its file again after it was deleted', async () => {
    const root = await temporaryFolder();
    const log = openSessionLog(root, 'me', { onFailure: () => {} });
    log.add({ type: 'connected' });
    rmSync(root, { recursive: true });
    log.add({ type: 'reconnected' });
    log.add({ type: 'ended', how: 'failed', battles: 0, wins: 0, losses: 0, ties: 0, unfinished: 0 });
    const { records } = await readSession(log.path);
    expect(records.map(({ type }) => type)).toEqual(['ended']);
  });
});
