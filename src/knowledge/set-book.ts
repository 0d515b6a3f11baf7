import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { toId } from '../battle/generations.ts';
import { UserError } from '../util/errors.ts';
import type { CandidateSet } from './likely-sets.ts';

const BOOK = new URL('../../knowledge/sets.json', import.meta.url);

const points = z.number().int().min(0).max(255);
const spread = z
  .object({ hp: points, atk: points, def: points, spa: points, spd: points, spe: points })
  .partial()
  .strict();

const setSchema = z
  .object({
    /** How often it is met, relative to the species' other sets. */
    weight: z.number().positive().default(1),
    moves: z.array(z.string()).min(1).max(4),
    item: z.string().default(''),
    ability: z.string(),
    teraType: z.string().optional(),
    nature: z.string().default('Serious'),
    level: z.number().int().min(1).max(100).default(100),
    evs: spread.default({}),
    ivs: spread.default({}),
  })
  .strict();

/** Format id → species → sets. */
const bookSchema = z.record(z.string(), z.record(z.string(), z.array(setSchema).min(1)));

type Book = ReadonlyMap<string, readonly CandidateSet[]>;

/**
 * Reads a book of sets.
 *
 * @param text JSON as knowledge/README.md describes it
 * @param name what to call the file in an error
 * @throws UserError naming the first entry that is not as it should be
 */
export function parseSetBook(text: string, name: string): Book {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${name} is no valid JSON; correct it or restore the original`, { cause: error });
  }
  const parsed = bookSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join(' → ') || 'top level';
    throw new UserError(
      `${name}, ${where}: ${issue?.message ?? 'not as expected'}; see knowledge/README.md`,
      {
        cause: parsed.error,
      },
    );
  }
  const book = new Map<string, readonly CandidateSet[]>();
  for (const [format, bySpecies] of Object.entries(parsed.data)) {
    for (const [species, sets] of Object.entries(bySpecies)) {
      const total = sets.reduce((sum, { weight }) => sum + weight, 0);
      const candidates = sets.map((set) => candidate(set, set.weight / total));
      book.set(
        `${toId(format)}/${toId(species)}`,
        candidates.sort((a, b) => b.weight - a.weight),
      );
    }
  }
  return book;
}

function candidate(set: z.infer<typeof setSchema>, weight: number): CandidateSet {
  return {
    moves: set.moves.map(toId),
    item: toId(set.item),
    ability: toId(set.ability),
    ...(set.teraType ? { teraType: set.teraType } : {}),
    level: set.level,
    nature: toId(set.nature),
    evs: { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0, ...set.evs },
    ivs: { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31, ...set.ivs },
    weight,
  };
}

let book: Book | undefined;

/** Sets written down in `knowledge/sets.json` for a species in a format, weights summing to 1; none if there are none. */
export function bookSets(format: string, species: string): readonly CandidateSet[] {
  book ??= parseSetBook(readFileSync(BOOK, 'utf8'), 'knowledge/sets.json');
  return book.get(`${toId(format)}/${toId(species)}`) ?? [];
}
