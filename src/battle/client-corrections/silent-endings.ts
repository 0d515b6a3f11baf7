import type { Battle, Pokemon, Side } from '@pkmn/client';
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
  /** Pokémon that were confused when they tried to act, and of which no line has said yet what came of it. */
  private readonly inDoubt = new Set<Pokemon>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** A Pokémon tried to act and could not: its charge ends, as does everything that lasts until its next move. */
  couldNotAct(pokemon: Pokemon): void {
    pokemon.clearMovestatuses();
    pokemon.removeVolatile(CHARGE as Id);
    this.endBide(pokemon);
  }

  /** In generation 1 no line says that paralysis or confusion has ended Bide. */
  endBide(pokemon: Pokemon): void {
    if (this.battle.gen.num === 1) pokemon.removeVolatile('bide' as Id);
  }

  /** In generation 1 whoever is bound need not recharge. */
  bound({ active }: Side): void {
    if (this.battle.gen.num > 1) return;
    for (const pokemon of active) pokemon?.removeVolatile('mustrecharge' as Id);
  }

  /** A Pokémon acts, or a line says why it cannot. */
  acted(pokemon: Pokemon): void {
    this.acting.add(pokemon);
    this.inDoubt.delete(pokemon);
  }

  /** A Pokémon is confused: it acts next, or hurts itself. */
  confused(pokemon: Pokemon): void {
    this.inDoubt.add(pokemon);
  }

  /**
   * Pokémon that have hurt themselves in confusion, though no line may have said so: in generation 1 their Substitute,
   * or that of their opponent, takes the damage, or nobody. Call when the turn ends.
   */
  hurtUnseen(): readonly Pokemon[] {
    const all = [...this.inDoubt];
    this.inDoubt.clear();
    return all;
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
