import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { redactedJson } from '../util/safe-text.ts';
import { checkedBattleId } from './battle-id.ts';
import { decidedBySide } from './decided.ts';
import { FrameRecorder } from './frame-recorder.ts';
import { isKept, type View } from './protocol-log.ts';
import { publicReplay } from './public-replay.ts';
import {
  type BattleInfo,
  type BattleMeta,
  type BattleResult,
  battleMetaSchema,
  type DecisionRecord,
  LEDGER_VERSION,
} from './record.ts';
import { DECISION_KEYS, lineCleaner, publicSecrets } from './redaction.ts';
import { replayPage, replayPageData } from './replay-page.ts';
import type { SavedBattle } from './resume.ts';
import { writing } from './writing.ts';

/** Where a running battle is written down. */
export interface BattleLedger {
  /** Adds one protocol line; it reaches the disk with the next decision. */
  line(view: View, line: string): void;
  /** A turn is over, and this is what a side knows at its end; the replay page shows the battle as one side saw it. */
  turnEnd(turn: TurnEvents, view: { readonly side: SideId; readonly state: BattleState }): void;
  /** Writes all lines so far, then the decision; call it before the decision is acted upon. */
  decision(record: DecisionRecord): void;
  /** Writes the replay files, then the result, in steps between which other battles have their turn. */
  finish(result: BattleResult): Promise<void>;
  /**
   * Writes what is left and lets go of the files. A battle that was not finished gets the replay of what there is, and
   * stays without a result, so that it can go on.
   */
  close(): void;
}

/** A {@link BattleLedger} on disk. */
export interface BattleFolder extends BattleLedger {
  /** Path of the battle's folder. */
  readonly folder: string;
}

/** Writes nothing: for measurements and for users who keep no battles. */
export const NO_LEDGER: BattleLedger = {
  line() {},
  turnEnd() {},
  decision() {},
  async finish() {},
  close() {},
};

/** Settings of {@link openBattleLedger}. */
export interface LedgerOptions {
  /** Values that must never be written, such as API keys; what looks like a key is never written anyway. */
  readonly secrets?: readonly string[];
  /** Our name on the server: where everybody sees it, it is no secret, even if it is a password as well. */
  readonly ownName?: string;
  /** Wall clock in ms. Default: `Date.now`. */
  readonly now?: () => number;
  /** Goes on in the folder of an interrupted battle instead of a new one. */
  readonly resume?: SavedBattle;
}

/** Lines beyond this many characters are written without waiting for a decision. */
const BUFFER_CHARS = 1 << 16;

/** Appends text to a file it keeps open from the first write on. */
class LogFile {
  #fd: number | undefined;
  #pending = '';

  constructor(readonly path: string) {}

