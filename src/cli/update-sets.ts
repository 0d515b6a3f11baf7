import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { differingStatistics } from '../knowledge/differing-statistics.ts';
import { playerFolder } from '../knowledge/player-folder.ts';
import {
  asJsonLines,
  setsFromAnalyses,
  statisticsFromRandomBattles,
  statisticsFromUsage,
} from '../knowledge/published-sets.ts';
import { replaceFile } from '../ledger/replace-file.ts';
import { writing } from '../ledger/write-errors.ts';
import { UserError } from '../util/errors.ts';
import { safeLine } from '../util/safe-text.ts';

/** Options of `sets update`. */
export interface UpdateSetsOptions {
  readonly format: readonly string[];
  readonly from: string;
}

const TIMEOUT_MS = 60_000;
/** The largest published file has about 15 MB. */
const MOST_BYTES = 64_000_000;

type BySpecies = Readonly<Record<string, unknown>>;

/** A file that may be published for a format, and how it is kept. */
interface Source {
  readonly path: string;
  readonly kind: 'sets' | 'statistics';
  readonly convert: (text: string, name: string) => BySpecies;
}

/**
 * Downloads published sets and statistics of formats into the player's own folder.
 *
 * @returns one line for each file written
 * @throws {UserError} when nothing is published for a format, or something cannot be read, understood or written
 */
export async function updateSets({ format: formats, from }: UpdateSetsOptions): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const format of formats) {
    if (!/^gen\d[a-z0-9]+$/.test(format)) {
      throw new UserError(`Expected a format id such as gen9ou, got "${safeLine(format, 60)}"`);
    }
    const found = await Promise.all(sourcesOf(format).map((source) => fetched(source, from)));
    const kept = found.filter((file) => file !== undefined);
    if (kept.length === 0) {
      throw new UserError(
        `${from} has neither sets nor statistics of ${format}; VGC formats are named by their year, as gen9vgc2024`,
      );
    }
    lines.push(...kept.map(({ kind, content }) => keep(kind, format, content)));
  }
  return lines;
}

function sourcesOf(format: string): readonly Source[] {
  if (format.includes('random')) {
    const convert = (text: string, name: string): BySpecies =>
      differingStatistics(format, statisticsFromRandomBattles(text, name));
    return [{ path: `randbats/stats/${format}.json`, kind: 'statistics', convert }];
  }
  return [
    { path: `sets/${format}.json`, kind: 'sets', convert: setsFromAnalyses },
    { path: `stats/${format}.json`, kind: 'statistics', convert: statisticsFromUsage },
  ];
}

async function fetched(
  { path, kind, convert }: Source,
  from: string,
): Promise<{ readonly kind: Source['kind']; readonly content: BySpecies } | undefined> {
  const isAddress = /^https?:\/\//.test(from);
  const place = isAddress ? `${from.replace(/\/+$/, '')}/${path}` : join(from, path);
  const text = await (isAddress ? download(place) : read(place));
  return text === undefined ? undefined : { kind, content: convert(text, place) };
}

/** The text at an address; undefined when there is nothing. */
async function download(address: string): Promise<string | undefined> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await response.text();
  } catch (cause) {
    const { cause: deeper } = cause as { readonly cause?: { readonly code?: string } };
    const why = deeper?.code ?? (cause as Error).message;
    throw new UserError(
      `Cannot reach ${address} (${why}): this needs a network; without one the sets of this package are used, or name a folder with --from`,
      { cause },
    );
  }
  if (response.status === 404) return undefined;
  if (!response.ok) throw new UserError(`${address} answers ${response.status}; try again later`);
  if (text.length > MOST_BYTES) throw new UserError(`${address} is too large for a file of sets`);
  return text;
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Written next to its place and then moved there, so that a reader never finds a partial file. */
function keep(kind: Source['kind'], format: string, content: BySpecies): string {
  const folder = join(playerFolder(), kind);
  const path = join(folder, `${format}.json`);
  writing('sets', path, () => {
    mkdirSync(folder, { recursive: true });
    replaceFile(path, asJsonLines(content));
  });
  return `${path}: ${kind} of ${Object.keys(content).length} species`;
}
