import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkedBattleId } from './battle-id.ts';
import { readDecisions } from './read-decisions.ts';
import { type BattleInfo, type BattleMeta, type BattleResult, battleMetaSchema } from './record.ts';
import { RESULTS, readResults } from './results-ledger.ts';
import { foldersOf, readMeta } from './resume.ts';
import { type DecisionSummary, decisionSummary } from './summary.ts';

/** A battle that has been played and kept. */
export interface KeptBattle {
  readonly result: BattleResult;
  /** Empty when only the result is kept. */
  readonly decisions: readonly DecisionSummary[];
  /** Its folder, or the file that has its result. */
  readonly folder: string;
}

/**
 * Reads those battles in a folder that were played to their end exactly as others are to be: with the same seed, teams,
 * agents and settings.
 *
 * @param root the folder of all battles
 * @param wanted the battles to look for
 * @returns the ones found, by id
 */
export async function findPlayed(
  root: string,
  wanted: readonly BattleInfo[],
): Promise<ReadonlyMap<string, KeptBattle>> {
  const { records } = await readResults(root);
  const found = new Map<string, KeptBattle>();
  for (const info of wanted) {
    const kept = (await inFolder(root, info)) ?? inResults(root, records, info);
    if (kept) found.set(info.id, kept);
  }
  return found;
}

async function inFolder(root: string, info: BattleInfo): Promise<KeptBattle | undefined> {
  for (const folder of foldersOf(root, checkedBattleId(info.id))) {
    const meta = readMeta(folder);
    if (!meta?.result || !isAlike(meta, info)) continue;
    const path = join(folder, 'decisions.jsonl');
    const decisions = existsSync(path) ? (await readDecisions(path)).records.map(decisionSummary) : [];
    return { result: meta.result, decisions, folder };
  }
  return undefined;
}

function inResults(root: string, records: readonly BattleMeta[], info: BattleInfo): KeptBattle | undefined {
  const result = records.find((meta) => meta.id === info.id && meta.result && isAlike(meta, info))?.result;
  return result && { result, decisions: [], folder: join(root, RESULTS) };
}

/** Whether a battle was played as another one is to be; the package version does not matter. */
function isAlike(meta: BattleMeta, info: BattleInfo): boolean {
  const wanted = battleMetaSchema.safeParse(JSON.parse(JSON.stringify({ ...meta, ...info }))).data;
  return wanted !== undefined && isDeepStrictEqual(settings(meta), settings(wanted));
}

function settings({ format, seed, server, players, turnMs }: BattleMeta): unknown {
  return JSON.parse(JSON.stringify({ format, seed, server, players, turnMs }));
}
