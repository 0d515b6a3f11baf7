import type { SideId } from '../state.ts';

/** Future Sight and similar moves, between their use and the turn in which they hit. */
export class PendingMoves {
  /** The turns in which they were used, by target side and move id. */
  readonly turns: Record<SideId, Map<string, readonly number[]>> = { p1: new Map(), p2: new Map() };

  /** @param side the target side */
  used(side: SideId, move: string, turn: number): void {
    this.turns[side].set(move, [...(this.turns[side].get(move) ?? []), turn]);
  }

  struck(side: SideId, move: string): void {
    const [, ...later] = this.turns[side].get(move) ?? [];
    this.turns[side].set(move, later);
  }

  /** They hit at the end of the second turn after their use. When they fail, no line says so. */
  turnEnded(now: number): void {
    for (const moves of Object.values(this.turns)) {
      for (const [id, turns] of moves) {
        moves.set(
          id,
          turns.filter((turn) => turn + 2 > now),
        );
      }
    }
  }
}
