import type { CandidateSet } from './likely-sets.ts';
import { isRandomFormat, randomSets } from './random-sets.ts';
import { type SetRole, setsFromStatistics } from './set-statistics.ts';

/** Rarer values may be missing by chance. */
const NOTABLE = 0.03;
/** Shares that differ by less count as equal. */
const NOTABLE_CHANGE = 0.2;

/**
 * The entries of a random battle format's statistics that show other sets than this package's own generator makes:
 * another level, or moves, items, abilities or tera types that are new, gone or much more or less frequent. All entries
 * when there is no such generator.
 */
export function differingStatistics(
  format: string,
  statistics: Readonly<Record<string, readonly SetRole[]>>,
): Readonly<Record<string, readonly SetRole[]>> {
  if (!isRandomFormat(format)) return statistics;
  const gen = Number(/^gen(\d)/.exec(format)?.[1]);
  const different = Object.entries(statistics).filter(([species, roles]) => {
    const drawn = randomSets(gen, format, species);
    const [usual] = drawn ?? [];
    return !drawn || !usual || areDifferent(drawn, setsFromStatistics(gen, species, roles, usual));
  });
  return Object.fromEntries(different);
}

function areDifferent(drawn: readonly CandidateSet[], published: readonly CandidateSet[]): boolean {
  const isNotable = (share = 0, other = 0): boolean =>
    Math.abs(share - other) > NOTABLE_CHANGE || (share > NOTABLE && other === 0);
  return PARTS.some((part) => {
    const [ours, theirs] = [sharesOf(drawn, part), sharesOf(published, part)];
    const values = new Set([...ours.keys(), ...theirs.keys()]);
    return [...values].some((value) => {
      const [one, other] = [ours.get(value), theirs.get(value)];
      return isNotable(one, other) || isNotable(other, one);
    });
  });
}

type Part = (set: CandidateSet) => readonly string[];

const PARTS: readonly Part[] = [
  ({ level }) => [String(level)],
  ({ moves }) => moves,
  ({ item }) => [item],
  ({ ability }) => [ability],
  ({ teraType }) => (teraType ? [teraType] : []),
];

function sharesOf(sets: readonly CandidateSet[], part: Part): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const set of sets)
    for (const value of part(set)) shares.set(value, (shares.get(value) ?? 0) + set.weight);
  return shares;
}
