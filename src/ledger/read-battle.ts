import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SideId } from '../battle/state.ts';
import { UserError } from '../util/errors.ts';
import { completeLines } from './protocol-log.ts';
import { readDecisions } from './read-decisions.ts';
import { readText } from './read-text.ts';
import { type BattleMeta, battleMetaSchema, type DecisionRecord } from './record.ts';

/** A battle's folder, read back. */
export interface StoredBattle {
  readonly folder: string;
  readonly meta: BattleMeta;
  /** The spectator's protocol lines. */
  readonly log: readonly string[];
  /** Each player's own protocol lines with requests, if an agent of ours played. */
  readonly views: Readonly<Partial<Record<SideId, readonly string[]>>>;
  readonly decisions: readonly DecisionRecord[];
  /** A sentence for each thing that had to be skipped, as after a crash. */
  readonly notices: readonly string[];
}

function parseMeta(text: string, path: string): BattleMeta {
  try {
    return battleMetaSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${path} is not a battle.json that this version can read`, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * The lines of a log that a ledger wrote; a last line torn by a crash is left out with a notice.
 *
 * @returns undefined when there is no such file
 */
export async function readLog(
  folder: string,
  name: string,
): Promise<{ lines: string[]; notices: string[] } | undefined> {
  const path = join(folder, name);
  if (!(await exists(path))) return undefined;
  const { lines, torn } = completeLines(await readText(path));
  return { lines, notices: torn ? [`${name}: the last line is cut off; skipped`] : [] };
}

/**
 * Reads a battle's folder. Records torn by a crash are skipped with a notice.
 *
 * @throws {UserError} when the folder holds no readable `battle.json`
 */
export async function readBattle(folder: string): Promise<StoredBattle> {
  const metaPath = join(folder, 'battle.json');
  const meta = parseMeta(await readText(metaPath), metaPath);
  const [log, p1, p2] = await Promise.all(
    ['battle.log', 'p1.log', 'p2.log'].map((name) => readLog(folder, name)),
  );
  const decisionsPath = join(folder, 'decisions.jsonl');
  const decisions = (await exists(decisionsPath)) ? await readDecisions(decisionsPath) : undefined;
  return {
    folder,
    meta,
    log: log?.lines ?? [],
    views: { ...(p1 && { p1: p1.lines }), ...(p2 && { p2: p2.lines }) },
    decisions: decisions?.records ?? [],
    notices: [log, p1, p2, decisions].flatMap((part) => part?.notices ?? []),
  };
}
