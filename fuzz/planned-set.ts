import type { PokemonSet } from '@pkmn/sim';

/** A Pokémon of a plan. */
export interface PlannedSet extends PokemonSet {
  /** Its number in the team as drawn; it stays the same when others are left out. */
  readonly key: number;
}
