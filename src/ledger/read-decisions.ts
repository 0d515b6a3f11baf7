import { basename } from 'node:path';
import { completeLines } from './protocol-log.ts';
import { readText } from './read-text.ts';
import { type DecisionRecord, decisionRecordSchema } from './record.ts';

/** Decisions in the order they were made, and a sentence for each thing that had to be skipped. */
export interface ReadDecisions {
  readonly records: readonly DecisionRecord[];
  readonly notices: readonly string[];
}

function parseRecord(line: string): DecisionRecord | undefined {
  try {
    return decisionRecordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Parses the lines of a `decisions.jsonl`; a line that is no decision record is skipped with a notice. */
export function parseDecisions(lines: readonly string[]): ReadDecisions {
  const records: DecisionRecord[] = [];
  const notices: string[] = [];
  lines.forEach((line, index) => {
    const record = parseRecord(line);
    if (record) records.push(record);
    else notices.push(`line ${index + 1} is not a decision record this version can read; skipped`);
  });
  return { records, notices };
}

/**
 * Reads a `decisions.jsonl`. Foreign lines, and a last line torn by a crash, are skipped with a notice.
 *
 * @throws {UserError} when the file cannot be read
 */
export async function readDecisions(path: string): Promise<ReadDecisions> {
  const { lines, torn } = completeLines(await readText(path));
  const { records, notices } = parseDecisions(lines);
  const all = torn ? [...notices, 'the last line is cut off; skipped'] : notices;
  return { records, notices: all.map((notice) => `${basename(path)}: ${notice}`) };
}
