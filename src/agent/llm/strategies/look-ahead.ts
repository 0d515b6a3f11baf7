import { toChoice } from '../../../battle/action.ts';
import type { ExpectedReply } from '../../../search/opponent-model/opponent-prior.ts';
import type { SearchResult } from '../../../search/search.ts';
import { percent } from '../../../util/percent.ts';
import { redactSecrets, safeLine } from '../../../util/safe-text.ts';
import { FORESIGHT } from '../answer-format.ts';
import type { Consultation, Strategy, StrategyResult } from '../consultation.ts';
import { parseForesight } from '../parse-foresight.ts';
import { direct } from './direct.ts';
import { selfConsistency } from './self-consistency.ts';

/** Number of the sample that predicts the opponent: far from those that vote. */
const FORESEEING = 1000;

/**
 * The model proposes, the search refines. The model votes as in self-consistency, or gives each action its
 * probability if it can, and is asked once what the opponent
 * may do. The search tries what the votes and the prediction suggest first, and then decides. When there is no time for
 * a search, it fails or is not possible (doubles, team preview), the vote stands.
 */
export const lookAhead: Strategy = async (consultation) => {
  const { lookAhead: searchOn } = consultation;
  // A model that knows the probability of each action has no need of votes.
  const propose = consultation.line.score ? direct : selfConsistency;
  if (!searchOn) return propose(consultation);
  const [vote, foe] = await Promise.all([propose(consultation), foresee(consultation)]);
  const prior = priorOf(vote);
  if (prior.size === 0) return vote;
  let found: SearchResult | undefined;
  try {
    found = await searchOn(prior, foe);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...vote, reasoning: `The vote stands, the search failed: ${safeLine(redactSecrets(detail))}` };
  }
  const best = found?.actions[0];
  const candidate =
    best && vote.prompt.candidates.find(({ action }) => toChoice(action) === toChoice(best.action));
  if (!found || !best || !candidate) return vote;
  return {
    ...vote,
    candidate,
    playouts: found.playouts,
    scores: found.actions.map(({ action, share }) => ({ choice: toChoice(action), score: share })),
    scoreUnit: 'share of playouts',
    reasoning: `${percent(found.value)} to win${best.line ? `: ${best.line}` : ''}`,
  };
};

async function foresee({ line, render }: Consultation): Promise<readonly ExpectedReply[]> {
  const { messages } = render({ kind: 'foe' });
  const sample = await line.ask({ messages, format: FORESIGHT, temperature: 0, first: FORESEEING });
  return sample.kind === 'text' ? parseForesight(sample.text) : [];
}

/** Probability of each action, or its share of the votes, by choice string. */
function priorOf({ ballots, scores }: StrategyResult): ReadonlyMap<string, number> {
  if (scores) return new Map(scores.map(({ choice, score }) => [choice, score]));
  const votes = ballots.flatMap((ballot) =>
    ballot.kind === 'vote' ? [toChoice(ballot.candidate.action)] : [],
  );
  const shares = new Map<string, number>();
  for (const choice of votes) shares.set(choice, (shares.get(choice) ?? 0) + 1 / votes.length);
  return shares;
}
