import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type GenerateResult, type LanguageModel, NO_USAGE } from './language-model.ts';
import { requestKey } from './request-key.ts';
import { sampleSeed } from './sample-seed.ts';
import { wrapModel } from './wrap-model.ts';

/** Options of a completion cache. */
export interface CacheOptions {
  /**
   * Where entries are kept.
   *
   * @default in memory only
   */
  readonly directory?: string;
}

/** Entries held in memory; beyond that, the least recently used one goes. */
const MEMORY_ENTRIES = 1000;

/**
 * A model that is not asked again for what it has answered. An answer is found by the model's id and everything in the
 * request except the number of samples (see `requestKey`). If it has enough samples, it costs nothing; otherwise only
 * the missing ones are requested, with seeds of their own. Requests that need independent answers must therefore differ
 * in their seed, as the waves of a vote do. `score` is not cached.
 *
 * On disk an answer is one JSON file, `ab/cd/abcd….json`, written next to its place and then moved there, so that a
 * crash leaves no partial file; a file that cannot be read counts as missing and is rewritten. Models are told apart by
 * their ids alone: empty the directory when a local server gives the same name to another model.
 */
export function withCache(model: LanguageModel, { directory }: CacheOptions = {}): LanguageModel {
  const memory = new Map<string, Entry>();

  async function load(key: string): Promise<Entry> {
    const entry = memory.get(key);
    if (entry || !directory) return entry ?? NO_ENTRY;
    return (await readEntry(entryPath(directory, key))) ?? NO_ENTRY;
  }

  async function store(key: string, entry: Entry): Promise<void> {
    remember(key, entry);
    if (directory) await writeEntry(entryPath(directory, key), entry);
  }

  function remember(key: string, entry: Entry): void {
    memory.delete(key);
    memory.set(key, entry);
    const [oldest] = memory.keys();
    if (memory.size > MEMORY_ENTRIES && oldest !== undefined) memory.delete(oldest);
  }

  return wrapModel(model, async (request) => {
    const { samples: wanted = 1, seed } = request;
    const key = requestKey(model.id, { ...request, samples: undefined });
    const cached = await load(key);
    const have = cached.texts.length;
    if (have >= wanted) {
      remember(key, cached);
      return { ...firstSamples(cached, wanted), usage: NO_USAGE, warnings: [] };
    }
    const result = await model.generate({
      ...request,
      samples: wanted - have,
      seed: seed === undefined ? undefined : sampleSeed(seed, have),
    });
    const entry: Entry = {
      texts: [...cached.texts, ...result.texts],
      finishReasons: [...cached.finishReasons, ...result.finishReasons],
    };
    const warnings = [...result.warnings];
    try {
      await store(key, entry);
    } catch (error) {
      warnings.push(`the answer could not be cached: ${error instanceof Error ? error.message : error}`);
    }
    return { ...firstSamples(entry, wanted), usage: result.usage, warnings };
  });
}

const entrySchema = z
  .object({
    texts: z.array(z.string()),
    finishReasons: z.array(z.enum(['stop', 'length', 'content-filter', 'other'])),
  })
  .refine(({ texts, finishReasons }) => texts.length === finishReasons.length);

/** The samples that a model has given for one request so far. */
type Entry = z.infer<typeof entrySchema>;

const NO_ENTRY: Entry = { texts: [], finishReasons: [] };

function firstSamples(
  { texts, finishReasons }: Entry,
  count: number,
): Pick<GenerateResult, 'texts' | 'finishReasons'> {
  return { texts: texts.slice(0, count), finishReasons: finishReasons.slice(0, count) };
}

function entryPath(directory: string, key: string): string {
  return join(directory, key.slice(0, 2), key.slice(2, 4), `${key}.json`);
}

async function readEntry(path: string): Promise<Entry | undefined> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

let temporaryFiles = 0;

async function writeEntry(path: string, entry: Entry): Promise<void> {
  const temporary = `${path}.${process.pid}-${temporaryFiles++}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, JSON.stringify(entry));
  await rename(temporary, path);
}
