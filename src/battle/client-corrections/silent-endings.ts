import type { Battle, Pokemon } from '@pkmn/client';
import { RAMPAGE } from './rampages.ts';

type Id = Pokemon['ability'];

/** Not the name of any move: set while a Pokémon gets ready for the second turn of one. */
export const CHARGE = 'twoturnmove';

/** The condition of a target that Sky Drop has lifted up. */
export const SKY_DROP = 'skydrop';

/** Conditions that last until the end of the turn after the one they began in, unless they begin again. */
const TWO_TURNS = [CHARGE, RAMPAGE, 'mustrecharge'] as const;

/** Ends the conditions whose end no line tells. */
export class SilentEndings {
  private readonly battle: Battle;
  /** The turn at whose start a condition was first there, by the client's object for it. */
  private readonly firstTurn = new WeakMap<object, number>();

  /** Pokémon that have acted in this turn, and those that Sky Drop has held up in it. */
  private readonly acting = new Set<Pokemon>();
  private readonly inTheAir = new Set<Pokemon>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Somebody meant to act and did not: its charge and all that lasts until its next move are over. */
  couldNotAct(pokemon: Pokemon): void {
    pokemon.clearMovestatuses();
    pokemon.removeVolatile(CHARGE as Id);
  }

  /** Somebody acts, or is told why it does not. */
  acted(pokemon: Pokemon): void {
    this.acting.add(pokemon);
  }

  /** Somebody is lifted up by Sky Drop, and loses its turn without a word until it is put down. */
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

  /** Haze in generation 4 ends Focus Energy, too. */
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
