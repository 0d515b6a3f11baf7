import { z } from 'zod';
import { toId } from '../battle/generations.ts';
import { UserError } from '../util/errors.ts';
import { findMove, findSpecies, generation, isOfGeneration } from './dex.ts';

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'expected a name, or a list of names to choose from',
});
const points = z.number().int().min(0).max(255);
const spread = z.strictObject({
  hp: points.optional(),
  atk: points.optional(),
  def: points.optional(),
  spa: points.optional(),
  spd: points.optional(),
  spe: points.optional(),
});

const setSchema = z.strictObject({
  name: z.string().optional(),
  /** How frequent it is, relative to the species' other sets. */
  weight: z.number().positive().optional(),
  /** A slot may hold several moves to choose from. */
  moves: z.array(names).min(1).max(4),
  item: names.optional(),
  ability: names.optional(),
  teraType: names.optional(),
  nature: names.optional(),
  evs: spread.optional(),
  ivs: spread.optional(),
});

/** A set as people write it down: each part may name alternatives. */
export type WrittenSet = z.infer<typeof setSchema>;

/** The sets written for a format, by id of the species. */
export type FormatSets = ReadonlyMap<string, readonly WrittenSet[]>;

const formatSchema = z.record(z.string(), z.array(setSchema).min(1));
const bookSchema = z.record(z.string(), formatSchema);

/**
 * Reads the sets of one format: species → list of sets, as knowledge/README.md describes them.
 *
 * @param name what to call the file in an error
 * @throws {UserError} when an entry is not as it should be; names the first
 */
export function parseFormatSets(text: string, name: string): FormatSets {
  return bySpecies(parseJson(text, name, formatSchema));
}

/**
 * Reads a player's own book: format id → species → list of sets. Names of species, moves, items, abilities and natures
 * must be known to the format's generation.
 *
 * @param name what to call the file in an error
 * @returns the sets by format id
 * @throws {UserError} when an entry is not as it should be; names the first
 */
export function parseSetBook(text: string, name: string): ReadonlyMap<string, FormatSets> {
  const book = parseJson(text, name, bookSchema);
  for (const [format, species] of Object.entries(book)) {
    const gen = Number(/^gen(\d)/.exec(toId(format))?.[1]);
    if (!gen) throw wrong(name, [format], `expected a format id such as gen9ou, got "${format}"`);
    for (const [one, sets] of Object.entries(species)) checkNames(gen, name, [format, one], sets);
  }
  return new Map(Object.entries(book).map(([format, sets]) => [toId(format), bySpecies(sets)]));
}

/** The alternatives for a part of a written set; none when it is left out. */
export function alternatives(part: string | readonly string[] | undefined): readonly string[] {
  if (part === undefined) return [];
  return typeof part === 'string' ? [part] : part;
}

function bySpecies(sets: z.infer<typeof formatSchema>): FormatSets {
  return new Map(Object.entries(sets).map(([species, list]) => [toId(species), list]));
}

/**
 * Reads JSON of an expected shape from a file that people may edit.
 *
 * @throws {UserError} when the file is not as it should be: names the file, the entry and what was expected there
 */
export function parseJson<T>(text: string, name: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const where = cause instanceof Error ? ` (${cause.message})` : '';
    throw new UserError(`${name} is not valid JSON${where}; correct it or remove it`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw wrong(name, issue?.path ?? [], issue?.message ?? 'not as expected', parsed.error);
}

function wrong(name: string, path: readonly PropertyKey[], message: string, cause?: unknown): UserError {
  const where = path.map((key) => (typeof key === 'number' ? `#${key + 1}` : String(key))).join(' → ');
  return new UserError(`${name}, ${where || 'top level'}: ${message}; see knowledge/README.md`, { cause });
}

function checkNames(
  gen: number,
  file: string,
  entry: readonly [format: string, species: string],
  sets: readonly WrittenSet[],
): void {
  const [, species] = entry;
  const { dex, types } = generation(gen);
  const check = (path: readonly PropertyKey[], what: string, name: string, isKnown: boolean): void => {
    if (!isKnown) throw wrong(file, path, `expected ${what} of generation ${gen}, got "${name}"`);
  };
  check(entry, 'a species', species, isOfGeneration(gen, findSpecies(gen, species)));
  for (const [index, set] of sets.entries()) {
    const path = [...entry, index];
    for (const [slot, moves] of set.moves.entries())
      for (const move of alternatives(moves))
        check([...path, 'moves', slot], 'a move', move, isOfGeneration(gen, findMove(gen, move)));
    for (const item of alternatives(set.item))
      check([...path, 'item'], 'an item', item, isOfGeneration(gen, dex.items.get(item)));
    for (const ability of alternatives(set.ability))
      check([...path, 'ability'], 'an ability', ability, isOfGeneration(gen, dex.abilities.get(ability)));
    for (const nature of alternatives(set.nature))
      check([...path, 'nature'], 'a nature', nature, dex.natures.get(nature).exists === true);
    for (const type of alternatives(set.teraType))
      check([...path, 'teraType'], 'a type', type, type === 'Stellar' || types.get(type) !== undefined);
  }
}
