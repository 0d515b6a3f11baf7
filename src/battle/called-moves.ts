import type { Battle, Pokemon } from '@pkmn/client';

/**
 * Keeps moves that another move called from being taken for the Pokémon's own: in generation 2 one that goes on for
 * some turns looks like a chosen one from its second turn on.
 */
export class CalledMoves {
  private readonly battle: Battle;
  /** The last move of each that another move called. */
  private readonly called = new Map<Pokemon, string>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /**
   * Before the client is told of a move.
   *
   * @param from what called it, as logged
   * @returns what to do once the client was told
   */
  using(pokemon: Pokemon, move: string, from: string | true | undefined): (() => void) | undefined {
    const goesOn = this.called.get(pokemon) === move && from === undefined && this.battle.gen.num === 2;
    if (!goesOn) {
      if (from === undefined) this.called.delete(pokemon);
      else this.called.set(pokemon, move);
    }
    const isKnown = pokemon.moveSlots.some(({ id }) => id === move);
    if (!goesOn || isKnown) return undefined;
    return () => {
      pokemon.moveSlots = pokemon.moveSlots.filter(({ id }) => id !== move);
    };
  }
}
