import type { BattleState, PokemonState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { findSpecies } from './dex.ts';

const LONGEST_RAMPAGE = 3;

/** Moves that lock their user in, and for how many turns they are sure to continue once they have hit. */
const RAMPAGES: Readonly<Record<string, (gen: number) => number>> = table({
  // Whether there is a third turn is up to chance, but when there is none the user becomes confused.
  outrage: () => LONGEST_RAMPAGE,
  petaldance: (gen) => (gen === 1 ? 4 : LONGEST_RAMPAGE),
  ragingfury: () => LONGEST_RAMPAGE,
  thrash: (gen) => (gen === 1 ? 4 : LONGEST_RAMPAGE),
  iceball: () => 5,
  rollout: () => 5,
});

/**
 * The move that a Pokémon must continue with, when that is certain: the second turn of Dig or a similar move, a rampage
 * that hit in the last turn, an uproar, Encore. A rampage stopped by Protect, an immunity or a miss is over.
 */
export function lockedMove(state: BattleState, pokemon: PokemonState): string | undefined {
  const { volatiles, streak, lastMove, moves } = pokemon;
  if (volatiles.twoturnmove) return lastMove;
  if (volatiles.encore) {
    // The lock applies to Metronome and similar moves themselves, not to the moves they called.
    const isOwn = volatiles.transform !== undefined || moves.some(({ id }) => id === lastMove);
    return isOwn ? lastMove : undefined;
  }
  if (volatiles.uproar) return 'uproar';
  const length = RAMPAGES[streak?.move ?? '']?.(state.gen);
  if (!streak || length === undefined || volatiles.confusion || pokemon.status === 'slp') return undefined;
  if ((length === LONGEST_RAMPAGE || state.gen === 1) && streak.uses > 1) {
    if (!volatiles.lockedmove || endsUnseen(state, pokemon)) return undefined;
  }
  return streak.uses % length === 0 ? undefined : streak.move;
}

/** Whether a rampage may be over without the confusion that would show it: in generation 2 Safeguard prevents it. */
function endsUnseen({ gen, field, own, foe }: BattleState, pokemon: PokemonState): boolean {
  const side = own.active.includes(pokemon) ? own : foe;
  const isSafe = gen === 2 && side.conditions.safeguard !== undefined;
  const { ability, species } = pokemon;
  const possible = Object.values(findSpecies(gen, species)?.abilities ?? {});
  const isCalm = ability === undefined ? possible.includes('Own Tempo') : ability === 'owntempo';
  return isSafe || isCalm || field.terrain === 'mistyterrain';
}
