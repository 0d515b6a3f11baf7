import { PROPOSALS, REASONED_CHOICE } from '../answer-format.ts';
import { readBallot, votedFor, voteFor } from '../ballot.ts';
import type { Strategy } from '../consultation.ts';
import { parseProposals } from '../parse-answer.ts';

/**
 * Lets the model propose a few actions, then shows it where each of them leads, side by side, and lets it pick one
 * (tree of thoughts, arXiv 2305.10601, one level deep). When it proposes only one, or the comparison is unusable or too
 * late, its first proposal is taken.
 */
export const treeOfThought: Strategy = async ({ line, votes: width, render }) => {
  const prompt = render({ kind: 'candidates', count: width });
  const { messages, candidates } = prompt;
  const proposing = await line.ask({ messages, format: PROPOSALS, candidates, temperature: 0, first: 0 });
  const proposals = proposing.kind === 'text' ? parseProposals(proposing.text, candidates, width) : [];
  const [favourite, ...others] = proposals;
  if (proposing.kind === 'failed' || !favourite) {
    const ballot = readBallot(proposing, candidates);
    return { candidate: votedFor(ballot), ballots: [ballot], prompt };
  }
  const proposed = voteFor(favourite, proposing.text, proposing.latencyMs);
  if (others.length === 0 || !line.hasTimeFor(proposing.latencyMs)) {
    return { candidate: favourite, ballots: [proposed], prompt };
  }

  const comparison = render({ kind: 'compare', proposals });
  const picking = await line.ask({
    messages: comparison.messages,
    format: REASONED_CHOICE,
    candidates: comparison.candidates,
    temperature: 0,
    first: 1,
  });
  const picked = readBallot(picking, comparison.candidates);
  return { candidate: votedFor(picked) ?? favourite, ballots: [proposed, picked], prompt: comparison };
};
