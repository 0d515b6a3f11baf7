import type { Candidate } from '../../observation/prompt.ts';

/** Why a text is not an answer; the words are those of the ledger. */
export type UnusableReason = 'empty' | 'unparsable' | 'illegal-action' | 'unknown-action';

/** The candidate that a text means, or why it means none that can be played. */
export type Answer =
  | { readonly kind: 'action'; readonly candidate: Candidate }
  | { readonly kind: 'abstain'; readonly reason: UnusableReason; readonly detail: string };

export function abstain(reason: UnusableReason, detail: string): Answer {
  return { kind: 'abstain', reason, detail };
}
