import type { BattleState, PokemonState } from '../battle/state.ts';
import { type Evidence, NO_EVIDENCE } from './evidence.ts';
import type { CandidateSet, Doubt, LikelySets, Marginal, OffMetaChoices, SetOrigin } from './likely-sets.ts';
import { offMetaChoices } from './off-meta.ts';
import { buildTests, itemTest } from './rule-out.ts';
import { DOUBTS, setSources } from './set-sources.ts';

const MOVES = 4;

/** A candidate with the doubts of its source. */
interface Candidate {
  readonly set: CandidateSet;
  readonly origin: SetOrigin;
  readonly weight: number;
}

/** Candidates that together are less likely than this are dropped. */
const NEGLIGIBLE = 0.003;
/** When a set is wrong, the chance that neither it nor the alternatives contain the truth. */
const NEITHER = 0.02;
/** Even unexpected choices occur now and then. */
const LEAST_SURPRISE = 1e-4;
/**
 * How much less likely a set becomes when it does not explain damage or an order of moves. Sets of generated teams have
 * exactly the EVs that they are given; those of brought teams may differ from anything written down.
 */
const UNEXPLAINED: Readonly<Record<SetOrigin['basis'], number>> = {
  generator: 0.002,
  own: 0.1,
  statistics: 0.1,
  analysed: 0.2,
  guess: 0.4,
};
/** At most this many such observations count: they may all have one cause. */
const MOST_UNEXPLAINED = 2;

/**
 * What an opponent's Pokémon may have: its candidate sets, weighted by how well they explain all that the Pokémon has
 * shown. A set that differs from what was shown is not ruled out, but as unlikely as such a difference is in sets of
 * its origin. Known facts are then written into every set, so that none contradicts them.
 */
export function likelySets(
  state: BattleState,
  pokemon: PokemonState,
  evidence: Evidence = NO_EVIDENCE,
): LikelySets {
  const { gen, format } = state;
  const instead = offMetaChoices(gen, format, pokemon.baseSpecies);
  const candidates = setSources(gen, format, pokemon).flatMap(({ origin, share, sets }) =>
    sets.map((set) => ({ set, origin, weight: set.weight * share })),
  );
  const chanceToShow = shownBy(pokemon, evidence, instead);
  const shown = likeliest(
    ofLevel(candidates, pokemon.level).map((candidate) => reweighted(candidate, chanceToShow(candidate))),
  );
  const tests = buildTests(state, pokemon, evidence);
  const left = likeliest(shown.map((candidate) => reweighted(candidate, explained(candidate, tests))));
  return summarize(left, pokemon, instead);
}

function reweighted({ set, origin, weight }: Candidate, by: number): Candidate {
  return { set, origin, weight: weight * by };
}

/** In random battles a level tells sets apart. */
function ofLevel(candidates: readonly Candidate[], level: number): readonly Candidate[] {
  const same = candidates.filter(({ set }) => set.level === level);
  return same.length > 0 ? same : candidates;
}

/** Weights normalized to sum to 1, most likely first, without those that are hardly possible. */
function likeliest(candidates: readonly Candidate[]): readonly Candidate[] {
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  const sorted = candidates.toSorted((a, b) => b.weight - a.weight);
  let kept = 0;
  const enough = sorted.findIndex(({ weight }) => {
    kept += weight / total;
    return kept >= 1 - NEGLIGIBLE;
  });
  const left = enough < 0 ? sorted : sorted.slice(0, enough + 1);
  const sum = left.reduce((all, { weight }) => all + weight, 0);
  return left.map((candidate) => reweighted(candidate, 1 / sum));
}

/** An opponent's Hidden Power is shown without its type. */
function hasMove(set: CandidateSet, move: string): boolean {
  return set.moves.includes(move) || (move === 'hiddenpower' && hiddenPower(set) !== undefined);
}

const hiddenPower = (set: CandidateSet): string | undefined =>
  set.moves.find((id) => id.startsWith('hiddenpower'));

/** One thing that a Pokémon has shown, and how likely it is among the alternatives to the sets. */
interface Shown {
  readonly id: string;
  readonly surprise: number;
}

/** How likely a Pokémon with a candidate's set is to show what this one has shown. */
function shownBy(
  pokemon: PokemonState,
  evidence: Evidence,
  instead: OffMetaChoices,
): (candidate: Candidate) => number {
  const { item, lastItem } = pokemon;
  const seen = (id: string | undefined, others: Marginal): Shown | undefined =>
    id === undefined ? undefined : { id, surprise: shareOf(others, id) };
  const moves = pokemon.moves.map(({ id }) => ({ id, surprise: shareOf(instead.moves, id) }));
  const ability = seen(pokemon.baseAbility || undefined, instead.abilities);
  // A lost item reveals the set; one held after a loss may come from another Pokémon.
  const brought = seen(lastItem || item, instead.items);
  const tera = seen(pokemon.teraType, instead.teraTypes);
  const mayHold = itemTest(pokemon, evidence);
  return ({ set, origin }) => {
    const doubt = DOUBTS[origin.basis];
    let chance = 1;
    for (const { id, surprise } of moves)
      chance *= hasMove(set, id) ? 1 - doubt.move : MOVES * doubt.move * surprise;
    if (ability) chance *= agreement(ability, set.ability, doubt.ability);
    if (brought) chance *= agreement(brought, set.item, doubt.item);
    else if (!mayHold(set)) chance *= doubt.item;
    if (tera) chance *= agreement(tera, set.teraType, set.teraType === undefined ? 1 : doubt.tera);
    return chance;
  };
}

