import type { BattleState, PokemonState } from '../../battle/state.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import { MatchupState } from './matchup-state.ts';
import { worth } from './worth.ts';

/**
 * How well each of our Pokémon does on average against every remaining Pokémon known of the opponent, by request slot:
 * for team preview, and for when the opponent has no Pokémon on the field.
 */
export function rateAgainstAll(state: BattleState): ReadonlyMap<number, number> {
  const foes = state.foe.pokemon.filter((pokemon) => !pokemon.fainted);
  const candidates = state.own.pokemon.filter((pokemon) => !pokemon.fainted);
  const ratings = new Map<number, number>();
  for (const pokemon of candidates) {
    if (pokemon.requestSlot !== undefined) ratings.set(pokemon.requestSlot, worth(pokemon.hp));
  }
  for (const foe of foes) {
    for (const { pokemon, pairings, hazardDamage } of assessTurn(facing(state, foe)).switches) {
      const [pairing] = pairings;
      const rating = ratings.get(pokemon.requestSlot ?? 0);
      if (!pairing || rating === undefined) continue;
      const matchup = new MatchupState(pairing, { gen: state.gen, trickRoom: false });
      const value = matchup.worth({ own: Math.max(0.01, pokemon.hp - hazardDamage), foe: foe.hp });
      ratings.set(pokemon.requestSlot ?? 0, rating + value / foes.length);
    }
  }
  return ratings;
}

/** The state with one opponent alone on the field, and all of ours on the bench. */
function facing(state: BattleState, foe: PokemonState): BattleState {
  const pokemon = state.own.pokemon.map(({ position: _, ...benched }) => benched);
  return {
    ...state,
    own: { ...state.own, pokemon, active: [] },
    foe: { ...state.foe, active: [{ ...foe, position: 0 }] },
  };
}
