import type { BattleState, PokemonState } from '../battle/state.ts';
import { type Evidence, NO_EVIDENCE } from './evidence.ts';
import { guessedSets } from './guessed-sets.ts';
import type { CandidateSet, LikelySets } from './likely-sets.ts';
import { isRandomFormat, randomSets } from './random-sets.ts';
import { evidenceTests, type SetTest } from './rule-out.ts';
import { bookSets } from './set-book.ts';

/** How much a written book is trusted where it knows the species; the rest goes to guesses. */
const BOOK_SHARE = 0.85;

/**
 * What a foe's Pokémon may be: its candidate sets narrowed by all it has shown. A test that no candidate passes is
 * left out instead of leaving nothing, in this order of trust: level, moves, ability, item, tera type, items
 * whose effect would have shown, order of moves, damage. What is known for sure is then written into every
 * candidate, so that none contradicts it.
 */
export function likelySets(
  state: BattleState,
  pokemon: PokemonState,
  evidence: Evidence = NO_EVIDENCE,
): LikelySets {
  const candidates = candidateSets(state.gen, state.format, pokemon);
  let left = mostRevealed(
    keepIfAny(candidates, (set) => set.level === pokemon.level),
    pokemon,
  );
  for (const test of [...revealedTests(pokemon), ...evidenceTests(state, pokemon, evidence)]) {
    left = keepIfAny(left, test);
  }
  return summarize(left.map((set) => withKnown(set, pokemon)));
}

/** All sets a species may have in a format before it has shown anything; weights sum to 1. */
export function candidateSets(
  gen: number,
  format: string,
  pokemon: Pick<PokemonState, 'baseSpecies' | 'level'>,
): readonly CandidateSet[] {
  const { baseSpecies, level } = pokemon;
  const drawn = isRandomFormat(format) ? randomSets(gen, format, baseSpecies) : undefined;
  if (drawn) return drawn;
  const guessed = guessedSets(gen, baseSpecies, level);
  const written = bookSets(format, baseSpecies);
  if (written.length === 0) return guessed;
  return [
    ...written.map((set) => ({ ...set, level, weight: set.weight * BOOK_SHARE })),
    ...guessed.map((set) => ({ ...set, weight: set.weight * (1 - BOOK_SHARE) })),
  ];
}

function keepIfAny(sets: readonly CandidateSet[], test: SetTest): readonly CandidateSet[] {
  const kept = sets.filter(test);
  return kept.length > 0 ? kept : sets;
}

/** A foe's Hidden Power shows without its type. */
function hasMove(set: CandidateSet, move: string): boolean {
  return set.moves.includes(move) || (move === 'hiddenpower' && hiddenPower(set) !== undefined);
}

const hiddenPower = (set: CandidateSet): string | undefined =>
  set.moves.find((id) => id.startsWith('hiddenpower'));

/** The sets with the most of the moves it has shown: all of them, if any set has all. */
function mostRevealed(sets: readonly CandidateSet[], pokemon: PokemonState): readonly CandidateSet[] {
  const shown = (set: CandidateSet): number => pokemon.moves.filter(({ id }) => hasMove(set, id)).length;
  const most = Math.max(...sets.map(shown));
  return sets.filter((set) => shown(set) === most);
}

function revealedTests(pokemon: PokemonState): readonly SetTest[] {
  const { baseAbility, item, lastItem, teraType } = pokemon;
  const tests: SetTest[] = [];
  if (baseAbility) tests.push((set) => set.ability === baseAbility);
  // An item lost tells what the set was; one held after a loss may be a present.
  const brought = lastItem || item;
  if (brought !== undefined) tests.push((set) => set.item === brought);
  if (teraType) tests.push((set) => set.teraType === teraType);
  return tests;
}

function withKnown(set: CandidateSet, pokemon: PokemonState): CandidateSet {
  const { teraType } = pokemon;
  return {
    ...set,
    moves: withKnownMoves(set, pokemon),
    item: pokemon.item ?? set.item,
    ability: pokemon.baseAbility || set.ability,
    ...(teraType ? { teraType } : {}),
    level: pokemon.level,
  };
}

/** Moves shown but not in the set take the places of moves not shown, from the last. */
function withKnownMoves(set: CandidateSet, pokemon: PokemonState): readonly string[] {
  const known = pokemon.moves.map(({ id }) => (id === 'hiddenpower' ? (hiddenPower(set) ?? id) : id));
  if (known.every((id) => set.moves.includes(id))) return set.moves;
  const others = set.moves.filter((id) => !known.includes(id));
  return [...known, ...others.slice(0, Math.max(0, 4 - known.length))];
}

function summarize(sets: readonly CandidateSet[]): LikelySets {
  const total = sets.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const scaled = sets.map((set) => ({ ...set, weight: set.weight / total }));
  scaled.sort((a, b) => b.weight - a.weight);
  return {
    sets: scaled,
    moves: marginal(scaled, (set) => set.moves),
    items: marginal(scaled, (set) => [set.item]),
    abilities: marginal(scaled, (set) => [set.ability]),
    teraTypes: marginal(scaled, (set) => (set.teraType ? [set.teraType] : [])),
  };
}

function marginal(
  sets: readonly CandidateSet[],
  values: (set: CandidateSet) => readonly string[],
): readonly (readonly [string, number])[] {
  const shares = new Map<string, number>();
  for (const set of sets) {
    for (const value of new Set(values(set))) shares.set(value, (shares.get(value) ?? 0) + set.weight);
  }
  return [...shares]
    .map(([value, share]) => [value, Math.min(1, share)] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
