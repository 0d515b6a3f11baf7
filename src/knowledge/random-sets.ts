import { toId } from '../battle/generations.ts';
import { HIDDEN_FORMES } from '../battle/hidden-formes.ts';
import { memoize } from '../util/memoize.ts';
import { createRandom } from '../util/random.ts';
import { findSpecies, type Stats } from './dex.ts';
import type { CandidateSet } from './likely-sets.ts';
import { plainFormat } from './plain-format.ts';
import { randoms } from './simulator.ts';

/** Sets drawn for one species; enough to include all but the rarest. */
const SAMPLES = 200;

/**
 * The part of a generator that is used here: its shape is private to its package and differs a little by generation.
 */
export interface SetGenerator {
  readonly format: { readonly gameType: string; readonly mod: string; readonly id: string };
  readonly dex: {
    readonly formats: { getRuleTable(format: unknown): { has(rule: string): boolean } };
  };
  readonly randomSets?: Readonly<Record<string, unknown>>;
  readonly randomDoublesSets?: Readonly<Record<string, unknown>>;
  readonly randomData?: Readonly<
    Record<string, { readonly moves?: unknown; readonly doublesMoves?: unknown }>
  >;
  randomSet(
    species: string,
    teamDetails: Readonly<Record<string, number>>,
    isLead: boolean,
    isDoubles: boolean,
    isNoDynamax: boolean,
  ): GeneratedSet;
  getTeam(): readonly GeneratedSet[];
}

/** A set as a generator returns it. */
export interface GeneratedSet {
  readonly species?: string;
  readonly gender?: string;
  readonly moves: readonly string[];
  readonly item?: string;
  readonly ability?: string;
  readonly teraType?: string;
  readonly level: number;
  readonly nature?: string;
  readonly evs: Stats;
  readonly ivs: Stats;
}

/** What the rest of the team may already have, which keeps a generator from giving it twice. */
const TEAM_DETAILS: readonly Readonly<Record<string, number>>[] = [
  {},
  {},
  {},
  { stealthRock: 1, rapidSpin: 1, defog: 1 },
  { spikes: 1, toxicSpikes: 1, stickyWeb: 1, statusCure: 1, screens: 1, teraBlast: 1, zMove: 1 },
];

/**
 * The generator of the format that a random battle variant takes its teams from, or undefined for formats with brought
 * teams.
 */
export function generatorFor(format: string, seed: string): SetGenerator | undefined {
  try {
    const generator: unknown = randoms.TeamGenerators.getTeamGenerator(
      plainFormat(format),
      createRandom(seed).simSeed(),
    );
    return generator as SetGenerator;
  } catch {
    return undefined;
  }
}

const randomFormats = new Map<string, boolean>();

/** Whether a format uses random teams that this package can draw. */
export function isRandomFormat(format: string): boolean {
  let known = randomFormats.get(format);
  if (known === undefined) {
    known = generatorFor(format, format) !== undefined;
    randomFormats.set(format, known);
  }
  return known;
}

/** Names in the generator's data under which it may draw this species, most specific match only. */
function keysFor(generator: SetGenerator, gen: number, species: string, doubles: boolean): readonly string[] {
  const seen = findSpecies(gen, species);
  if (!seen) return [];
  const family = poolOf(generator, doubles).filter(
    (key) => findSpecies(gen, key)?.baseSpecies === seen.baseSpecies,
  );
  const name = regularForme(gen, species);
  const exact = family.filter((key) => regularForme(gen, key) === name);
  if (exact.length > 0) return exact;
  const alike = family.filter((key) => {
    const other = findSpecies(gen, key);
    return other?.types.join() === seen.types.join() && total(other.baseStats) === total(seen.baseStats);
  });
  return alike.length > 0 ? alike : family;
}

const total = (stats: Stats): number => Object.values(stats).reduce((sum, stat) => sum + stat, 0);

