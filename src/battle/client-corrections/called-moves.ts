import type { Battle, Pokemon } from '@pkmn/client';
import type { ParsedLine } from '../parse-event.ts';

/**
 * Keeps moves that another move called from being taken for the Pokémon's own: in generation 2 one that goes on for
 * some turns looks like a chosen one from its second turn on.
 */
export class CalledMoves {
  private readonly battle: Battle;
  /** The last move of each that another move called. */
  private readonly called = new Map<Pokemon, string>();
  /** Whose Dancer has just been announced. */
  private dancer: Pokemon | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** An ability makes a Pokémon use the next move that is told of. */
  dances(pokemon: Pokemon | undefined): void {
    this.dancer = pokemon;
  }

  /** What called a move whose line does not say so: one that a Choice item forbids fails without naming Dancer. */
  unnamedCaller(pokemon: Pokemon): string | undefined {
    const { dancer } = this;
    this.dancer = undefined;
    return dancer === pokemon ? DANCER : undefined;
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

export const DANCER = 'ability: Dancer';

/** Whether a line tells of a move that Magic Bounce sends back. */
export function isBounced({ args: [kind], kwArgs }: ParsedLine): boolean {
  return kind === 'move' && kwArgs.from === 'ability: Magic Bounce';
}
