import { type ReadRecords, readRecords } from './read-records.ts';
import { type SessionRecord, sessionRecordSchema } from './session-record.ts';

/**
 * Reads the log of a session. Foreign lines, and a last line torn by a crash, are skipped with a notice. A session
 * whose last event is not `ended` is still running, or its process was killed.
 *
 * @throws {UserError} when the file cannot be read
 */
export function readSession(path: string): Promise<ReadRecords<SessionRecord>> {
  return readRecords(path, sessionRecordSchema, 'a session');
}
