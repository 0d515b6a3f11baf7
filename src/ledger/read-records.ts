import { basename } from 'node:path';
import type { z } from 'zod';
import { completeLines } from './protocol-log.ts';
import { readText } from './read-text.ts';

/** Records in the order they were written, and a sentence for each thing that had to be skipped. */
export interface ReadRecords<T> {
  readonly records: readonly T[];
  readonly notices: readonly string[];
}

/**
 * Parses the lines of a JSONL file; a line that does not match the schema is skipped with a notice.
 *
 * @param kind what a line holds, with its article: `a decision`
 */
export function parseRecords<T>(
  lines: readonly string[],
  schema: z.ZodType<T>,
  kind: string,
): ReadRecords<T> {
  const records: T[] = [];
  const notices: string[] = [];
  lines.forEach((line, index) => {
    const record = parseRecord(line, schema);
    if (record) records.push(record);
    else notices.push(`line ${index + 1} is not ${kind} record this version can read; skipped`);
  });
  return { records, notices };
}

/**
 * Reads a JSONL file. Foreign lines, and a last line torn by a crash, are skipped with a notice.
 *
 * @throws {UserError} when the file cannot be read
 */
export async function readRecords<T>(
  path: string,
  schema: z.ZodType<T>,
  kind: string,
): Promise<ReadRecords<T>> {
  const { lines, torn } = completeLines(await readText(path));
  const { records, notices } = parseRecords(lines, schema, kind);
  const all = torn ? [...notices, 'the last line is cut off; skipped'] : notices;
  return { records, notices: all.map((notice) => `${basename(path)}: ${notice}`) };
}

function parseRecord<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
