import type { Battle, Pokemon } from '@pkmn/client';
import { RAMPAGE } from './rampages.ts';

type Id = Pokemon['ability'];

/** Not the name of a move: set while a Pokémon prepares the second turn of one. */
export const CHARGE = 'twoturnmove';

/** The condition of a target lifted up by Sky Drop. */
export const SKY_DROP = 'skydrop';

/** Conditions that last until the end of the turn after they began, unless they begin again. */
const TWO_TURNS = [CHARGE, RAMPAGE, 'mustrecharge'] as const;

/** Ends the conditions whose end is not logged. */
export class SilentEndings {
  private readonly battle: Battle;
  /** The first turn that began with a condition in place, by the client's object for the condition. */
  private readonly firstTurn = new WeakMap<object, number>();

  /** Pokémon that have acted this turn, and those that Sky Drop has held up. */
  private readonly acting = new Set<Pokemon>();
  private readonly inTheAir = new Set<Pokemon>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** A Pokémon tried to act and could not: its charge ends, as does everything that lasts until its next move. */
  couldNotAct(pokemon: Pokemon): void {
    pokemon.clearMovestatuses();
    pokemon.removeVolatile(CHARGE as Id);
  }

  /** A Pokémon acts, or a line says why it cannot. */
  acted(pokemon: Pokemon): void {
    this.acting.add(pokemon);
  }

  /** Sky Drop lifts a Pokémon, which loses its turns without a line until it lands. */
  lifted(pokemon: Pokemon): void {
    this.inTheAir.add(pokemon);
  }

  turnEnded(): void {
    for (const pokemon of this.inTheAir) {
      if (!this.acting.has(pokemon)) this.couldNotAct(pokemon);
      if (!pokemon.hasVolatile(SKY_DROP as Id)) this.inTheAir.delete(pokemon);
    }
    this.acting.clear();
  }

  /** In generation 4 Haze also ends Focus Energy. */
  hazed(): void {
    if (this.battle.gen.num !== 4) return;
    for (const pokemon of this.battle.getAllActive()) pokemon.removeVolatile('focusenergy' as Id);
  }

  /** A turn begins. In generation 1 such conditions wait for as long as it takes. */
  turnBegan(): void {
    if (this.battle.gen.num === 1) return;
    for (const pokemon of this.battle.getAllActive()) {
      for (const id of TWO_TURNS) {
        const condition = pokemon.volatiles[id];
        if (!condition) continue;
        const first = this.firstTurn.get(condition) ?? this.battle.turn;
        this.firstTurn.set(condition, first);
        if (first < this.battle.turn) pokemon.removeVolatile(id as Id);
      }
    }
  }
}
