import type { Action } from '../battle/action.ts';
import type { ChoiceRequest } from '../battle/request.ts';
import type { BattleState } from '../battle/state.ts';
import type { Random } from '../util/random.ts';
import type { BattleMemory } from './battle-memory.ts';

/** Time left, measured when the turn was handed to the agent. */
export interface DecisionClock {
  /** For this decision, in ms. */
  readonly turnMs: number;
  /** For the rest of the battle, in ms; undefined when there is no such limit. */
  readonly battleMs?: number;
}

/** One decision to be made: a turn, a replacement or the team's order, and all that its side knows. */
export interface DecisionContext {
  /** The battle's id in the ledger. */
  readonly battleId: string;
  readonly request: ChoiceRequest;
  /** Every legal answer, never empty. */
  readonly actions: readonly Action[];
  /** Built on first use, so that agents that do not look pay nothing. */
  readonly state: BattleState;
  readonly memory: BattleMemory;
  readonly clock: DecisionClock;
  /** This decision's own random stream. */
  readonly random: Random;
}
