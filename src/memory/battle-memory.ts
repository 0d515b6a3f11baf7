import type { Action } from '../battle/action.ts';
import type { TurnEvents } from '../battle/event.ts';

/** One earlier decision of this side. */
export interface PastDecision {
  readonly turn: number;
  readonly action: Action;
  /** True when the side had to switch (its Pokémon fainted or was forced out). */
  readonly forced: boolean;
  /** A switch by choice that was expected to take more damage than staying. */
  readonly intoMoreDamage?: boolean;
  /** What the opponent was expected to choose at the same time, for agents that look ahead. */
  readonly foreseen?: readonly ForeseenChoice[];
}

/** A choice of the opponent, as a search predicted it. */
export interface ForeseenChoice {
  /** Id of the move, or of the species that comes in. */
  readonly id: string;
  /** Share of the playouts in which the opponent chose it, 0–1. */
  readonly share: number;
  /** The opponent's chance to win after it, 0–1. */
  readonly value: number;
}

/** What one side remembers of the running battle: facts from the protocol and its own decisions. */
export interface BattleMemory {
  /** One entry a turn, oldest first; the last is the running turn so far. */
  readonly turns: readonly TurnEvents[];
  readonly decisions: readonly PastDecision[];
}
