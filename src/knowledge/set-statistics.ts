import { z } from 'zod';
import { toId } from '../battle/generations.ts';
import { createRandom, type Random } from '../util/random.ts';
import { weightedIndex } from '../util/weighted-index.ts';
import type { Stats } from './dex.ts';
import type { CandidateSet } from './likely-sets.ts';
import { parseJson } from './set-book.ts';

/** Sets drawn for one species. */
const DRAWS = 120;
const MOVES = 4;

const share = z.number().min(0);
const shares = z.record(z.string(), share);
const points = z.number().int().min(0).max(255);
const stats = z.strictObject({
  hp: points.optional(),
  atk: points.optional(),
  def: points.optional(),
  spa: points.optional(),
  spd: points.optional(),
  spe: points.optional(),
});

const roleSchema = z.strictObject({
  /** How frequent it is, relative to the species' other roles. */
  weight: share,
  level: z.number().int().min(1).max(100).optional(),
  /** How often the role has a move, item …: name → share. */
  moves: shares,
  items: shares.optional(),
  abilities: shares.optional(),
  teraTypes: shares.optional(),
  /** `Nature:HP/Atk/Def/SpA/SpD/Spe` → share. */
  spreads: shares.optional(),
  /** EVs or IVs that differ from the format's usual ones. */
  evs: stats.optional(),
  ivs: stats.optional(),
});

/** How often each part occurs in sets of one kind. */
export type SetRole = z.infer<typeof roleSchema>;

/** What a format's species were seen with, by id of the species. */
export type SetStatistics = ReadonlyMap<string, readonly SetRole[]>;

const statisticsSchema = z.record(z.string(), z.array(roleSchema).min(1));

/**
 * Reads statistics of sets: species → roles, as knowledge/README.md describes them.
 *
 * @param name what to call the file in an error
 * @throws {UserError} when an entry is not as it should be; names the first
 */
export function parseStatistics(text: string, name: string): SetStatistics {
  const parsed = parseJson(text, name, statisticsSchema);
  return new Map(Object.entries(parsed).map(([species, roles]) => [toId(species), roles]));
}

/** What a set has when statistics are silent: level, nature, EVs and IVs. */
export type UsualBuild = Pick<CandidateSet, 'level' | 'nature' | 'evs' | 'ivs'>;

/**
 * Sets drawn from statistics with a fixed seed, so that each move, item, ability, tera type and spread is about as
 * frequent among them as in the statistics. Which of them go together is known for roles only.
 *
 * @returns weights sum to 1, most likely first; none when the statistics have no move
 */
export function setsFromStatistics(
  gen: number,
  species: string,
  roles: readonly SetRole[],
  usual: UsualBuild,
): readonly CandidateSet[] {
  const random = createRandom(`set-statistics/${toId(species)}`);
  const total = roles.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = roles
    .filter(({ moves, weight }) => weight > 0 && Object.keys(moves).length > 0)
    .flatMap((role) => {
      const count = Math.max(1, Math.round((DRAWS * role.weight) / total));
      const weight = role.weight / total / count;
      return Array.from({ length: count }, () => ({ ...drawFrom(gen, role, usual, random), weight }));
    });
  return merged(drawn);
}

function drawFrom(
  gen: number,
  role: SetRole,
  usual: UsualBuild,
  random: Random,
): Omit<CandidateSet, 'weight'> {
  const spread = pick(role.spreads, random);
  const [nature = '', evs = ''] = spread.split(':');
  const teraType = pick(role.teraTypes, random);
  return {
    moves: drawMoves(role.moves, random),
    item: gen >= 2 ? toId(pick(role.items, random)) : '',
    ability: gen >= 3 ? toId(pick(role.abilities, random)) : '',
    ...(gen >= 9 && teraType ? { teraType } : {}),
    level: role.level ?? usual.level,
    nature: gen >= 3 ? toId(nature) || usual.nature : '',
    evs: spread ? statsFrom(evs) : { ...usual.evs, ...role.evs },
    ivs: { ...usual.ivs, ...role.ivs },
  };
}

function statsFrom(evs: string): Stats {
  const [hp = 0, atk = 0, def = 0, spa = 0, spd = 0, spe = 0] = evs.split('/').map(Number);
  return { hp, atk, def, spa, spd, spe };
}

/** One of some names, drawn by their shares; `''` when there is none. */
function pick(of: Readonly<Record<string, number>> | undefined, random: Random): string {
  const parts = Object.values(of ?? {});
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Object.keys(of ?? {})[weightedIndex(parts, random.next() * total)] ?? '';
}

/**
 * Draws moves by their shares (systematic sampling): in random order, each takes a stretch of a line as long as its
 * share, and the moves at equal distances on it are drawn. A share of 1 is always drawn.
 */
function drawMoves(of: Readonly<Record<string, number>>, random: Random): readonly string[] {
  const entries = Object.entries(of).map(([name, part]) => ({ name, part, key: random.next() }));
  const total = entries.reduce((sum, { part }) => sum + part, 0);
  const slots = Math.min(MOVES, entries.length);
  const scale = slots / (total || 1);
  let mark = random.next();
  let end = 0;
  const drawn: string[] = [];
  for (const { name, part } of entries.sort((a, b) => a.key - b.key)) {
    end += Math.min(1, part * scale);
    if (mark >= end) continue;
    drawn.push(toId(name));
    mark += 1;
  }
  return drawn;
}

/** Equal sets become one. */
function merged(sets: readonly CandidateSet[]): readonly CandidateSet[] {
  const known = new Map<string, CandidateSet>();
  for (const set of sets) {
    const key = JSON.stringify([
      [...set.moves].sort(),
      set.item,
      set.ability,
      set.teraType,
      set.level,
      set.nature,
      set.evs,
    ]);
    const same = known.get(key);
    known.set(key, same ? { ...same, weight: same.weight + set.weight } : set);
  }
  return [...known.values()].sort((a, b) => b.weight - a.weight);
}
