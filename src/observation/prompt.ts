import type { Action } from '../battle/action.ts';
import type { ChoiceRequest } from '../battle/request.ts';
import type { BattleState } from '../battle/state.ts';
import type { TurnAssessment } from '../knowledge/assessment.ts';
import type { BattleMemory } from '../memory/battle-memory.ts';

/** One chat message; the shape that language models take. */
export interface PromptMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** An action that is already under discussion. */
export interface Proposal {
  /** {@link Candidate.number} */
  readonly number: number;
  readonly words: string;
  /** The reason given for it. */
  readonly reason?: string;
}

/**
 * The question about the turn. The answer is JSON and names actions by {@link Candidate.number}:
 * - `direct`: `{"choice": 3}`
 * - `reasoned` and `compare`: `{"reason": "…", "choice": 3}`
 * - `candidates`: `{"candidates": [{"choice": 3, "reason": "…"}, …]}`, best first, at most `count`
 * - `foe`: `{"foe": [{"action": "Earthquake", "chance": 60}, …]}`, what the opponent may do, in the model's own words
 */
export type PromptQuestion =
  | { readonly kind: 'direct' }
  | { readonly kind: 'reasoned' }
  | { readonly kind: 'candidates'; readonly count: number }
  | { readonly kind: 'foe' }
  | { readonly kind: 'compare'; readonly proposals: readonly Proposal[] };

/** Everything a prompt is made of. */
export interface PromptInput {
  readonly state: BattleState;
  readonly request: ChoiceRequest;
  /** Every legal answer to the request, never empty. */
  readonly actions: readonly Action[];
  readonly memory: BattleMemory;
  readonly assessment: TurnAssessment;
  readonly question: PromptQuestion;
}

/** One legal action as a prompt offers it. */
export interface Candidate {
  /** The number that the model answers: counted from 1, or in doubles 100 × left option + right option. */
  readonly number: number;
  readonly action: Action;
  /** The action in words, e.g. `Terastallize and use Surf`; targets by species. */
  readonly words: string;
}

/** A prompt ready to be sent. */
export interface RenderedPrompt {
  readonly style: string;
  /** SHA-256 of the messages, hexadecimal. */
  readonly hash: string;
  /** Stable text first, changing text last. */
  readonly messages: readonly PromptMessage[];
  /** Every number that may be answered. */
  readonly candidates: readonly Candidate[];
}
