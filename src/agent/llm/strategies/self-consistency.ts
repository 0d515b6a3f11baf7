import { decided, leaders, votesToDecide } from '../../vote.ts';
import { REASONED_CHOICE } from '../answer-format.ts';
import { type Ballot, readBallot } from '../ballot.ts';
import type { Strategy } from '../consultation.ts';

/** Samples in the first wave. */
const FIRST_WAVE = 3;
/** Warm enough that samples reason differently. */
const TEMPERATURE = 0.7;

/**
 * Lets independent samples reason and vote (self-consistency, arXiv 2203.11171). They are requested in waves: three at
 * once, then only as many as can decide the vote, while there is time. As soon as the leader cannot be overtaken, all
 * running samples are aborted, so the outcome is that of all votes. An unusable sample does not vote.
 */
export const selfConsistency: Strategy = async ({ line, votes: most, render, breakTie }) => {
  const prompt = render({ kind: 'reasoned' });
  const ballots = new Map<number, Ballot>();
  const votes = (): number[] =>
    [...ballots.values()].flatMap((ballot) => (ballot.kind === 'vote' ? [ballot.candidate.number] : []));

  /** Requests samples in parallel; ends when all have arrived or the vote is decided. */
  async function wave(start: number, size: number): Promise<void> {
    const stop = new AbortController();
    const perCall = Math.min(line.samplesPerCall, size);
    const calls = Array.from({ length: Math.ceil(size / perCall) }, async (_, call) => {
      const first = start + call * perCall;
      const { messages, candidates } = prompt;
      const question = {
        messages,
        format: REASONED_CHOICE,
        candidates,
        temperature: TEMPERATURE,
        first,
        signal: stop.signal,
      };
      const samples = await line.askSeveral(question, Math.min(perCall, start + size - first));
      if (stop.signal.aborted) return;
      for (const [i, sample] of samples.entries())
        ballots.set(first + i, readBallot(sample, prompt.candidates));
      if (decided(votes(), most - ballots.size)) stop.abort();
    });
    await Promise.all(calls);
  }

  /** How many samples to request next, when the last wave took this long; 0 when the vote is over. */
  function nextWave(asked: number, tookMs: number): number {
    const remaining = most - asked;
    if (asked === 0) return Math.min(FIRST_WAVE, remaining);
    if (decided(votes(), remaining) || !line.hasTimeFor(tookMs)) return 0;
    // If only one more wave fits, it must contain all remaining samples.
    return line.hasTimeFor(2 * tookMs) ? votesToDecide(votes(), remaining) : remaining;
  }

  let asked = 0;
  let tookMs = 0;
  for (let size = nextWave(0, 0); size > 0; size = nextWave(asked, tookMs)) {
    const start = performance.now();
    await wave(asked, size);
    tookMs = performance.now() - start;
    asked += size;
  }
  const leading = new Set(leaders(votes()));
  const tied = prompt.candidates.filter(({ number }) => leading.has(number));
  return {
    candidate: tied.length > 1 ? await breakTie(tied) : tied[0],
    ballots: [...ballots].sort(([a], [b]) => a - b).map(([, ballot]) => ballot),
    prompt,
  };
};
