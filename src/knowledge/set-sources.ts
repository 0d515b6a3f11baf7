import { toId } from '../battle/generations.ts';
import type { PokemonState } from '../battle/state.ts';
import { findSpecies, type Stats } from './dex.ts';
import { expandSets } from './expand-sets.ts';
import { guessedSets } from './guessed-sets.ts';
import type { CandidateSet, Doubt, SetOrigin } from './likely-sets.ts';
import { nearestFormats } from './nearest-formats.ts';
import { plainFormat } from './plain-format.ts';
import { isRandomFormat, randomSets } from './random-sets.ts';
import { analysedSets, playersSets, setStatistics } from './set-files.ts';
import { setsFromStatistics, type UsualBuild } from './set-statistics.ts';

/** Sets of one origin, and their share of the probability. */
export interface SetSource {
  readonly origin: SetOrigin;
  readonly share: number;
  /** Weights sum to 1, most likely first. */
  readonly sets: readonly CandidateSet[];
}

/** The player's own sets are trusted most. */
const OWN_SHARE = 0.85;
/** Statistics of what is played, beside analysed sets. */
const STATISTICS_SHARE = 0.7;
/** Newer teams of a random battle, beside those that this package's generator makes. */
const NEWER_SHARE = 0.5;
/** Guesses from the learnset, beside sets that are known. */
const GUESS_SHARE = 0.06;

/**
 * How unreliable sets of an origin are, part by part: the chance that a part is not as they say. Measured on public
 * teams (`bench/set-guesses.ts`), rounded.
 */
export const DOUBTS: Readonly<Record<SetOrigin['basis'], Doubt>> = {
  own: { move: 0.05, item: 0.1, ability: 0.02, tera: 0.2 },
  generator: { move: 0.003, item: 0.005, ability: 0.003, tera: 0.005 },
  statistics: { move: 0.04, item: 0.04, ability: 0.01, tera: 0.05 },
  analysed: { move: 0.08, item: 0.15, ability: 0.04, tera: 0.25 },
  guess: { move: 0.55, item: 0.8, ability: 0.3, tera: 0.8 },
};

const known = new Map<string, readonly SetSource[]>();

/**
 * All sets that a species may have in a format before it has shown anything, by origin; shares sum to 1.
 *
 * Random battles: this package's generator, and newer statistics where they differ. Other formats: the player's own
 * sets, analysed sets and statistics of the nearest format that has the species, and guesses from what it can learn.
 */
export function setSources(
  gen: number,
  format: string,
  { baseSpecies, level }: Pick<PokemonState, 'baseSpecies' | 'level'>,
): readonly SetSource[] {
  const key = `${gen}/${format}/${toId(baseSpecies)}/${level}`;
  let sources = known.get(key);
  if (!sources) {
    sources = findSources(gen, plainFormat(format), baseSpecies, level);
    known.set(key, sources);
  }
  return sources;
}

/** The same sets without their origins; weights sum to 1. */
export function candidateSets(
  gen: number,
  format: string,
  pokemon: Pick<PokemonState, 'baseSpecies' | 'level'>,
): readonly CandidateSet[] {
  return setSources(gen, format, pokemon).flatMap(({ share, sets }) =>
    sets.map((set) => ({ ...set, weight: set.weight * share })),
  );
}

function findSources(gen: number, format: string, species: string, level: number): readonly SetSource[] {
  const published = isRandomFormat(format)
    ? randomSources(gen, format, species, level)
    : brought(gen, format, species, level);
  const others =
    published.length > 0
      ? published
      : [{ origin: { basis: 'guess' }, share: 1, sets: guessedSets(gen, species, level) } as const];
  const written = lookUp(playersSets(format), gen, species) ?? [];
  const own = expandSets(gen, species, written, level);
  if (own.length === 0) return others;
  return [
    { origin: { basis: 'own', format }, share: OWN_SHARE, sets: own },
    ...scaled(others, 1 - OWN_SHARE),
  ];
}

function randomSources(gen: number, format: string, species: string, level: number): readonly SetSource[] {
  const drawn = randomSets(gen, format, species) ?? [];
  const counted = newerSets(gen, format, species, usualBuild(drawn[0], level));
  const newer = counted.length === 0 ? 0 : drawn.length === 0 ? 1 : NEWER_SHARE;
  // Statistics of very many teams are as reliable as teams generated here.
  const origin: SetOrigin = { basis: 'generator', format };
  return [
    { origin, share: 1 - newer, sets: drawn },
    { origin, share: newer, sets: counted },
  ].filter(({ sets }) => sets.length > 0);
}

