import type { Battle, Pokemon } from '@pkmn/client';
import type { ParsedLine } from '../parse-event.ts';

/**
 * Keeps moves called by another move from being taken for the Pokémon's own. In generation 2, a called move that lasts
 * several turns looks like a chosen one from its second turn on.
 */
export class CalledMoves {
  private readonly battle: Battle;
  /** The last called move of each Pokémon. */
  private readonly called = new Map<Pokemon, string>();
  /** The Pokémon whose Dancer was just announced. */
  private dancer: Pokemon | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Dancer makes the Pokémon use the next move in the log. */
  dances(pokemon: Pokemon | undefined): void {
    this.dancer = pokemon;
  }

  /** What called a move whose line does not say so: a move that a Choice item forbids fails without naming Dancer. */
  unnamedCaller(pokemon: Pokemon): string | undefined {
    const { dancer } = this;
    this.dancer = undefined;
    return dancer === pokemon ? DANCER : undefined;
  }

  /**
   * Call before the client reads a move.
   *
   * @param from what called it, as logged
   * @returns what to do once the client has read it
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

/** Whether a line reports a move reflected by Magic Bounce. */
export function isBounced({ args: [kind], kwArgs }: ParsedLine): boolean {
  return kind === 'move' && kwArgs.from === 'ability: Magic Bounce';
}
