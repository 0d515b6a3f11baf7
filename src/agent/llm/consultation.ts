import type { Candidate, PromptQuestion, RenderedPrompt } from '../../observation/prompt.ts';
import type { ExpectedReply } from '../../search/opponent-model/opponent-prior.ts';
import type { SearchResult } from '../../search/search.ts';
import type { ActionScore, ScoreUnit } from '../agent.ts';
import type { Ballot } from './ballot.ts';
import type { ModelLine } from './model-line.ts';

/** What a strategy works with during one turn. */
export interface Consultation {
  readonly line: ModelLine;
  /** The most samples that may vote, or actions that may be compared. */
  readonly votes: number;
  /** Renders a question about this turn. */
  render(question: PromptQuestion): RenderedPrompt;
  /** The best of several candidates with the same number of votes, whatever their order. */
  breakTie(tied: readonly Candidate[]): Promise<Candidate | undefined>;
  /**
   * Looks ahead by search in the remaining time; absent when a search cannot make the decision.
   *
   * @param prior how likely each of our actions is thought to be good, by choice string
   * @param foe what the opponent is expected to do
   * @returns undefined when there is too little time
   */
  readonly lookAhead?: (
    prior: ReadonlyMap<string, number>,
    foe: readonly ExpectedReply[],
  ) => Promise<SearchResult | undefined>;
}

/** The outcome of a strategy. */
export interface StrategyResult {
  /** The candidate chosen; absent when no answer of the model could be used. */
  readonly candidate?: Candidate;
  /** In the order of asking. */
  readonly ballots: readonly Ballot[];
  /** The last prompt shown to the model. */
  readonly prompt: RenderedPrompt;
  readonly scores?: readonly ActionScore[];
  readonly scoreUnit?: ScoreUnit;
  /** Playouts of the search that decided. */
  readonly playouts?: number;
  /**
   * The reason, in one line.
   *
   * @default the reason of the sample that voted for the candidate
   */
  readonly reasoning?: string;
}

/** A way to get from a turn to an action by asking a model. */
export type Strategy = (consultation: Consultation) => Promise<StrategyResult>;
