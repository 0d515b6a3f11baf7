import type { TurnEvents } from '../../../battle/event.ts';
import type { BattleState } from '../../../battle/state.ts';
import { assessTurn } from '../../../knowledge/assess-turn.ts';
import type { LikelySets } from '../../../knowledge/likely-sets.ts';
import type { Random } from '../../../util/random.ts';
import { broughtFoes } from './brought.ts';
import { completedFoe, completedOwn } from './complete.ts';
import { drawLikelySet } from './draw.ts';
import { withRequestSlots } from './slots.ts';
import { unseenFoes } from './unseen.ts';
import { withTeam } from './with-team.ts';

/**
 * Complete guesses at a battle, drawn from what one side knows. In each the foe's side reads as its own request would
 * tell it: the whole team with request slots, each Pokémon with its moves, ability (from generation 3), item, stats,
 * HP in points and tera type (in generation 9). What is known is the same in all of them; what is not is drawn from the
 * likely sets, and unseen Pokémon from the teams the format hands out.
 *
 * The foe's HP stays a fraction. Under Transform `moves` are the copied ones and `stats` those of the own body, as
 * requests have it. Counters that nobody sees (turns of sleep and confusion left) are no part of a state.
 *
 * @param turns what has happened so far: it narrows the foe's likely sets
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

/** Like {@link sampleWorlds}, one world a call. */
export function worldSource(
  state: BattleState,
  turns: readonly TurnEvents[],
  random: Random,
): () => BattleState {
  const { likelySets } = assessTurn(state, turns);
  return () => sampleWorld(state, turns, likelySets, random);
}

function sampleWorld(
  state: BattleState,
  turns: readonly TurnEvents[],
  likely: ReadonlyMap<string, LikelySets>,
  random: Random,
): BattleState {
  const seen = broughtFoes(state, turns, random).flatMap((pokemon) => {
    const sets = likely.get(pokemon.id);
    return sets ? [completedFoe(state, pokemon, drawLikelySet(sets, pokemon, random))] : [];
  });
  const foes = withRequestSlots([...seen, ...unseenFoes(state, seen, random)], state.foe);
  const foe = withTeam(state.foe, foes);
  const own = state.own.pokemon.map((pokemon) => completedOwn({ ...state, foe }, pokemon));
  return { ...state, own: withTeam(state.own, own), foe };
}
