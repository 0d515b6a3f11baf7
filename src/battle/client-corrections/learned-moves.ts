import type { Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';

/** Moves that Pokémon learn during the battle, by Sketch and Mimic. */
export class LearnedMoves {
  /** Moves learned by Mimic, kept until the Pokémon leaves. */
  readonly mimicked = new Map<Pokemon, string>();

  /** A sketched move stays for good, without PP Ups. The owner's requests list it. */
  private sketch(pokemon: Pokemon, name: string): void {
    const move = pokemon.side.battle.gen.moves.get(name);
    const slot = pokemon.moveSlots.find(({ id }) => id === 'sketch');
    if (!move || !slot || 'maxpp' in slot) return;
    const sketched = { id: move.id, name: move.name, ppUsed: 0, maxpp: move.pp, virtual: false };
    pokemon.moveSlots = pokemon.moveSlots.map((known) => (known === slot ? sketched : known));
  }

  /**
   * A line says what a Pokémon has learned. Sketch is also logged as Mimic.
   *
   * @param by id of the move that was used
   * @param name of the move that was learned
   */
  learn(pokemon: Pokemon, by: string, name: string): void {
    if (by === 'sketch') this.sketch(pokemon, name);
    else this.mimicked.set(pokemon, toId(name));
  }

  /** A Pokémon has left the field. */
  left(pokemon: Pokemon): void {
    this.mimicked.delete(pokemon);
  }

  /**
   * The client takes a mimicked move for an own one when it is used, disabled, foreseen or copied; the owner's requests
   * list its PP.
   */
  dropMimicked(): void {
    for (const [pokemon, move] of this.mimicked) {
      pokemon.moveSlots = pokemon.moveSlots.filter(({ id, ...slot }) => id !== move || 'maxpp' in slot);
    }
  }
}