function agreement({ id, surprise }: Shown, said: string | undefined, doubt: number): number {
  return said === id ? 1 - doubt : doubt * surprise;
}

function shareOf(marginal: Marginal, value: string): number {
  return Math.max(LEAST_SURPRISE, marginal.find(([id]) => id === value)?.[1] ?? 0);
}

function explained({ set, origin }: Candidate, tests: ReturnType<typeof buildTests>): number {
  const failed = tests.filter((test) => !test(set)).length;
  return UNEXPLAINED[origin.basis] ** Math.min(failed, MOST_UNEXPLAINED);
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

/** Moves that were shown but are not in the set replace moves not shown, from the last on. */
function withKnownMoves(set: CandidateSet, pokemon: PokemonState): readonly string[] {
  const known = pokemon.moves.map(({ id }) => (id === 'hiddenpower' ? (hiddenPower(set) ?? id) : id));
  if (known.every((id) => set.moves.includes(id))) return set.moves;
  const others = set.moves.filter((id) => !known.includes(id));
  return [...known, ...others.slice(0, Math.max(0, MOVES - known.length))];
}

function summarize(
  candidates: readonly Candidate[],
  pokemon: PokemonState,
  instead: OffMetaChoices,
): LikelySets {
  const sets = candidates.map(({ set, weight }) => ({ ...withKnown(set, pokemon), weight }));
  const doubt = doubtLeft(candidates, pokemon);
  return {
    sets,
    moves: moveChances(sets, pokemon, doubt.move, instead.moves),
    items: withDoubt(
      marginal(sets, ({ item }) => [item]),
      doubt.item,
      instead.items,
    ),
    abilities: withDoubt(
      marginal(sets, ({ ability }) => [ability]),
      doubt.ability,
      instead.abilities,
    ),
    teraTypes: withDoubt(
      marginal(sets, ({ teraType }) => (teraType ? [teraType] : [])),
      doubt.tera,
      instead.teraTypes,
    ),
    source: mainOrigin(candidates),
    doubt: { ...doubt, instead },
  };
}

/** The doubt left about all candidates together; what has been shown is certain. */
function doubtLeft(candidates: readonly Candidate[], pokemon: PokemonState): Doubt {
  const mean = (part: keyof Doubt): number =>
    candidates.reduce((sum, { origin, weight }) => sum + weight * DOUBTS[origin.basis][part], 0);
  return {
    move: pokemon.moves.length >= MOVES ? 0 : mean('move'),
    item: pokemon.item === undefined ? mean('item') : 0,
    ability: pokemon.baseAbility ? 0 : mean('ability'),
    tera: pokemon.teraType ? 0 : mean('tera'),
  };
}

function mainOrigin(candidates: readonly Candidate[]): SetOrigin {
  const weights = new Map<string, { origin: SetOrigin; weight: number }>();
  for (const { origin, weight } of candidates) {
    const key = `${origin.basis}/${origin.format}`;
    weights.set(key, { origin, weight: (weights.get(key)?.weight ?? 0) + weight });
  }
  const [main] = [...weights.values()].sort((a, b) => b.weight - a.weight);
  return main?.origin ?? { basis: 'guess' };
}

function marginal(
  sets: readonly CandidateSet[],
  values: (set: CandidateSet) => readonly string[],
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const set of sets) {
    for (const value of new Set(values(set))) shares.set(value, (shares.get(value) ?? 0) + set.weight);
  }
  return shares;
}

/** Sums of shares are slightly inexact. */
const atLeast0 = (share: number): number => (share > 1e-9 ? share : 0);

/** Shares of what the sets contain mixed with the alternatives; what they leave open is fully doubtful. */
function withDoubt(said: ReadonlyMap<string, number>, doubt: number, instead: Marginal): Marginal {
  const open = atLeast0(1 - [...said.values()].reduce((sum, share) => sum + share, 0));
  const other = instead.length === 0 ? 0 : doubt * (1 - open) + open;
  const shares = new Map([...said].map(([value, share]) => [value, share * (1 - (other > 0 ? doubt : 0))]));
  if (other > 0)
    for (const [value, share] of instead) shares.set(value, (shares.get(value) ?? 0) + share * other);
  return sorted(shares);
}

/** The same for moves, of which there are several: those shown are certain, each of the others is equally doubtful. */
function moveChances(
  sets: readonly CandidateSet[],
  pokemon: PokemonState,
  doubt: number,
  instead: Marginal,
): Marginal {
  const said = marginal(sets, ({ moves }) => moves);
  const shown = new Set(pokemon.moves.map(({ id }) => id));
  const isShown = (id: string): boolean =>
    shown.has(id) || (shown.has('hiddenpower') && id.startsWith('hiddenpower'));
  const hidden = [...said].filter(([id]) => !isShown(id));
  const room = Math.max(0, MOVES - shown.size);
  const counted = hidden.reduce((sum, [, share]) => sum + share, 0);
  // Sets may have fewer moves than there are slots.
  const open = atLeast0(room - counted) + doubt * Math.min(room, counted);
  const shares = new Map(said);
  if (instead.length > 0) for (const [id, share] of hidden) shares.set(id, share * (1 - doubt));
  const others = open > 0 ? instead.filter(([id]) => !isShown(id)) : [];
  const most = others.length > room ? 1 - NEITHER * doubt : 1;
  for (const [id, share] of others) {
    const already = shares.get(id) ?? 0;
    shares.set(id, Math.min(most, already + (1 - already) * (1 - (1 - share) ** open)));
  }
  return sorted(shares);
}

function sorted(shares: ReadonlyMap<string, number>): Marginal {
  return [...shares]
    .map(([value, share]) => [value, share > 1 - 1e-9 ? 1 : share] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
