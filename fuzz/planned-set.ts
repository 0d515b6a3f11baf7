import type { PokemonSet } from '@pkmn/sim';

/** A Pokémon of a plan. */
export interface PlannedSet extends PokemonSet {
  /** Its number in the team as it was drawn; it stays the same where others are left out. */
  readonly key: number;
}
