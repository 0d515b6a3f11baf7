import { z } from 'zod';
import { parseJson, type WrittenSet } from './set-book.ts';
import type { SetRole } from './set-statistics.ts';

const names = z.union([z.string(), z.array(z.string()).min(1)]);
const points = z.record(z.string(), z.number().int().min(0).max(255));
const spreads = z.union([points, z.array(points)]);

/** Sets in the form of data.pkmn.cc: species → name of the set → its parts, each with its alternatives. */
const analysesSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      moves: z.array(names).min(1).max(4),
      item: names.optional(),
      ability: names.optional(),
      nature: names.optional(),
      evs: spreads.optional(),
      ivs: spreads.optional(),
      teratypes: names.optional(),
    }),
  ),
);

const share = z.number().min(0);
const shares = z.record(z.string(), share);
const randomRole = z.object({
  weight: share.optional(),
  moves: shares,
  items: shares.optional(),
  abilities: shares.optional(),
  teraTypes: shares.optional(),
  evs: points.optional(),
  ivs: points.optional(),
});

const randomStats = z.object({
  level: z.number().int().min(1).max(100),
  roles: z.record(z.string(), randomRole).optional(),
  moves: shares.optional(),
  items: shares.optional(),
  abilities: shares.optional(),
  evs: points.optional(),
  ivs: points.optional(),
});

/** Statistics of random battles' teams: species → shares, by role from generation 2 on; in some files under `stats`. */
const randomBattlesSchema = z.record(
  z.string(),
  z
    .object({ stats: randomStats })
    .transform(({ stats }) => stats)
    .or(randomStats),
);

/**
 * Usage statistics: how often each part occurred in the teams of a format. Shares of items, moves … are of a species'
 * uses.
 */
const usageSchema = z.object({
  pokemon: z.record(
    z.string(),
    z.object({
      abilities: shares,
      items: shares,
      moves: shares,
      spreads: shares.optional(),
      teraTypes: shares.optional(),
      teras: shares.optional(),
    }),
  ),
});

/** Rarer values are dropped. */
const LEAST_SHARE = 0.01;
const MOST_SPREADS = 12;

/**
 * Converts analysed sets to this package's form.
 *
 * @param name what to call the text in an error
 * @throws {UserError} when they are not as expected
 */
export function setsFromAnalyses(
  text: string,
  name: string,
): Readonly<Record<string, readonly WrittenSet[]>> {
  const species = parseJson(text, name, analysesSchema);
  return mapped(species, (sets) =>
    Object.values(sets).map(({ teratypes, evs, ivs, ...set }) => ({
      moves: set.moves,
      ...(set.item === undefined ? {} : { item: set.item }),
      ...(set.ability === undefined ? {} : { ability: set.ability }),
      ...(teratypes === undefined ? {} : { teraType: teratypes }),
      ...(set.nature === undefined ? {} : { nature: set.nature }),
      ...firstOf('evs', evs),
      ...firstOf('ivs', ivs),
    })),
  );
}

/** Converts statistics of random battles to this package's form; see {@link setsFromAnalyses}. */
export function statisticsFromRandomBattles(
  text: string,
  name: string,
): Readonly<Record<string, readonly SetRole[]>> {
  const species = parseJson(text, name, randomBattlesSchema);
  return mapped(species, ({ level, roles, ...whole }) => {
    if (roles === undefined) return [{ weight: 1, level, ...whole, moves: whole.moves ?? {} }];
    return Object.values(roles).map(({ weight = 1, ...parts }) => ({ weight, level, ...parts }));
  });
}

/** Converts usage statistics to this package's form; see {@link setsFromAnalyses}. */
export function statisticsFromUsage(
  text: string,
  name: string,
): Readonly<Record<string, readonly SetRole[]>> {
  const { pokemon } = parseJson(text, name, usageSchema);
  return mapped(pokemon, ({ moves, items, abilities, spreads, teraTypes, teras }) => [
    {
      weight: 1,
      moves: common(moves),
      items: common(items, { nothing: '' }),
      abilities: common(abilities),
      ...(spreads ? { spreads: common(spreads, {}, MOST_SPREADS) } : {}),
      ...(teraTypes || teras ? { teraTypes: common(teraTypes ?? teras ?? {}) } : {}),
    },
  ]);
}

function common(
  of: Readonly<Record<string, number>>,
  renamed: Readonly<Record<string, string>> = {},
  most = 60,
): Record<string, number> {
  const frequent = Object.entries(of)
    .filter(([name, part]) => part >= LEAST_SHARE && name !== '')
    .sort((a, b) => b[1] - a[1])
    .slice(0, most);
  return Object.fromEntries(
    frequent.map(([name, part]) => [renamed[name.toLowerCase()] ?? name, Number(part.toFixed(4))]),
  );
}

/** Spreads have few alternatives, and the first is the usual one. */
function firstOf(
  key: 'evs' | 'ivs',
  spread: z.infer<typeof spreads> | undefined,
): Pick<WrittenSet, 'evs' | 'ivs'> {
  const first = Array.isArray(spread) ? spread[0] : spread;
  return first === undefined ? {} : { [key]: first };
}

function mapped<T, U>(record: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}

/** JSON that people can read and compare: a line for each species, in alphabetical order. */
export function asJsonLines(bySpecies: Readonly<Record<string, unknown>>): string {
  const lines = Object.keys(bySpecies)
    .sort()
    .map((species) => `${JSON.stringify(species)}:${JSON.stringify(bySpecies[species])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}
