import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';

const META = 'battle.json';

/**
 * Makes a new folder for a battle; a battle played again gets `-2`, `-3` … and overwrites nothing. Writing
 * `battle.json` claims the folder, so one left by a process that died before that is used again.
 *
 * @param meta the content of `battle.json`
 * @returns its path
 */
export function createBattleFolder(root: string, id: string, meta: string): string {
  mkdirSync(root, { recursive: true });
  for (let copy = 1; ; copy++) {
    const folder = join(root, copy === 1 ? id : `${id}-${copy}`);
    if (!isFree(folder)) continue;
    try {
      writeFileSync(join(folder, META), meta, { flag: 'wx' });
      return folder;
    } catch (error) {
      if (!isThere(error)) throw error;
    }
  }
}

/** Whether a folder is empty; creates it if it does not exist. */
function isFree(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (!isThere(error)) throw error;
    return statSync(folder).isDirectory() && readdirSync(folder).length === 0;
  }
}

function isThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}

/** Replaces `battle.json`. */
export function writeBattleMeta(folder: string, meta: string): void {
  replaceFile(join(folder, META), meta);
}

/**
 * Writes `battle.json` after writing has failed: in the battle's own folder, which may have to be recreated or accept
 * no new file, otherwise in another one.
 *
 * @returns the folder that has it; undefined when nothing can be written
 */
export function rescueBattleMeta(root: string, id: string, folder: string, meta: string): string | undefined {
  const inOwn = (write: () => void) => (): string => {
    write();
    return folder;
  };
  return firstThatWorks([
    inOwn(() => {
      mkdirSync(folder, { recursive: true });
      writeBattleMeta(folder, meta);
    }),
    inOwn(() => overwrite(join(folder, META), meta)),
    () => createBattleFolder(root, id, meta),
  ]);
}

function firstThatWorks<T>(ways: readonly (() => T)[]): T | undefined {
  for (const way of ways) {
    try {
      return way();
    } catch {
      // The next one may work.
    }
  }
  return undefined;
}

/** Overwrites a file in place. */
function overwrite(path: string, content: string): void {
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, writeSync(fd, content, 0));
  } finally {
    closeSync(fd);
  }
}
