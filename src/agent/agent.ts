import type { Action } from '../battle/action.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import type { BattleMemory, ForeseenChoice } from '../memory/battle-memory.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import type { Message, Usage } from '../model/language-model.ts';
import type { ModelErrorKind } from '../util/errors.ts';

/** One sample's vote. */
export interface Vote {
  /** Choice string of the action voted for; undefined for an abstention. */
  readonly choice?: string;
  /** Why the sample did not vote. */
  readonly abstained?: FallbackReason;
  /** What the model wrote, cut to a readable length. */
  readonly text: string;
  readonly latencyMs: number;
}

/** Why a decision is not the agent's own. */
export type FallbackReason =
  | ModelErrorKind
  /** No JSON, number or name that could be read as an answer. */
  | 'unparsable'
  /** A real move or Pokémon that may not be chosen now. */
  | 'illegal-action'
  /** A move or Pokémon that does not exist here. */
  | 'unknown-action'
  | 'empty'
  /** No sample voted, for different reasons. */
  | 'no-votes'
  /** The agent threw an error. */
  | 'agent-error'
  /** The server refused the agent's choice. */
  | 'refused-choice'
  /** The agent did not answer in time. */
  | 'deadline'
  /** The agent does not handle this kind of decision and leaves it to another. */
  | 'unsupported'
  /** The agent failed to decide for itself too many times in a row, and is no longer asked. */
  | 'given-up'
  /** The server chose: no answer was sent, or it was left to the server. */
  | 'server-default';

/** The unit of an agent's scores. */
export type ScoreUnit = 'share of playouts' | 'probability' | 'healthy Pokémon gained';

/** How good an action looked, for agents that score actions. */
export interface ActionScore {
  readonly choice: string;
  /** Higher is better; in the decision's {@link Decision.scoreUnit}. */
  readonly score: number;
  readonly note?: string;
}

/** What an agent decided, and how it got there. */
export interface Decision {
  readonly action: Action;
  /** One line for people. */
  readonly reasoning?: string;
  readonly votes?: readonly Vote[];
  readonly scores?: readonly ActionScore[];
  readonly scoreUnit?: ScoreUnit;
  /** Playouts of the search behind it, for agents that search: a handful says little, thousands are usual. */
  readonly playouts?: number;
  /** What the opponent may choose at the same time, the likeliest first, for agents that look ahead. */
  readonly foreseen?: readonly ForeseenChoice[];
  /** Set when `action` comes from a fallback. */
  readonly fallback?: { readonly reason: FallbackReason; readonly detail: string; readonly agent: string };
  readonly usage?: Usage;
  /** What the model was shown. */
  readonly prompt?: { readonly style: string; readonly hash: string; readonly messages: readonly Message[] };
  /** Set when an agent that checks itself for panic switching decides on a voluntary switch. */
  readonly switching?: SwitchAudit;
}

/** The panic-switch guard's measurements of one decision. */
export interface SwitchAudit {
  /** Voluntary switches in a row, this one included; 0 when this is not one. */
  readonly consecutive: number;
  /** Expected damage to the active Pokémon after the choice, as a fraction of its maximum HP. */
  readonly expectedDamageSwitching?: number;
  readonly expectedDamageStaying?: number;
  /** Switching takes more damage than staying would. */
  readonly intoMoreDamage: boolean;
}

/** What an agent is given before a battle. */
export interface BattleStart {
  readonly battleId: string;
  readonly side: SideId;
  readonly format: string;
}

/** What an agent is given after a battle. */
export interface BattleEnd {
  readonly battleId: string;
  readonly side: SideId;
  readonly state: BattleState;
  readonly memory: BattleMemory;
}

/**
 * A player, from uniformly random to a voting language model. One agent object may play many battles at once, so
 * everything about a battle comes with the turn.
 */
export interface Agent {
  /** Unique among the agents of a tournament; part of ledgers and tables. */
  readonly name: string;
  /**
   * Chooses one of `turn.actions`. Must return before `turn.clock.turnMs` has passed; the caller then aborts `signal`
   * and plays a fallback's choice.
   */
  decide(turn: DecisionContext, signal: AbortSignal): Promise<Decision>;
  onBattleStart?(start: BattleStart): Promise<void>;
  onBattleEnd?(end: BattleEnd): Promise<void>;
}
