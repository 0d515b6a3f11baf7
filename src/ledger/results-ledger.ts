import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactedJson } from '../util/safe-text.ts';
import { AppendFile } from './append-file.ts';
import { type BattleFolder, type LedgerOptions, NO_LEDGER } from './battle-ledger.ts';
import { type AttributedDecision, decidedBySide } from './decided.ts';
import { type ReadRecords, readRecords } from './read-records.ts';
import {
  type BattleInfo,
  type BattleMeta,
  battleMetaSchema,
  type DecisionRecord,
  LEDGER_VERSION,
} from './record.ts';
import { publicSecrets } from './redaction.ts';
import { writing } from './write-errors.ts';

/** The file of all results, beside the battles' folders. */
export const RESULTS = 'results.jsonl';

/**
 * Keeps only the result of a battle: a line of {@link RESULTS} in `root` with the content of `battle.json`. A battle
 * without a result leaves nothing behind.
 *
 * @throws {UserError} when a line cannot be written, from its methods; see {@link LedgerOptions.onFailure}
 */
export function openResultsLedger(
  root: string,
  info: BattleInfo,
  options: Pick<LedgerOptions, 'secrets' | 'ownName' | 'now' | 'onFailure' | 'resume'> = {},
): BattleFolder {
  const { secrets = [], ownName, now = Date.now, onFailure, resume } = options;
  const time = (): string => new Date(now()).toISOString();
  const path = join(root, RESULTS);
  const startedAt = resume?.startedAt ?? time();
  const decisions = resume?.decisions.map(attributed) ?? [];
  return {
    ...NO_LEDGER,
    folder: path,
    decision(record) {
      decisions.push(attributed(record));
    },
    async finish(result) {
      const meta: BattleMeta = {
        version: LEDGER_VERSION,
        ...info,
        result: { ...result, decided: decidedBySide(decisions) },
        timing: { startedAt, finishedAt: time() },
      };
      try {
        writing('the result', path, () =>
          addLine(root, path, redactedJson(meta, publicSecrets(secrets, ownName))),
        );
      } catch (error) {
        if (!onFailure) throw error;
        onFailure(error as Parameters<typeof onFailure>[0]);
      }
    },
  };
}

/** The parts of a decision that show who made it. */
function attributed({
  side,
  agent,
  choice,
  legalActions,
  fallback,
  refused,
}: DecisionRecord): AttributedDecision & Pick<DecisionRecord, 'side'> {
  return { side, agent, choice, legalActions, fallback, refused };
}

/** Adds a line, even after one that was torn by a crash. */
function addLine(root: string, path: string, line: string): void {
  mkdirSync(root, { recursive: true });
  const isTorn = existsSync(path) && !/(?:^|\n)$/.test(readFileSync(path, 'utf8'));
  const file = new AppendFile(path);
  try {
    file.append(`${isTorn ? '\n' : ''}${line}\n`);
  } finally {
    file.close();
  }
}

/**
 * Reads the results of a folder of battles kept by `openResultsLedger`. Foreign lines, and a last line torn by a crash,
 * are skipped with a notice.
 *
 * @param root the folder; one without such a file has no results
 */
export async function readResults(root: string): Promise<ReadRecords<BattleMeta>> {
  const path = join(root, RESULTS);
  if (!existsSync(path)) return { records: [], notices: [] };
  return readRecords(path, battleMetaSchema, 'a result');
}
