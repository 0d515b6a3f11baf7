import type { PokemonState } from '../battle/state.ts';
import { table } from '../util/table.ts';

/** Moves that go on by themselves, and for how many turns they do so for sure once they have struck. */
const RAMPAGES: Readonly<Record<string, (gen: number) => number>> = table({
  // Whether there is a third turn is chance, but one that was over has left its user confused.
  outrage: () => 3,
  petaldance: (gen) => (gen === 1 ? 4 : 3),
  ragingfury: () => 3,
  thrash: (gen) => (gen === 1 ? 4 : 3),
  iceball: () => 5,
  rollout: () => 5,
});

/**
 * The move that a Pokémon must go on with, where that is certain: the second turn of Dig and the like, a rampage that
 * struck in the last turn, an uproar, Encore. One that Protect, an immunity or a miss stopped is over.
 */
export function lockedMove(gen: number, pokemon: PokemonState): string | undefined {
  const { volatiles, streak, lastMove } = pokemon;
  if (volatiles.twoturnmove || volatiles.encore) return lastMove;
  if (volatiles.uproar) return 'uproar';
  const length = RAMPAGES[streak?.move ?? '']?.(gen);
  if (!streak || length === undefined || volatiles.confusion || pokemon.status === 'slp') return undefined;
  return streak.uses % length === 0 ? undefined : streak.move;
}
