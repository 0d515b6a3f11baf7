import type { Gender } from '../battle/state.ts';
import { findSpecies } from './dex.ts';
import type { CandidateSet } from './likely-sets.ts';
import { candidate, type GeneratedSet, generatorFor } from './random-sets.ts';

/** One member of a team that a format's generator made. */
export interface TeamMember {
  /** Species (forme) as the generator names it. */
  readonly species: string;
  readonly gender: Gender;
  readonly set: CandidateSet;
}

/** Teams kept per format: enough to represent the teams one could meet, few enough to fit in memory. */
export const RANDOM_TEAMS = 128;

const teams = new Map<string, readonly TeamMember[]>();

/**
 * One of the {@link RANDOM_TEAMS} teams of a random battle format that this package keeps. Each is made by the format's
 * own generator from a fixed seed when it is first needed (about 1–3 ms), so the same number is always the same team.
 *
 * @param index 0 to {@link RANDOM_TEAMS} − 1
 * @returns no members when the format has no generator
 */
export function randomTeam(gen: number, format: string, index: number): readonly TeamMember[] {
  const key = `${format}/${index}`;
  let team = teams.get(key);
  if (!team) {
    team = generatedTeam(gen, format, `random-teams/${key}`);
    teams.set(key, team);
  }
  return team;
}

/**
 * The team that a format's own generator makes from a seed.
 *
 * @returns no members when the format has no generator, or the generator finds no team that satisfies its rules
 */
export function generatedTeam(gen: number, format: string, seed: string): readonly TeamMember[] {
  try {
    return (generatorFor(format, seed)?.getTeam() ?? []).map((set) => member(gen, set));
  } catch {
    return [];
  }
}

function member(gen: number, set: GeneratedSet): TeamMember {
  const species = set.species ?? '';
  return { species, gender: genderOf(gen, species, set.gender), set: candidate(gen, set, 1) };
}

function genderOf(gen: number, species: string, given: string | undefined): Gender {
  const gender = given || findSpecies(gen, species)?.gender;
  return gender === 'M' || gender === 'F' ? gender : 'N';
}
