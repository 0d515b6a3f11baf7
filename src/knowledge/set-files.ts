import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../util/errors.ts';
import { playerFolder } from './player-folder.ts';
import { type FormatSets, parseFormatSets, parseSetBook } from './set-book.ts';
import { parseStatistics, type SetStatistics } from './set-statistics.ts';

const SHIPPED = fileURLToPath(new URL('../../knowledge/', import.meta.url));

/**
 * The sets that the player has written down for a format; undefined when there are none.
 *
 * @throws {UserError} when the file is not as it should be
 */
export function playersSets(format: string): FormatSets | undefined {
  return ownBook(join(playerFolder(), 'sets.json'))?.get(format);
}

/** Analysed sets of a format: the player's newer file, or the one in this package. */
export function analysedSets(format: string): FormatSets | undefined {
  return firstOf('sets', format, readSets);
}

/** Statistics of a format's sets, likewise. */
export function setStatistics(format: string): SetStatistics | undefined {
  return firstOf('statistics', format, readStatistics);
}

/** Ids of the formats that have analysed sets or statistics. */
export function formatsWithSets(): readonly string[] {
  const folders = [playerFolder(), SHIPPED].flatMap((home) =>
    ['sets', 'statistics'].map((kind) => join(home, kind)),
  );
  return [...new Set(folders.flatMap((folder) => formatsIn(folder)))].sort();
}

function firstOf<T>(kind: string, format: string, read: (path: string) => T | undefined): T | undefined {
  if (!/^[a-z0-9]+$/.test(format)) return undefined;
  const name = join(kind, `${format}.json`);
  return read(join(playerFolder(), name)) ?? read(join(SHIPPED, name));
}

const ownBook = once((path) => parsed(path, parseSetBook));
const readSets = once((path) => parsed(path, parseFormatSets));
const readStatistics = once((path) => parsed(path, parseStatistics));
const formatsIn = once((folder) =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((file) => /^([a-z0-9]+)\.json$/.exec(file)?.[1] ?? [])
    : [],
);

function parsed<T>(path: string, parse: (text: string, name: string) => T): T | undefined {
  if (!existsSync(path)) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  return parse(text, path);
}

/** Files are read when first needed, and once in a process. */
function once<T>(read: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const kept = known.get(path);
    if (kept !== undefined || known.has(path)) return kept as T;
    const value = read(path);
    known.set(path, value);
    return value;
  };
}
