import type { Battle, Pokemon } from '@pkmn/client';

/** The move that a Pokémon tried last, and how far a Metronome that it holds has counted. */
export interface MetronomeRow {
  readonly move: string;
  readonly count: number;
}

/** What the count of a move hangs on. */
interface Attempt {
  /** The second turn of a move that its user is locked into. */
  readonly isLocked: boolean;
  /** The same move succeeded in the turn before. */
  readonly goesOn: boolean;
}

/**
 * How often in a row a move was used, as the item Metronome counts since generation 5: every second turn of a two-turn
 * move, whether it hits or not, and every other use that follows a success.
 */
export class MetronomeRows {
  private readonly battle: Battle;
  private readonly rows = new Map<Pokemon, MetronomeRow>();
  /** The row before the running move, whose first turn does not count. */
  private before: MetronomeRow | undefined;

  constructor(battle: Battle) {
    this.battle = battle;
  }

  of(pokemon: Pokemon): MetronomeRow | undefined {
    return this.rows.get(pokemon);
  }

  tried(user: Pokemon, move: string, { isLocked, goesOn }: Attempt): void {
    this.before = this.rows.get(user);
    const { flags, callsMove } = this.battle.get('moves', move) as unknown as {
      flags?: Readonly<Record<string, unknown>>;
      callsMove?: boolean;
    };
    if (callsMove) return;
    const last = this.before?.move === move ? this.before.count + 1 : undefined;
    const isSecondTurn = isLocked && flags?.charge !== undefined;
    const count = isSecondTurn ? (last ?? 1) : goesOn ? (last ?? 0) : 0;
    this.rows.set(user, { move, count });
  }

  /** The move that was just tried only begins. */
  prepared(user: Pokemon): void {
    if (this.before) this.rows.set(user, this.before);
    else this.rows.delete(user);
  }

  left(pokemon: Pokemon): void {
    this.rows.delete(pokemon);
  }
}
