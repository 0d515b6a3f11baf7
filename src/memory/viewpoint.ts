import type { PokemonRef } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';

/** Whose story is told, and the facts about the game that telling it needs. */
export interface Viewpoint {
  /** The side that is "you". */
  readonly side: SideId;
  /**
   * Priority of a move in the hands of a Pokémon, its ability included; undefined when it is not certain
   * (an ability not yet known could change it). Nothing is then said about why somebody acted first.
   */
  priorityOf(move: string, user: PokemonRef): number | undefined;
  /** Name for people of the move, ability, item or condition with this id. */
  nameOf(id: string): string;
}
