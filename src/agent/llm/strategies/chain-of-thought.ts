import { CHOICE_ONLY, REASONED_CHOICE } from '../answer-format.ts';
import { readBallot, votedFor } from '../ballot.ts';
import type { Strategy } from '../consultation.ts';

/** Characters of the reasoning that the model is shown once more. */
const REASONING_SHOWN = 4000;

const CLOSING = 'Now give your choice, a number from the list, as JSON and nothing else: {"choice": number}';

/**
 * Lets the model reason briefly and then choose. When its text ends without a usable answer, the model is shown its
 * reasoning and asked for the choice alone.
 */
export const chainOfThought: Strategy = async ({ line, render }) => {
  const prompt = render({ kind: 'reasoned' });
  const { messages, candidates } = prompt;
  const reasoned = await line.ask({
    messages,
    format: REASONED_CHOICE,
    candidates,
    temperature: 0,
    first: 0,
  });
  const ballot = readBallot(reasoned, candidates);
  const canMend =
    reasoned.kind === 'text' && reasoned.text.trim() !== '' && line.hasTimeFor(reasoned.latencyMs);
  if (ballot.kind === 'vote' || !canMend) return { candidate: votedFor(ballot), ballots: [ballot], prompt };

  const closing = [
    ...messages,
    { role: 'assistant', content: reasoned.text.slice(0, REASONING_SHOWN) },
    { role: 'user', content: CLOSING },
  ] as const;
  const choice = await line.ask({
    messages: closing,
    format: CHOICE_ONLY,
    candidates,
    temperature: 0,
    first: 1,
  });
  const mended = readBallot(choice, candidates);
  return { candidate: votedFor(mended), ballots: [ballot, mended], prompt };
};