function poolOf(generator: SetGenerator, doubles: boolean): readonly string[] {
  const sets = doubles ? (generator.randomDoublesSets ?? generator.randomSets) : generator.randomSets;
  if (sets && Object.keys(sets).length > 0 && generator.format.mod !== 'gen1') return Object.keys(sets);
  const kind = doubles ? 'doublesMoves' : 'moves';
  return Object.entries(generator.randomData ?? {}).flatMap(([key, data]) => (data[kind] ? [key] : []));
}

/**
 * The forme of a Pokémon outside of battle-only changes: megas, cosmetic formes and those that logs call by their base
 * species count as their base.
 */
function regularForme(gen: number, name: string): string {
  const species = findSpecies(gen, name);
  if (!species) return name;
  if (typeof species.battleOnly === 'string') return species.battleOnly;
  const isHidden = HIDDEN_FORMES.get(species.baseSpecies)?.forme === species.name;
  if (species.isCosmeticForme || isHidden) return species.baseSpecies;
  return species.name.replace(/-Gmax$/, '');
}

const caches = new Map<string, readonly CandidateSet[] | undefined>();

/**
 * The sets a random battle format gives a species, drawn from the format's own generator with a fixed seed; most
 * frequent first, weights summing to 1. Drawn once per format and species in a process.
 *
 * @returns undefined when the format has no such generator, or the generator no such species
 */
export function randomSets(
  gen: number,
  format: string,
  species: string,
): readonly CandidateSet[] | undefined {
  const key = `${format}/${toId(species)}`;
  if (!caches.has(key)) caches.set(key, isRandomFormat(format) ? draw(gen, format, species) : undefined);
  return caches.get(key);
}

function draw(gen: number, format: string, species: string): readonly CandidateSet[] | undefined {
  const generator = generatorFor(format, `likely-sets/${format}/${toId(species)}`);
  if (!generator) return undefined;
  const doubles = generator.format.gameType !== 'singles';
  const keys = keysFor(generator, gen, species, doubles);
  if (keys.length === 0) return undefined;
  const noDynamax = generator.dex.formats.getRuleTable(generator.format).has('dynamaxclause');
  const counts = new Map<string, { set: GeneratedSet; count: number }>();
  for (let i = 0; i < SAMPLES; i++) {
    const name = keys[i % keys.length] ?? species;
    // One in six is a lead.
    const lead = Math.floor(i / keys.length) % 6 === 5;
    const details = TEAM_DETAILS[Math.floor(i / keys.length) % TEAM_DETAILS.length] ?? {};
    const set = drawOne({ generator, doubles, noDynamax }, name, details, lead);
    if (!set) continue;
    const key = JSON.stringify([
      [...set.moves].sort(),
      set.item,
      set.ability,
      set.teraType,
      set.level,
      set.evs,
      set.ivs,
    ]);
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { set, count: 1 });
  }
  const drawn = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
  if (drawn === 0) return undefined;
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ set, count }) => candidate(gen, set, count / drawn));
}

/** A generator and the rules of its format. */
interface SetSource {
  readonly generator: SetGenerator;
  readonly doubles: boolean;
  readonly noDynamax: boolean;
}

/** A draw can fail when a species has no data for this kind of battle; then there is one draw fewer. */
function drawOne(
  { generator, doubles, noDynamax }: SetSource,
  name: string,
  details: Readonly<Record<string, number>>,
  lead: boolean,
): GeneratedSet | undefined {
  try {
    return generator.randomSet(name, details, lead, doubles, noDynamax);
  } catch {
    return undefined;
  }
}

/** Thousands of sets share their few hundred names. */
const idOf = memoize(toId);

/** Converts a generator's set to this package's form. */
export function candidate(gen: number, set: GeneratedSet, weight: number): CandidateSet {
  return {
    moves: set.moves.map(idOf),
    item: idOf(set.item ?? ''),
    ability: gen >= 3 ? idOf(set.ability ?? '') : '',
    ...(gen >= 9 && set.teraType ? { teraType: set.teraType } : {}),
    level: set.level,
    nature: idOf(set.nature ?? ''),
    evs: set.evs,
    ivs: set.ivs,
    weight,
  };
}
