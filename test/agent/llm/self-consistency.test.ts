import { describe, expect, it } from 'vitest';
import { selfConsistency } from '../../../src/agent/llm/strategies/self-consistency.ts';
import { leaders } from '../../../src/agent/vote.ts';
import {
  type Script,
  type ScriptedAnswer,
  type ScriptedModel,
  scriptedModel,
} from '../../../src/model/scripted.ts';
import { ModelError } from '../../../src/util/errors.ts';
import { createRandom } from '../../../src/util/random.ts';
import { CANDIDATES, consultation, lineTo } from './consult.ts';

const vote = (number: number, delayMs = 0): ScriptedAnswer => ({ text: `{"choice": ${number}}`, delayMs });
const NEVER: ScriptedAnswer = { text: 'too late', delayMs: 3_600_000 };

/** One sample per call, unless stated otherwise. */
function model(script: Script, samplesPerCall = 1): ScriptedModel {
  return scriptedModel(script, { capabilities: { samplesPerCall } });
}

describe('self-consistency', () => {
  it.each([
    ['three that agree', [1, 1, 1], { votes: 5, calls: 3, elected: 1 }],
    ['a fourth where it decides', [1, 2, 1, 1], { votes: 5, calls: 4, elected: 1 }],
    ['all five where it has to be', [1, 2, 1, 2, 2], { votes: 5, calls: 5, elected: 2 }],
    ['as many as could decide', [1, 2, 3, 3, 3, 3, 1], { votes: 7, calls: 6, elected: 3 }],
    ['one', [4], { votes: 1, calls: 1, elected: 4 }],
  ])('asks for %s', async (_, answers, { votes, calls, elected }) => {
    const asked = model(answers.map((answer) => vote(answer)));
    const result = await selfConsistency(consultation(lineTo(asked), votes));
    expect(asked.requests).toHaveLength(calls);
    expect(result.candidate?.number).toBe(elected);
  });

  it('decides as soon as the leader cannot be overtaken, and aborts running calls', async () => {
    const asked = model([NEVER, vote(2), vote(2)]);
    const result = await selfConsistency(consultation(lineTo(asked), 3));
    expect(result.candidate?.number).toBe(2);
    expect(result.ballots).toHaveLength(2);
    expect(asked.requests[0]?.signal?.aborted).toBe(true);
  });

  it('reaches the same action whatever the order of arrival: the one that all votes give', async () => {
    const random = createRandom('arrival');
    for (let trial = 0; trial < 25; trial++) {
      const answers = Array.from({ length: 7 }, () => 1 + random.below(3));
      const elected = new Set<number | undefined>();
      for (let run = 0; run < 3; run++) {
        const asked = model((_, index) => vote(answers[index] ?? 0, random.below(4)));
        const { candidate } = await selfConsistency(consultation(lineTo(asked), 7));
        elected.add(candidate?.number);
      }
      expect(elected).toEqual(new Set([Math.max(...leaders(answers))]));
    }
  });

  it('leaves a tie to the tie-break, in the order of the candidates', async () => {
    const asking = consultation(lineTo(model([vote(3), vote(1), vote(2)])), 3);
    expect((await selfConsistency(asking)).candidate?.number).toBe(3);
    expect(asking.ties).toEqual([CANDIDATES.slice(0, 3)]);
  });

  it('does not count unusable samples as votes', async () => {
    const asked = model(['I pass', vote(99), vote(4), new ModelError('server-error', 'down'), '']);
    const result = await selfConsistency(consultation(lineTo(asked), 5));
    expect(result.candidate?.number).toBe(4);
    expect(result.ballots.map(({ vote }) => vote.abstained ?? vote.choice)).toEqual([
      'unparsable',
      'illegal-action',
      'switch 2',
      'server-error',
      'empty',
    ]);
  });

  it('begins no wave that would come too late, and counts the votes it has', async () => {
    const asked = model([vote(1, 1_000), vote(2, 1_000), vote(2, 1_000), vote(1), vote(1)]);
    const result = await selfConsistency(consultation(lineTo(asked, 1_950), 5));
    expect(asked.requests).toHaveLength(3);
    expect(result.candidate?.number).toBe(2);
  });

  it('counts the votes it has when the time is up', async () => {
    const asked = model([NEVER, NEVER, vote(2)]);
    const result = await selfConsistency(consultation(lineTo(asked, 200), 5));
    expect(result.candidate?.number).toBe(2);
    expect(result.ballots.map(({ vote }) => vote.abstained)).toEqual(['timeout', 'timeout', undefined]);
  });

  it('asks no more once the budget is spent', async () => {
    const asked = model([vote(1), new ModelError('budget', 'spent'), vote(2), vote(3), vote(3)]);
    const result = await selfConsistency(consultation(lineTo(asked), 5));
    expect(asked.requests).toHaveLength(3);
    expect(result.ballots).toHaveLength(3);
  });

  it('requests a wave in one call when the model returns several samples', async () => {
    const asked = model([vote(1), vote(2), vote(2), vote(2)], 16);
    const result = await selfConsistency(consultation(lineTo(asked), 5));
    expect(asked.requests.map(({ samples }) => samples)).toEqual([3, 1]);
    expect(result.candidate?.number).toBe(2);
  });
});
