import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toId } from '../battle/generations.ts';
import { UserError } from '../util/errors.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { AppendFile } from './append-file.ts';
import { DiskReserve } from './disk-reserve.ts';
import { LEDGER_VERSION } from './record.ts';
import type { SessionEvent, SessionRecord } from './session-record.ts';
import { writing } from './write-errors.ts';

/** Folder of all sessions' logs, beside the battles' folders. */
export const SESSIONS = 'sessions';

/** The record of a session on a server. */
export interface SessionLog {
  /** Path of the file. */
  readonly path: string;
  /**
   * Writes an event to the disk.
   *
   * @throws {UserError} when it cannot be written; but see {@link SessionLogOptions.onFailure}
   */
  add(event: SessionEvent): void;
  /** Closes the file. */
  close(): void;
}

/** Settings of {@link openSessionLog}. */
export interface SessionLogOptions {
  /** Values that must never be written, such as passwords; what looks like a key is never written anyway. */
  readonly secrets?: readonly string[];
  /**
   * Wall clock in ms.
   *
   * @default `Date.now`
   */
  readonly now?: () => number;
  /**
   * Called when an event cannot be written for the first time, as on a full disk. From then on nothing is thrown, and
   * only the ends of battles and of the session are written, if possible. Without this option, write errors are thrown.
   */
  readonly onFailure?: (error: UserError) => void;
}

/** Written even when the disk has hardly any room left. */
const RESULTS: ReadonlySet<SessionEvent['type']> = new Set(['battle-finished', 'ended']);

/** Keys of an event whose texts are ours and are needed unredacted to make sense. */
const EVENT_KEYS: ReadonlySet<string> = new Set(['type', 'by', 'how']);

/** Longer texts are cut: most are other people's. */
const MAX_TEXT = 4_000;

/**
 * Begins the log of a session under `root`: `sessions/START-NAME.jsonl`, one event per line. Whatever text an event
 * contains, its line has no control characters and no secrets.
 *
 * @param name the player's
 * @throws {UserError} when the file cannot be written
 */
export function openSessionLog(root: string, name: string, options: SessionLogOptions = {}): SessionLog {
  const { secrets = [], now = Date.now, onFailure } = options;
  const clean = (key: string, part: unknown): unknown =>
    typeof part === 'string' && !EVENT_KEYS.has(key)
      ? safeLine(redactSecrets(part, secrets), MAX_TEXT)
      : part;
  const path = writing('the session', root, () => createFile(join(root, SESSIONS), now(), toId(name)));
  const file = new AppendFile(path);
  const reserve = new DiskReserve(dirname(path));
  let failure: UserError | undefined;
  return {
    path,
    add(event) {
      const record: SessionRecord = { version: LEDGER_VERSION, at: new Date(now()).toISOString(), ...event };
      const text = `${JSON.stringify(record, clean)}\n`;
      if (!failure) {
        try {
          writing('the session', path, () => file.append(text));
          return;
        } catch (error) {
          if (!onFailure || !(error instanceof UserError)) throw error;
          failure = error;
          reserve.free();
          onFailure(error);
        }
      }
      if (!RESULTS.has(event.type)) return;
      try {
        file.close();
        mkdirSync(dirname(path), { recursive: true });
        file.append(text);
      } catch {
        // It is known that writing has failed.
      }
    },
    close() {
      reserve.free();
      file.close();
    },
  };
}

/** A new file; if several sessions of one name start in the same second the later ones get `-2`, `-3` … */
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
