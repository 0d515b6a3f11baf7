import { toChoice } from '../../../battle/action.ts';
import type { RenderedPrompt } from '../../../observation/prompt.ts';
import { percent } from '../../../util/percent.ts';
import { CHOICE_ONLY } from '../answer-format.ts';
import { readBallot, votedFor, voteFor } from '../ballot.ts';
import type { Strategy, StrategyResult } from '../consultation.ts';
import type { Scored } from '../model-line.ts';

/**
 * Asks once, for the action alone. Models that can are asked for the whole distribution over the actions instead, and
 * the most probable one is taken.
 */
export const direct: Strategy = async ({ line, render }) => {
  const prompt = render({ kind: 'direct' });
  const { messages, candidates } = prompt;
  if (line.score) {
    const choices = candidates.map(({ number }) => String(number));
    return mostProbable(prompt, await line.score(messages, choices));
  }
  const sample = await line.ask({ messages, format: CHOICE_ONLY, candidates, temperature: 0, first: 0 });
  const ballot = readBallot(sample, candidates);
  return { candidate: votedFor(ballot), ballots: [ballot], prompt };
};

function saying(probability: number, reason: string | undefined): string {
  const share = `${percent(probability)} sure`;
  return reason === undefined ? share : `${share}; ${reason}`;
}

function mostProbable(prompt: RenderedPrompt, scored: Scored): StrategyResult {
  if (scored.kind === 'failed') return { ballots: [readBallot(scored, prompt.candidates)], prompt };
  const ranked = prompt.candidates
    .map((candidate, i) => ({ candidate, score: scored.probabilities[i] ?? 0 }))
    .sort((a, b) => b.score - a.score);
  const [best] = ranked;
  if (!best) return { ballots: [], prompt };
  return {
    candidate: best.candidate,
    ballots: [voteFor(best.candidate, saying(best.score, scored.reason), scored.latencyMs)],
    prompt,
    scores: ranked.map(({ candidate, score }) => ({ choice: toChoice(candidate.action), score })),
    scoreUnit: 'probability',
  };
}
