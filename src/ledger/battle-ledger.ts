import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { UserError } from '../util/errors.ts';
import { redactedJson } from '../util/safe-text.ts';
import { createBattleFolder, rescueBattleMeta, writeBattleMeta } from './battle-folder.ts';
import { checkedBattleId } from './battle-id.ts';
import { decidedBySide } from './decided.ts';
import { DiskReserve } from './disk-reserve.ts';
import { FrameRecorder } from './frame-recorder.ts';
import { asText, LogFile } from './log-file.ts';
import { isKept, type View } from './protocol-log.ts';
import { publicReplay } from './public-replay.ts';
import {
  type BattleInfo,
  type BattleMeta,
  type BattleResult,
  battleMetaSchema,
  type DecisionRecord,
  type EndedBy,
  LEDGER_VERSION,
} from './record.ts';
import { DECISION_KEYS, lineCleaner, publicSecrets } from './redaction.ts';
import { replaceFile } from './replace-file.ts';
import { replayPage, replayPageData } from './replay-page.ts';
import type { SavedBattle } from './resume.ts';
import { writing } from './write-errors.ts';

/** The record of a running battle. */
export interface BattleLedger {
  /** Adds one protocol line; it reaches the disk with the next decision. */
  line(view: View, line: string): void;
  /**
   * Notes that a turn is over, and what a side knows at its end; the replay page shows the battle as one side saw it.
   */
  turnEnd(turn: TurnEvents, view: { readonly side: SideId; readonly state: BattleState }): void;
  /** Writes all lines so far, then the decision; call it before acting on the decision. */
  decision(record: DecisionRecord): void;
  /** Writes the replay files, then the result, in steps that give other battles a turn. */
  finish(result: BattleResult): Promise<void>;
  /**
   * Writes what is left and closes the files. A battle that was not finished gets the replay of what there is, and
   * stays without a result, so that it can be resumed.
   *
   * @param endedBy who ended it without a result: it cannot be resumed
   */
  close(endedBy?: EndedBy): void;
}

/** A {@link BattleLedger} on disk. */
export interface BattleFolder extends BattleLedger {
  /** Path of the battle's folder; at the end another one if it could not be written to. */
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
  /** Our name on the server: since everybody sees it there, it is not a secret, even if it is also a password. */
  readonly ownName?: string;
  /**
   * Wall clock in ms.
   *
   * @default `Date.now`
   */
  readonly now?: () => number;
  /** Continues in the folder of an interrupted battle instead of a new one. */
  readonly resume?: SavedBattle;
  /**
   * Called when something cannot be written for the first time, as on a full disk. From then on the ledger keeps
   * everything in memory and throws nothing; when the battle ends it writes what it can, the result first. Without this
   * option, write errors are thrown.
   */
  readonly onFailure?: (error: UserError) => void;
}

/**
 * Opens the ledger of one battle in a new folder under `root`: `battle.json` at once, the players' logs and
 * `decisions.jsonl` during the battle, `battle.log`, `replay.json` and `replay.html` when it is over or left. A process
 * that dies at any byte loses at most the record being written.
 *
 * @throws {UserError} when the id cannot name a folder, or a file cannot be written (also from its methods; but see
 * {@link LedgerOptions.onFailure})
 */
export function openBattleLedger(root: string, info: BattleInfo, options: LedgerOptions = {}): BattleFolder {
  const { secrets = [], ownName, now = Date.now, resume, onFailure } = options;
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
  let folder = resume?.folder ?? join(root, id);
  let failure: UserError | undefined;
  /** Runs a write, unless one has failed before. */
  const keep = (write: () => void): void => {
    if (failure) return;
    try {
      writing('the battle', folder, write);
    } catch (error) {
      if (!onFailure || !(error instanceof UserError)) throw error;
      failure = error;
      onFailure(error);
    }
  };
  keep(() => {
    if (resume) writeBattleMeta(folder, metaJson(started));
    else folder = createBattleFolder(root, id, metaJson(started));
  });
  const reserve = new DiskReserve(folder);

  const resumed = resume?.lines.map(lineCleaner(secrets, ownName)) ?? [];
  const logOf = (side: SideId): LogFile =>
    new LogFile(join(folder, `${side}.log`), resume?.side === side ? resumed : undefined);
  const logs = { p1: logOf('p1'), p2: logOf('p2') };
  const decisions = new LogFile(join(folder, 'decisions.jsonl'), resume?.decisions.map(decisionJson));
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
  const flush = (): void => {
    shared.clear();
    keep(() => {
      for (const file of files) file.flush();
    });
  };

  // Written with the replay: until then the players' logs have these lines as well.
  const spectatorLines: string[] = [];
  const records: DecisionRecord[] = [];
  const frames = new FrameRecorder();
  let isFinished = false;
  const pageOf = (meta: BattleMeta) =>
    replayPage(replayPageData(meta, spectatorLines, frames, records), secrets, ownName);
  const writeReplay = (meta: BattleMeta, page: string): void => {
    replaceFile(join(folder, 'replay.html'), page);
    replaceFile(join(folder, 'battle.log'), asText(spectatorLines));
    replaceFile(join(folder, 'replay.json'), `${JSON.stringify(publicReplay(meta, spectatorLines))}\n`);
  };
  if (resume) {
    spectatorLines.push(...resumed.filter((line) => isKept('spectator', line)));
    records.push(...resume.decisions);
    flush();
  }
  /** Writes what it can after a write has failed: the small result first, then what there is room for. */
  const rescue = (meta: BattleMeta): void => {
    reserve.free();
    const place = rescueBattleMeta(root, id, folder, metaJson(meta));
    if (place === undefined) return;
    for (const file of files) attempt(() => file.restore(place));
    folder = place;
    attempt(() => writeReplay(meta, pageOf(meta)));
  };
  return {
    get folder() {
      return folder;
    },
    line(view, line) {
      const kept = clean(line);
      if (!isKept(view, kept)) return;
      if (view === 'spectator') spectatorLines.push(kept);
      else logs[view].add(kept);
      if (files.some((file) => file.isFull)) flush();
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
      const meta: BattleMeta = {
        ...started,
        result: { ...result, decided: decidedBySide(records) },
        timing: { ...started.timing, finishedAt: time() },
      };
      flush();
      if (!failure) {
        await setImmediate();
        const page = pageOf(meta);
        await setImmediate();
        keep(() => {
          writeReplay(meta, page);
          // Last: a battle with a result is never resumed, so nothing may be missing from it.
          writeBattleMeta(folder, metaJson(meta));
        });
      }
      if (failure) rescue(meta);
      isFinished = true;
    },
    close(endedBy) {
      const meta: BattleMeta = endedBy
        ? { ...started, endedBy, timing: { ...started.timing, finishedAt: time() } }
        : { ...started, stopped: true };
      try {
        flush();
        if (isFinished) return;
        keep(() => {
          const hasBegun = spectatorLines.some((line) => line.startsWith('|turn|'));
          if (hasBegun) writeReplay(meta, pageOf(meta));
          writeBattleMeta(folder, metaJson(meta));
        });
        if (failure) rescue(meta);
      } finally {
        reserve.free();
        for (const file of files) file.close();
      }
    },
  };
}

/** Does something, ignoring failure. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing is left to do: it is known that writing has failed.
  }
}
