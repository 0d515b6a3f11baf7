import type { TurnEvents } from '../../battle/event.ts';
import type { BattleState, PokemonState } from '../../battle/state.ts';
import type { Random } from '../../util/random.ts';
import { shuffled } from './draw-set.ts';

/**
 * The opponent's Pokémon that are in the battle: all that are known or, when only some of those previewed are brought,
 * those met so far and a random choice of the others.
 */
export function broughtFoes(
  { foe }: BattleState,
  turns: readonly TurnEvents[],
  random: Random,
): readonly PokemonState[] {
  const { pokemon, teamSize } = foe;
  if (pokemon.length <= teamSize) return pokemon;
  const met = metSoFar(turns);
  const rank = ({ id, position, fainted, moves }: PokemonState): number => {
    if (position !== undefined) return 0;
    return fainted || moves.length > 0 || met.has(id) ? 1 : 2;
  };
  const byCertainty = [...shuffled(pokemon, random)].sort((a, b) => rank(a) - rank(b));
  const brought = new Set(byCertainty.slice(0, teamSize));
  return pokemon.filter((one) => brought.has(one));
}

/** Ids of the Pokémon of both sides that have come in. */
export function metSoFar(turns: readonly TurnEvents[]): ReadonlySet<string> {
  const met = new Set<string>();
  for (const { events } of turns) {
    for (const event of events) if (event.type === 'switch') met.add(event.pokemon.id);
  }
  return met;
}
