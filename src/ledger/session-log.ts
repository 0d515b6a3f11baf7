import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toId } from '../battle/generations.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { LEDGER_VERSION } from './record.ts';
import type { SessionEvent, SessionRecord } from './session-record.ts';
import { writing } from './writing.ts';

/** Folder of all sessions' logs, among the battles' folders. */
export const SESSIONS = 'sessions';

/** Where a session on a server is written down. */
export interface SessionLog {
  /** Path of the file. */
  readonly path: string;
  /**
   * Writes an event to the disk.
   *
   * @throws {UserError} when it cannot be written
   */
  add(event: SessionEvent): void;
}

/** Settings of {@link openSessionLog}. */
export interface SessionLogOptions {
  /** Values that must never be written, such as passwords; what looks like a key is never written anyway. */
  readonly secrets?: readonly string[];
  /** Wall clock in ms. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Keys of an event whose texts are ours and make no sense to a reader unless they are whole. */
const EVENT_KEYS: ReadonlySet<string> = new Set(['type', 'by', 'how']);

/** Longer texts are cut: most are other people's. */
const MAX_TEXT = 500;

/**
 * Begins the log of a session under `root`: `sessions/START-NAME.jsonl`, an event a line. Whatever text an event
 * brings along, its line has no control characters and no secrets.
 *
 * @param name the player's
 * @throws {UserError} when the file cannot be written
 */
export function openSessionLog(root: string, name: string, options: SessionLogOptions = {}): SessionLog {
  const { secrets = [], now = Date.now } = options;
  const clean = (key: string, part: unknown): unknown =>
    typeof part === 'string' && !EVENT_KEYS.has(key)
      ? safeLine(redactSecrets(part, secrets), MAX_TEXT)
      : part;
  const path = writing('the session', root, () => createFile(join(root, SESSIONS), now(), toId(name)));
  return {
    path,
    add(event) {
      const record: SessionRecord = { version: LEDGER_VERSION, at: new Date(now()).toISOString(), ...event };
      const line = JSON.stringify(record, clean);
      writing('the session', path, () => appendFileSync(path, `${line}\n`));
    },
  };
}

/** A new file; of sessions of one name in the same second the later ones get `-2`, `-3` … */
function createFile(folder: string, startMs: number, player: string): string {
  mkdirSync(folder, { recursive: true });
  const start = new Date(startMs).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let copy = 1; ; copy++) {
    const path = join(folder, `${start}-${player}${copy === 1 ? '' : `-${copy}`}.jsonl`);
    try {
      writeFileSync(path, '', { flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
