import type { PokemonRef } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';

/** The point of view of a text, and the facts about the game that it needs. */
export interface Viewpoint {
  /** The side that is "you". */
  readonly side: SideId;
  /**
   * Priority of a move when this Pokémon uses it, its ability included; undefined when it is uncertain (an unknown
   * ability could change it). Nothing is then said about why it acted first.
   */
  priorityOf(move: string, user: PokemonRef): number | undefined;
  /** Display name of the move, ability, item or condition with this id. */
  nameOf(id: string): string;
}