const newer = new Map<string, readonly CandidateSet[]>();

/**
 * Sets that newer random battles give a species, if they are known to differ from those of this package's own
 * generator; none otherwise.
 *
 * @param usual what all of them have; see {@link usualBuild}
 */
export function newerSets(
  gen: number,
  format: string,
  species: string,
  usual: UsualBuild,
): readonly CandidateSet[] {
  const roles = lookUp(setStatistics(countedFormat(plainFormat(format))), gen, species);
  if (!roles) return [];
  const key = `${format}/${species}`;
  const sets = newer.get(key) ?? setsFromStatistics(gen, species, roles, usual);
  newer.set(key, sets);
  return sets;
}

/** Variants with another timer or fewer species have the sets of the random battle they are based on. */
function countedFormat(format: string): string {
  return format.replace(/^(gen\d)(?:unrated|monotype)?(random(?:doubles)?battle).*$/, '$1$2');
}

/**
 * What random sets have in common: full EVs and IVs, except for what a single set reduces.
 *
 * @param first a set from this package's generator, if it makes one
 */
export function usualBuild(first: CandidateSet | undefined, level: number): UsualBuild {
  if (!first) return { level, ...EVEN };
  return {
    level: first.level,
    nature: first.nature,
    evs: evenly(Math.max(...Object.values(first.evs))),
    ivs: evenly(Math.max(...Object.values(first.ivs))),
  };
}

/** Sets of the nearest format that has the species, together with guesses; none when there is no such format. */
function brought(gen: number, format: string, species: string, level: number): readonly SetSource[] {
  for (const id of nearestFormats(format)) {
    const analysed = expandSets(gen, species, lookUp(analysedSets(id), gen, species) ?? [], level);
    const roles = lookUp(setStatistics(id), gen, species) ?? [];
    const counted = setsFromStatistics(gen, species, roles, { level, ...EVEN });
    if (analysed.length + counted.length === 0) continue;
    const shares = counted.length === 0 ? 0 : analysed.length === 0 ? 1 : STATISTICS_SHARE;
    const sources: readonly SetSource[] = [
      { origin: { basis: 'statistics', format: id }, share: shares, sets: counted },
      { origin: { basis: 'analysed', format: id }, share: 1 - shares, sets: analysed },
    ];
    const guess: SetSource = {
      origin: { basis: 'guess' },
      share: GUESS_SHARE,
      sets: guessedSets(gen, species, level),
    };
    return [...scaled(sources, 1 - GUESS_SHARE), guess].filter(({ share }) => share > 0);
  }
  return [];
}

function evenly(points: number): Stats {
  return { hp: points, atk: points, def: points, spa: points, spd: points, spe: points };
}

const EVEN: Omit<UsualBuild, 'level'> = { nature: 'serious', evs: evenly(84), ivs: evenly(31) };

function scaled(sources: readonly SetSource[], by: number): readonly SetSource[] {
  return sources.map((source) => ({ ...source, share: source.share * by }));
}

/** Entries are by forme; a cosmetic forme, or one that a species takes during battle, has the species' own. */
function lookUp<T>(entries: ReadonlyMap<string, T> | undefined, gen: number, name: string): T | undefined {
  if (!entries) return undefined;
  const exact = entries.get(toId(name));
  const species = findSpecies(gen, name);
  if (exact || !species) return exact;
  const regular = typeof species.battleOnly === 'string' ? species.battleOnly : species.changesFrom;
  const alike = [regular, species.isCosmeticForme || isLook(gen, name) ? species.baseSpecies : undefined];
  return alike.map((other) => (other ? entries.get(toId(other)) : undefined)).find(Boolean);
}

/** Whether a forme differs from its species in looks only. */
function isLook(gen: number, name: string): boolean {
  const [forme, base] = [findSpecies(gen, name), findSpecies(gen, findSpecies(gen, name)?.baseSpecies ?? '')];
  if (!forme || !base) return false;
  const fights = ({ types, baseStats, abilities }: typeof base): string =>
    JSON.stringify([types, baseStats, abilities]);
  return fights(forme) === fights(base);
}
