import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseDecisions } from '../../src/ledger/read-decisions.ts';
import { battleMetaSchema } from '../../src/ledger/record.ts';
import { SESSIONS } from '../../src/ledger/session-log.ts';

/** Names of the battles' folders, without that of the sessions. */
export function battleFolders(root: string): string[] {
  return readdirSync(root).filter((name) => name !== SESSIONS);
}

/** Every battle in the folder is there from the first turn to its end, with no decision made twice. */
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
    expect(battleMetaSchema.parse(JSON.parse(text('battle.json'))).result?.turns).toBe(turns.length);
    expect(JSON.parse(text('replay.json')).log).toBe(lines('battle.log').join('\n'));
    expect(text('replay.html').length).toBeGreaterThan(1000);
  }
}
