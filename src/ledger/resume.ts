import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SideId } from '../battle/state.ts';
import { checkedBattleId } from './battle-id.ts';
import { completeLines } from './protocol-log.ts';
import { parseDecisions } from './read-decisions.ts';
import { type BattleMeta, battleMetaSchema, type DecisionRecord } from './record.ts';

/** The saved part of an interrupted battle. */
export interface SavedBattle {
  readonly folder: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly side: SideId;
  /** What the side had seen, requests included, up to the battle's end. */
  readonly lines: readonly string[];
  readonly decisions: readonly DecisionRecord[];
}

/**
 * Finds the most recent battle with this id and a player of ours on this side, if it is not over, in that folder or
 * another. A record torn by the crash is left out.
 *
 * @param root the folder of all battles
 * @param side the side whose view is wanted
 * @param server the server it is played on, as in its ledger: each server counts its battles from 1
 */
export function findUnfinishedBattle(
  root: string,
  id: string,
  side: SideId,
  server?: string,
): SavedBattle | undefined {
  const folders = foldersOf(root, checkedBattleId(id)).map((folder) => ({ folder, meta: readMeta(folder) }));
  // The opponent may keep the same battle beside ours.
  const ours = folders.filter(
    ({ folder, meta }) =>
      !isEmpty(folder) && (!meta || (meta.server === server && meta.players[side].agent !== undefined)),
  );
  const { folder, meta } = ours.at(-1) ?? {};
  if (!folder || !meta || isOver(meta) || ours.some((other) => hasFinished(other.meta, meta)))
    return undefined;
  return {
    folder,
    startedAt: meta.timing.startedAt,
    side,
    lines: beforeEnd(readLines(join(folder, `${side}.log`))),
    decisions: parseDecisions(readLines(join(folder, 'decisions.jsonl'))).records,
  };
}

function isOver({ result, endedBy }: BattleMeta): boolean {
  return result !== undefined || endedBy !== undefined;
}

/**
 * Whether one battle's end also counts for another without one: it has the same id and ended after the other had begun.
 * A server that has lost count may reuse an id, but not while a battle with that id is running.
 */
function hasFinished(done: BattleMeta | undefined, { timing }: BattleMeta): boolean {
  if (!done || !isOver(done)) return false;
  const { startedAt, finishedAt = startedAt } = done.timing;
  return Date.parse(finishedAt) >= Date.parse(timing.startedAt);
}

/** The folders of all battles with this id, oldest first. */
export function foldersOf(root: string, id: string): string[] {
  const folders: string[] = [];
  for (let copy = 1; ; copy++) {
    const folder = join(root, copy === 1 ? id : `${id}-${copy}`);
    if (!existsSync(folder)) return folders;
    folders.push(folder);
  }
}

/** The state in which a process leaves it that dies before it has written whose battle it is. */
function isEmpty(folder: string): boolean {
  return statSync(folder).isDirectory() && readdirSync(folder).length === 0;
}

/** The content of `battle.json` in a folder; undefined when it cannot be read. */
export function readMeta(folder: string): BattleMeta | undefined {
  try {
    return battleMetaSchema.safeParse(JSON.parse(readFileSync(join(folder, 'battle.json'), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function readLines(path: string): string[] {
  return existsSync(path) ? completeLines(readFileSync(path, 'utf8')).lines : [];
}

/**
 * Leaves out the end if it was seen but its result not written: the end of the battle has to arrive as news once more.
 */
function beforeEnd(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^\|(?:win\||tie(?:\||$))/.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}

/** Battles older than this are over, or gone from every server. */
const GONE_MS = 60 * 60_000;

/**
 * Ids of a player's battles that began within the last hour and have no recorded end, as after a crash.
 *
 * @param root the folder of all battles
 * @param isPlayer whether a name is the player's
 * @param now wall clock in ms
 * @param server the server they are played on, as in their ledgers
 */
export function unfinishedBattles(
  root: string,
  isPlayer: (name: string) => boolean,
  now: number,
  server?: string,
): string[] {
  if (!existsSync(root)) return [];
  const ours = readdirSync(root).flatMap((folder) => {
    const meta = readMeta(join(root, folder));
    if (!meta || meta.server !== server) return [];
    const { p1, p2 } = meta.players;
    return [p1, p2].some(({ name, agent }) => agent && isPlayer(name)) ? [meta] : [];
  });
  const open = ours.filter(
    (meta) =>
      !isOver(meta) &&
      now - Date.parse(meta.timing.startedAt) <= GONE_MS &&
      !ours.some((other) => other.id === meta.id && hasFinished(other, meta)),
  );
  return [...new Set(open.map(({ id }) => id))];
}