  add(text: string): void {
    this.#pending += `${text}\n`;
    if (this.#pending.length > BUFFER_CHARS) this.flush();
  }

  flush(): void {
    if (this.#pending === '') return;
    this.#fd ??= openSync(this.path, 'a');
    appendFileSync(this.#fd, this.#pending);
    this.#pending = '';
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/**
 * A new folder for the battle; a battle played again gets `-2`, `-3` … and overwrites nothing. Whoever writes
 * `battle.json` has the folder, so that one in which a process has died before that is used again.
 */
function createFolder(root: string, id: string, meta: string): string {
  mkdirSync(root, { recursive: true });
  for (let copy = 1; ; copy++) {
    const folder = join(root, copy === 1 ? id : `${id}-${copy}`);
    try {
      mkdirSync(folder, { recursive: true });
      if (readdirSync(folder).length > 0) continue;
      writeFileSync(join(folder, 'battle.json'), meta, { flag: 'wx' });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Writes a whole file so that a reader finds the old content or the new, never half of it. */
function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function asFile(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Opens the ledger of one battle in a new folder under `root`: `battle.json` at once, the players'
 * logs and `decisions.jsonl` as the battle goes, `battle.log`, `replay.json` and `replay.html` when it is over or left.
 * A process that dies at any byte loses at most the record being written.
 *
 * @throws {UserError} when the id cannot name a folder, or a file cannot be written (also from its methods)
 */
export function openBattleLedger(root: string, info: BattleInfo, options: LedgerOptions = {}): BattleFolder {
  const { secrets = [], ownName, now = Date.now, resume } = options;
  const time = () => new Date(now()).toISOString();
  const decisionJson = (record: DecisionRecord) => redactedJson(record, secrets, DECISION_KEYS);

  const id = checkedBattleId(info.id);
  const startedAt = resume?.startedAt ?? time();
  const started = battleMetaSchema.parse(
    JSON.parse(
      redactedJson(
        { version: LEDGER_VERSION, ...info, timing: { startedAt } },
        publicSecrets(secrets, ownName),
      ),
    ),
  );
  const metaJson = (meta: BattleMeta): string => `${JSON.stringify(meta, null, 2)}\n`;
  const folder =
    resume?.folder ?? writing('the battle', root, () => createFolder(root, id, metaJson(started)));
  const write = (name: string, content: string) =>
    writing('the battle', folder, () => replaceFile(join(folder, name), content));
  const writeMeta = (meta: BattleMeta) => write('battle.json', metaJson(meta));
  if (resume) writeMeta(started);

  const logs = {
    p1: new LogFile(join(folder, 'p1.log')),
    p2: new LogFile(join(folder, 'p2.log')),
  };
  const decisions = new LogFile(join(folder, 'decisions.jsonl'));
  // Most lines are for the spectator and both players; requests are for one of them.
  const shared = new Map<string, string>();
  const cleanLine = lineCleaner(secrets, ownName);
  const clean = (line: string): string => {
    const known = shared.get(line);
    if (known !== undefined) return known;
    const kept = cleanLine(line);
    if (!line.startsWith('|request|')) shared.set(line, kept);
    return kept;
  };
  // Logs first: a decision on disk never lacks the lines that led to it.
  const files = [...Object.values(logs), decisions];
  const flush = () =>
    writing('the battle', folder, () => {
      for (const file of files) file.flush();
      shared.clear();
    });

  // Written with the replay: until then the players' logs have these lines as well.
  const spectatorLines: string[] = [];
  const records: DecisionRecord[] = [];
  const frames = new FrameRecorder();
  let isFinished = false;
  const pageOf = (meta: BattleMeta) =>
    replayPage(replayPageData(meta, spectatorLines, frames, records), secrets, ownName);
  const writeReplay = (meta: BattleMeta, page: string) => {
    write('replay.html', page);
    write('battle.log', asFile(spectatorLines));
    write('replay.json', `${JSON.stringify(publicReplay(meta, spectatorLines))}\n`);
  };
  if (resume) {
    const { side, decisions: made } = resume;
    const lines = resume.lines.map(clean);
    spectatorLines.push(...lines.filter((line) => isKept('spectator', line)));
    records.push(...made);
    writing('the battle', folder, () => {
      replaceFile(logs[side].path, asFile(lines));
      replaceFile(decisions.path, asFile(made.map(decisionJson)));
    });
  }
  return {
    folder,
    line(view, line) {
      const kept = clean(line);
      if (!isKept(view, kept)) return;
      if (view === 'spectator') spectatorLines.push(kept);
      else logs[view].add(kept);
    },
    turnEnd(turn, view) {
      frames.turnEnd(turn, view);
    },
    decision(record) {
      records.push(record);
      decisions.add(decisionJson(record));
      flush();
    },
    async finish(result) {
      flush();
      const meta: BattleMeta = {
        ...started,
        result: { ...result, decided: decidedBySide(records) },
        timing: { ...started.timing, finishedAt: time() },
      };
      await setImmediate();
      const page = pageOf(meta);
      await setImmediate();
      writeReplay(meta, page);
      // Last: a battle with a result is never taken up again, so nothing may be missing from it.
      writeMeta(meta);
      isFinished = true;
    },
    close() {
      try {
        flush();
        const hasBegun = spectatorLines.some((line) => line.startsWith('|turn|'));
        if (!isFinished) {
          if (hasBegun) writeReplay(started, pageOf(started));
          writeMeta({ ...started, stopped: true });
        }
      } finally {
        for (const file of files) file.close();
      }
    },
  };
}
