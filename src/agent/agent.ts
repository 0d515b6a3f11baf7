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
  /** Why the sample was no vote. */
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
  /** The samples abstained, for different reasons. */
  | 'no-votes'
  /** The agent threw. */
  | 'agent-error'
  /** The server refused the agent's choice. */
  | 'refused-choice'
  /** The agent did not answer in time. */
  | 'deadline'
  /** The agent has no notion of such a decision and leaves it to another. */
  | 'unsupported'
  /** The agent had made too many decisions in a row not itself, and is asked no more. */
  | 'given-up'
  /** The server was left to choose, or has chosen since no answer came. */
  | 'server-default';

/** What an agent counts its scores in. */
export type ScoreUnit = 'share of playouts' | 'probability' | 'healthy Pokémon gained';

/** How good an action looked, for agents that can say. */
export interface ActionScore {
  readonly choice: string;
  /** Higher is better; in the decision's {@link Decision.scoreUnit}. */
  readonly score: number;
  readonly note?: string;
}

/** What an agent decided, and everything worth keeping about how. */
export interface Decision {
  readonly action: Action;
  /** One line for people. */
  readonly reasoning?: string;
  readonly votes?: readonly Vote[];
  readonly scores?: readonly ActionScore[];
  readonly scoreUnit?: ScoreUnit;
  /** Playouts of the search behind it, for agents that search: a handful says little, thousands are usual. */
  readonly playouts?: number;
  /** What the foe may choose at the same time, the likeliest first, for agents that look ahead. */
  readonly foreseen?: readonly ForeseenChoice[];
  /** Set when `action` comes from a fallback. */
  readonly fallback?: { readonly reason: FallbackReason; readonly detail: string; readonly agent: string };
  readonly usage?: Usage;
  /** What the model was shown. */
  readonly prompt?: { readonly style: string; readonly hash: string; readonly messages: readonly Message[] };
  /** Set when an agent that watches itself for panic switching decides to switch without having to. */
  readonly switching?: SwitchAudit;
}

/** The panic-switch guard's measurements of one decision. */
export interface SwitchAudit {
  /** Voluntary switches in a row, this one included; 0 when it is not one. */
  readonly consecutive: number;
  /** Expected damage to whoever is on the field after the choice, as a fraction of its maximum HP. */
  readonly expectedDamageSwitching?: number;
  readonly expectedDamageStaying?: number;
  /** The switch takes more than staying would. */
  readonly intoMoreDamage: boolean;
}

/** What an agent is told before a battle. */
export interface BattleStart {
  readonly battleId: string;
  readonly side: SideId;
  readonly format: string;
}

/** What an agent is told after a battle. */
export interface BattleEnd {
  readonly battleId: string;
  readonly side: SideId;
  readonly state: BattleState;
  readonly memory: BattleMemory;
}

/**
 * Whoever decides: from uniformly random to a voting language model. One agent object may play many battles at
 * once, so whatever belongs to a battle comes with the turn.
 */
export interface Agent {
  /** Unique among the agents of a tournament; part of ledgers and tables. */
  readonly name: string;
  /**
   * Chooses one of `turn.actions`. Must return before `turn.clock.turnMs` is over; whoever runs the agent
   * aborts `signal` then and plays a fallback's choice.
   */
  decide(turn: DecisionContext, signal: AbortSignal): Promise<Decision>;
  onBattleStart?(start: BattleStart): Promise<void>;
  onBattleEnd?(end: BattleEnd): Promise<void>;
}
