import type { BattleState, PokemonState } from '../../battle/state.ts';
import { findSpecies } from '../../knowledge/dex.ts';
import { isRandomFormat } from '../../knowledge/random-sets.ts';
import { RANDOM_TEAMS, randomTeam, type TeamMember } from '../../knowledge/random-teams.ts';
import { candidateSets, newerSets, usualBuild } from '../../knowledge/set-sources.ts';
import { strongSpecies } from '../../knowledge/strong-species.ts';
import type { Random } from '../../util/random.ts';
import { completedFoe } from './complete-pokemon.ts';
import { drawSet, shuffled } from './draw-set.ts';

/** Teams searched for Pokémon that go with those seen, the first few with the generators' limit on types. */
const TEAMS_TRIED = 8;
const TEAMS_TRIED_STRICTLY = 4;
/** Random teams have at most this many Pokémon of a type. */
const SAME_TYPE = 2;

/** The opponent's unseen Pokémon, as many as complete its team. */
export function unseenFoes(
  state: BattleState,
  seen: readonly PokemonState[],
  random: Random,
): readonly PokemonState[] {
  const missing = state.foe.teamSize - seen.length;
  if (missing <= 0) return [];
  const names = seen.map(({ baseSpecies }) => baseSpecies);
  const drawn = isRandomFormat(state.format) ? fromRandomTeams(state, { team: names, missing }, random) : [];
  const rest = {
    team: [...names, ...drawn.map(({ species }) => species)],
    missing: missing - drawn.length,
  };
  const members = [...drawn, ...fromStrongSpecies(state, rest, seen[0]?.level ?? 100, random)];
  // One with Illusion can faint disguised as another.
  const fainted = Math.max(0, state.foe.fainted - seen.filter((pokemon) => pokemon.fainted).length);
  const first = 1 + Math.max(-1, ...state.foe.pokemon.map(({ id }) => Number(id.slice(3))));
  return members.map((member, index) =>
    unseenFoe(state, member, `${state.foe.id}-${first + index}`, index < fainted),
  );
}

const met = new WeakMap<TeamMember, Map<string, PokemonState>>();

/**
 * One of the opponent's Pokémon before it was met, with everything from its set. Members of random battle teams recur:
 * the same member is the same object.
 */
export function unseenFoe(state: BattleState, member: TeamMember, id: string, fainted = false): PokemonState {
  const known = met.get(member) ?? new Map<string, PokemonState>();
  met.set(member, known);
  const key = `${id}${fainted ? ' fainted' : ''}`;
  const [like] = known.values();
  const pokemon =
    known.get(key) ??
    (like ? { ...like, id, fainted, hp: fainted ? 0 : 1 } : madeFoe(state, member, id, fainted));
  known.set(key, pokemon);
  return pokemon;
}

function madeFoe(state: BattleState, member: TeamMember, id: string, fainted: boolean): PokemonState {
  const { species, gender, set } = member;
  const pokemon: PokemonState = {
    id,
    side: state.foe.id,
    species,
    baseSpecies: species,
    level: set.level,
    gender,
    hp: fainted ? 0 : 1,
    fainted,
    statusTurns: 0,
    boosts: {},
    volatiles: {},
    types: findSpecies(state.gen, species)?.types ?? [],
    terastallized: false,
    moves: [],
    justSwitchedIn: false,
  };
  return completedFoe(state, pokemon, set);
}

/** A team of which some members have been met. */
interface PartialTeam {
  /** Base species of those met, or drawn before. */
  readonly team: readonly string[];
  /** How many are still to be drawn. */
  readonly missing: number;
}

/** Members of the format's random teams, without what the team already has. */
function fromRandomTeams(
  { gen, format }: BattleState,
  { team: seen, missing }: PartialTeam,
  random: Random,
): readonly TeamMember[] {
  const members: TeamMember[] = [];
  for (let tried = 0; tried < TEAMS_TRIED && members.length < missing; tried++) {
    // The lead has been seen, and generators choose leads' sets differently.
    const team = randomTeam(gen, format, random.below(RANDOM_TEAMS)).slice(seen.length > 0 ? 1 : 0);
    for (const member of shuffled(team, random)) {
      if (members.length === missing) break;
      const others = [...seen, ...members.map(({ species }) => species)];
      if (!fits(gen, others, member.species, tried < TEAMS_TRIED_STRICTLY)) continue;
      members.push(ofEitherGenerator(gen, format, member, random));
    }
  }
  return members;
}

/** The servers' newer generators give some species other sets; which generator made the team is unknown. */
function ofEitherGenerator(gen: number, format: string, member: TeamMember, random: Random): TeamMember {
  const { species, set } = member;
  const sets = newerSets(gen, format, species, usualBuild(set, set.level));
  return sets.length === 0 || random.next() < 0.5 ? member : { ...member, set: drawSet(sets, random.next()) };
}

function fits(gen: number, team: readonly string[], name: string, strictly: boolean): boolean {
  const species = findSpecies(gen, name);
  if (!species) return false;
  const others = team.flatMap((other) => findSpecies(gen, other) ?? []);
  if (others.some(({ baseSpecies }) => baseSpecies === species.baseSpecies)) return false;
  if (!strictly) return true;
  return species.types.every((type) => others.filter(({ types }) => types.includes(type)).length < SAME_TYPE);
}

/** Brought teams without a preview: what is played often in the format, with its likely sets. */
function fromStrongSpecies(
  { gen, format }: BattleState,
  { team: seen, missing }: PartialTeam,
  level: number,
  random: Random,
): readonly TeamMember[] {
  if (missing <= 0) return [];
  const members: TeamMember[] = [];
  for (const name of shuffled(strongSpecies(gen, format), random)) {
    if (members.length === missing) break;
    if (!fits(gen, [...seen, ...members.map(({ species }) => species)], name, false)) continue;
    const set = drawSet(candidateSets(gen, format, { baseSpecies: name, level }), random.next());
    const gender = findSpecies(gen, name)?.gender ?? 'N';
    members.push({ species: name, gender, set: { ...set, level } });
  }
  return members;
}
