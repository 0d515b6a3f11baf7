import type { Candidate, Proposal } from '../../observation/prompt.ts';
import { type Answer, abstain } from './answer.ts';
import { answerPart, type Claim, claims, statedNumber } from './answer-text.ts';
import { matchAction } from './match-action.ts';
import { isBareAnswer, onlyActionNamed } from './named-action.ts';

/** A candidate that a text proposes, with the text's reason in one line. */
export type ProposedCandidate = Candidate & Pick<Proposal, 'reason'>;

/** Longest line that counts as a bare answer. */
const LONGEST_LINE = 80;

/**
 * Reads which candidate a model's text chooses: the last `{"choice": …}` anywhere in it; otherwise a text or last line
 * that is only a number, choice string or name; otherwise a number stated in words; otherwise the only candidate that
 * the text names. An ambiguous text is not an answer: a misread vote is worse than none.
 *
 * The text is hostile: the work is bounded and nothing is thrown, whatever it is.
 */
export function parseAnswer(text: string, candidates: readonly Candidate[]): Answer {
  const part = answerPart(text);
  if (part === '') return abstain('empty', text === '' ? 'empty text' : 'no text after the reasoning');
  const claim = claims(part).at(-1);
  return claim ? matchClaim(claim, candidates) : fromProse(part, candidates);
}

/**
 * The distinct candidates that a text proposes, in its order; empty when it has no `"choice"` that can be played.
 *
 * @param most how many to return at most
 */
export function parseProposals(
  text: string,
  candidates: readonly Candidate[],
  most: number,
): ProposedCandidate[] {
  const proposed = new Map<number, ProposedCandidate>();
  for (const claim of claims(answerPart(text))) {
    const answer = matchClaim(claim, candidates);
    if (answer.kind === 'abstain' || proposed.size >= most || proposed.has(answer.candidate.number)) continue;
    proposed.set(answer.candidate.number, { ...answer.candidate, reason: claim.reason });
  }
  return [...proposed.values()];
}

function matchClaim({ value, cutOff }: Claim, candidates: readonly Candidate[]): Answer {
  // A number that the text breaks off in counts only when no candidate's number begins with it.
  const mayGoOn = ({ number }: Candidate): boolean =>
    number !== Number(value) && `${number}`.startsWith(value);
  if (cutOff && candidates.some(mayGoOn)) return abstain('unparsable', `cut off within the number ${value}`);
  return matchAction(value, candidates);
}

function fromProse(part: string, candidates: readonly Candidate[]): Answer {
  const line = part.slice(part.lastIndexOf('\n') + 1).trim();
  const lone = line.length > LONGEST_LINE ? undefined : matchAction(line, candidates);
  if (lone?.kind === 'action' && isBareAnswer(line, candidates)) return lone;
  const stated = statedNumber(part);
  if (stated !== undefined) return matchAction(stated, candidates);
  const named = onlyActionNamed(part, candidates);
  if (named.kind === 'action' || line !== part || lone?.kind !== 'abstain') return named;
  // A lone phrase that names something real, or says `use …`, was meant as the answer.
  return lone.reason === 'illegal-action' || /^(?:use|move|switch)\b/i.test(line) ? lone : named;
}
