import type { Candidate, PromptQuestion, RenderedPrompt } from '../../observation/prompt.ts';
import type { ActionScore } from '../agent.ts';
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
}

/** What a strategy came to. */
export interface StrategyResult {
  /** The candidate chosen; absent when nothing the model said could be used. */
  readonly candidate?: Candidate;
  /** In the order of asking. */
  readonly ballots: readonly Ballot[];
  /** The last prompt shown to the model. */
  readonly prompt: RenderedPrompt;
  readonly scores?: readonly ActionScore[];
}

/** A way to come from a turn to an action by asking a model. */
export type Strategy = (consultation: Consultation) => Promise<StrategyResult>;
