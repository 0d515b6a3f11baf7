import type { TurnEvents } from '../../battle/event.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import type { CandidateSet, LikelySets } from '../../knowledge/likely-sets.ts';
import type { Random } from '../../util/random.ts';
import { completedFoe, completedOwn } from './complete-pokemon.ts';
import { drawSet, orInstead } from './draw-set.ts';
import { evenly } from './low-discrepancy.ts';
import { withRequestSlots } from './request-slots.ts';
import { broughtFoes } from './sample-brought.ts';
import { unseenFoes } from './sample-unseen.ts';
import { withTeam } from './with-team.ts';

/**
 * Complete guesses at a battle, drawn from what one side knows. In each, the opponent's side reads as in its own
 * request: the whole team with request slots, each Pokémon with its moves, ability (from generation 3), item, stats, HP
 * in points and tera type (in generation 9). What is known is the same in all of them; the rest is drawn from the
 * likely sets, and unseen Pokémon from the teams of the format.
 *
 * The opponent's HP stay a fraction. Under Transform `moves` are the copied ones and `stats` those of its own species,
 * as in requests. Counters that nobody sees (turns of sleep and confusion left) are not part of a state.
 *
 * @param turns what has happened so far: it narrows the opponent's likely sets
 * @param random the only source of chance: the same state, turns and stream give the same worlds
 */
export function sampleWorlds(
  state: BattleState,
  turns: readonly TurnEvents[],
  count: number,
  random: Random,
): readonly BattleState[] {
  return Array.from({ length: count }, worldSource(state, turns, random));
}

/**
 * Like {@link sampleWorlds}, one world a call. Sets are drawn evenly, so that each occurs in a few worlds about as
 * often as it is likely. What worlds share is one object, so that others can cache results by it.
 */
export function worldSource(
  shown: BattleState,
  turns: readonly TurnEvents[],
  random: Random,
): () => BattleState {
  const { likelySets, seenThrough: state } = assessTurn(shown, turns);
  const luck = random.stream('sets');
  const complete = new Map<string, () => PokemonState>();
  for (const [id, likely] of likelySets) {
    const pokemon = state.foe.pokemon.find((one) => one.id === id);
    if (pokemon) complete.set(id, completions(state, pokemon, likely, luck));
  }
  const own = state.own.pokemon.map((pokemon) =>
    pokemon.volatiles.transform ? undefined : completedOwn(state, pokemon),
  );
  return () => {
    const seen = broughtFoes(state, turns, random).flatMap(({ id }) => complete.get(id)?.() ?? []);
    const foes = withRequestSlots([...seen, ...unseenFoes(state, seen, random)], state.foe);
    const foe = withTeam(state.foe, foes);
    const team = state.own.pokemon.map(
      (pokemon, index) => own[index] ?? completedOwn({ ...state, foe }, pokemon),
    );
    return { ...state, own: withTeam(state.own, team), foe };
  };
}

/** An opponent's Pokémon with one of its likely sets after the other. */
function completions(
  state: BattleState,
  pokemon: PokemonState,
  likely: LikelySets,
  random: Random,
): () => PokemonState {
  const next = evenly(random);
  const known = new Map<CandidateSet, PokemonState>();
  // Similar sets are neighbours, so that even draws meet each item as often as it is likely, too.
  const ordered = likely.sets
    .map((set) => ({ set, key: [set.item, set.ability, ...set.moves, set.teraType].join() }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ set }) => set);
  return () => {
    const set = orInstead(drawSet(ordered, next()), likely, pokemon, random);
    const completed = known.get(set) ?? completedFoe(state, pokemon, set);
    known.set(set, completed);
    return completed;
  };
}
