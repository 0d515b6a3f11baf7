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
}

/** What one side remembers of the running battle: facts from the protocol and its own decisions. */
export interface BattleMemory {
  /** One entry a turn, oldest first; the last is the running turn so far. */
  readonly turns: readonly TurnEvents[];
  readonly decisions: readonly PastDecision[];
}
