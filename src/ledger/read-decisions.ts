import { parseRecords, type ReadRecords, readRecords } from './read-records.ts';
import { type DecisionRecord, decisionRecordSchema } from './record.ts';

/** Decisions in the order they were made, and a sentence for each thing that had to be skipped. */
export type ReadDecisions = ReadRecords<DecisionRecord>;

const KIND = 'a decision';

/** Parses the lines of a `decisions.jsonl`; a line that is not a decision record is skipped with a notice. */
export function parseDecisions(lines: readonly string[]): ReadDecisions {
  return parseRecords(lines, decisionRecordSchema, KIND);
}

/**
 * Reads a `decisions.jsonl`. Foreign lines, and a last line torn by a crash, are skipped with a notice.
 *
 * @throws {UserError} when the file cannot be read
 */
export function readDecisions(path: string): Promise<ReadDecisions> {
  return readRecords(path, decisionRecordSchema, KIND);
}
