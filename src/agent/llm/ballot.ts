import { toChoice } from '../../battle/action.ts';
import type { FinishReason } from '../../model/language-model.ts';
import type { Candidate } from '../../observation/prompt.ts';
import { redactSecrets, safeLine } from '../../util/safe-text.ts';
import type { FallbackReason, Vote } from '../agent.ts';
import { statedReason } from './answer-text.ts';
import { parseAnswer } from './parse-answer.ts';

/** The outcome of one requested sample. */
export type Sample =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly finishReason: FinishReason;
      readonly latencyMs: number;
    }
  | {
      readonly kind: 'failed';
      readonly reason: FallbackReason;
      readonly detail: string;
      readonly latencyMs: number;
    };

/** A sample that was read: its vote, and the candidate voted for or why there is none. */
export type Ballot =
  | {
      readonly kind: 'vote';
      readonly vote: Vote;
      readonly candidate: Candidate;
      /** The reason in the model's own words, in one line. */
      readonly reasoning?: string;
    }
  | {
      readonly kind: 'abstention';
      readonly vote: Vote;
      readonly reason: FallbackReason;
      readonly detail: string;
    };

/** Why no answer of a model could be used. */
export interface Unusable {
  readonly reason: FallbackReason;
  readonly detail: string;
}

/** Characters of a sample's text that are kept. */
const KEPT_TEXT = 1000;

/** Reads a sample as a vote for one of the candidates. */
export function readBallot(sample: Sample, candidates: readonly Candidate[]): Ballot {
  const { latencyMs } = sample;
  if (sample.kind === 'failed') {
    const { reason, detail } = sample;
    return { kind: 'abstention', reason, detail, vote: { abstained: reason, text: '', latencyMs } };
  }
  const answer = parseAnswer(sample.text, candidates);
  if (answer.kind === 'action') return voteFor(answer.candidate, sample.text, latencyMs);
  const reason = sample.finishReason === 'content-filter' ? 'refused' : answer.reason;
  return {
    kind: 'abstention',
    reason,
    detail: redactSecrets(answer.detail),
    vote: { abstained: reason, text: readable(sample.text), latencyMs },
  };
}

/** A ballot for a candidate, made from a text that was read already. */
export function voteFor(candidate: Candidate, text: string, latencyMs: number): Ballot {
  return {
    kind: 'vote',
    candidate,
    reasoning: statedReason(text),
    vote: { choice: toChoice(candidate.action), text: readable(text), latencyMs },
  };
}

function readable(text: string): string {
  // The beginning is cut off, because the answer comes at the end.
  return safeLine(redactSecrets(text.slice(-KEPT_TEXT)), KEPT_TEXT);
}

/** The candidate that a ballot votes for; undefined for an abstention. */
export function votedFor(ballot: Ballot | undefined): Candidate | undefined {
  return ballot?.kind === 'vote' ? ballot.candidate : undefined;
}

/** Why ballots without a vote decide nothing: their common reason, or `no-votes`. */
export function whyNoVotes(ballots: readonly Ballot[]): Unusable {
  const abstentions = ballots.flatMap((ballot) => (ballot.kind === 'abstention' ? [ballot] : []));
  const [first, ...others] = abstentions;
  if (!first) return { reason: 'no-votes', detail: 'no sample was asked for' };
  const { reason, detail } = first;
  if (others.length === 0) return { reason, detail };
  if (others.every((other) => other.reason === reason)) {
    return { reason, detail: `${detail} (and ${others.length} more)` };
  }
  return {
    reason: 'no-votes',
    detail: abstentions.map((each) => `${each.reason}: ${each.detail}`).join('; '),
  };
}
