import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseDecisions } from '../../src/ledger/read-decisions.ts';
import { battleMetaSchema } from '../../src/ledger/record.ts';
import { replayPage, replayPageData } from '../../src/ledger/replay-page.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';
import { framesOf } from '../support/frames-of.ts';

/** Names of the battles' folders, without that of the sessions. */
export function battleFolders(root: string): string[] {
  return readdirSync(root).filter((name) => name !== SESSIONS);
}

/**
 * Every battle in the folder is complete from the first turn to its end, with no decision made twice and with the page
 * that its other files give.
 */
export function expectWholeLedgers(folder: string, battles: number): void {
  const folders = battleFolders(folder);
  expect(folders.length).toBe(battles);
  for (const battle of folders) {
    const text = (name: string): string => readFileSync(join(folder, battle, name), 'utf8');
    const lines = (name: string): string[] => text(name).split('\n').slice(0, -1);
    const { records, notices } = parseDecisions(lines('decisions.jsonl'));
    expect(notices).toEqual([]);
    const rqids = records.map(({ rqid }) => rqid);
    expect(new Set(rqids).size).toBe(rqids.length);
    const turns = lines('battle.log').filter((line) => line.startsWith('|turn|'));
    expect(turns).toEqual(turns.map((_, index) => `|turn|${index + 1}`));
    expect(lines('battle.log').at(-1)).toMatch(/^\|(win|tie)/);
    const meta = battleMetaSchema.parse(JSON.parse(text('battle.json')));
    expect(meta.result?.turns).toBe(turns.length);
    expect(JSON.parse(text('replay.json')).log).toBe(lines('battle.log').join('\n'));
    const side = readdirSync(join(folder, battle)).includes('p1.log') ? 'p1' : 'p2';
    const data = replayPageData(meta, lines('battle.log'), framesOf(lines(`${side}.log`), side), records);
    expect(data.frames.length).toBe(turns.length + 1);
    expect(replayPage(data)).toBe(text('replay.html'));
  }
}
