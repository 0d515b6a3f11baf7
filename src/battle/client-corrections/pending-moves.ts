import type { SideId } from '../state.ts';

/** Future Sight and the like, between their use and the turn in which they strike. */
export class PendingMoves {
  /** The turns in which they were used, by the side that they will hit and the move's id. */
  readonly turns: Record<SideId, Map<string, readonly number[]>> = { p1: new Map(), p2: new Map() };

  /** @param side the side that it will hit */
  used(side: SideId, move: string, turn: number): void {
    this.turns[side].set(move, [...(this.turns[side].get(move) ?? []), turn]);
  }

  struck(side: SideId, move: string): void {
    const [, ...later] = this.turns[side].get(move) ?? [];
    this.turns[side].set(move, later);
  }

  /** They strike at the end of the second turn after the one they are used in, and say nothing when they fail. */
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
