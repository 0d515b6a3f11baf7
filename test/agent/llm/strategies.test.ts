import { describe, expect, it } from 'vitest';
import { chainOfThought } from '../../../src/agent/llm/strategies/chain-of-thought.ts';
import { direct } from '../../../src/agent/llm/strategies/direct.ts';
import { treeOfThought } from '../../../src/agent/llm/strategies/tree-of-thought.ts';
import type { LanguageModel } from '../../../src/model/language-model.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
import { ModelError } from '../../../src/util/errors.ts';
import { consultation, lineTo } from './consult.ts';

/** A model that knows the probability of each answer. */
function scoring(score: NonNullable<LanguageModel['score']>): LanguageModel {
  const model = scriptedModel([], { capabilities: { score: true } });
  return { ...model, score };
}

describe('direct', () => {
  it('asks once, for a short answer', async () => {
    const model = scriptedModel(['{"choice": 2}']);
    const { candidate, ballots } = await direct(consultation(lineTo(model)));
    expect(candidate?.number).toBe(2);
    expect(ballots).toHaveLength(1);
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.jsonSchema?.name).toBe('choice');
  });

  it('takes the most probable action of a model that gives probabilities', async () => {
    const asked: (readonly string[])[] = [];
    const model = scoring(async ({ choices }) => {
      asked.push(choices);
      return { probabilities: [0.1, 0.2, 0.65, 0.05], reason: 'expects Surf' };
    });
    const line = lineTo(model);
    const result = await direct(consultation(line));
    expect(asked).toEqual([['1', '2', '3', '4']]);
    expect(result.candidate?.number).toBe(3);
    expect(result.ballots).toMatchObject([{ reasoning: '65% sure; expects Surf' }]);
    expect(result.scores?.map(({ choice, score }) => [choice, score])).toEqual([
      ['move 3', 0.65],
      ['move 2', 0.2],
      ['move 1', 0.1],
      ['switch 2', 0.05],
    ]);
    expect(line.usage.calls).toBe(1);
  });

  it('abstains when the scores fail', async () => {
    const model = scoring(async () => {
      throw new ModelError('timeout', 'too slow');
    });
    const result = await direct(consultation(lineTo(model)));
    expect(result.candidate).toBeUndefined();
    expect(result.ballots).toMatchObject([{ kind: 'abstention', reason: 'timeout' }]);
  });
});

describe('chain of thought', () => {
  it('takes the answer at the end of the reasoning', async () => {
    const model = scriptedModel(['{"reason": "Surf hits hard, but Ice Beam wins.", "choice": 2}']);
    const result = await chainOfThought(consultation(lineTo(model)));
    expect(result.candidate?.number).toBe(2);
    expect(result.ballots).toMatchObject([{ reasoning: 'Surf hits hard, but Ice Beam wins.' }]);
    expect(model.requests).toHaveLength(1);
  });

  it('asks for the choice alone when the reasoning ends without one', async () => {
    const model = scriptedModel(['The foe is faster, and so', '{"choice": 4}']);
    const result = await chainOfThought(consultation(lineTo(model)));
    expect(result.candidate?.number).toBe(4);
    expect(model.requests[1]?.messages.slice(-2).map(({ role, content }) => [role, content])).toEqual([
      ['assistant', 'The foe is faster, and so'],
      ['user', expect.stringContaining('{"choice": number}')],
    ]);
    expect(model.requests[1]?.seed).not.toBe(model.requests[0]?.seed);
  });

  it.each([[''], [new ModelError('rate-limit', 'slow down')]])('gives up on %j', async (answer) => {
    const model = scriptedModel([answer, '{"choice": 4}']);
    expect((await chainOfThought(consultation(lineTo(model)))).candidate).toBeUndefined();
    expect(model.requests).toHaveLength(1);
  });
});

describe('tree of thought', () => {
  const PROPOSALS = '{"candidates": [{"choice": 3, "reason": "heals"}, {"choice": 1, "reason": "hits"}]}';

  it('has proposals compared, and takes the preferred one', async () => {
    const model = scriptedModel([PROPOSALS, '{"reason": "Healing only delays.", "choice": 1}']);
    const asking = consultation(lineTo(model), 3);
    const result = await treeOfThought(asking);
    expect(result.candidate?.number).toBe(1);
    expect(asking.questions).toMatchObject([
      { kind: 'candidates', count: 3 },
      {
        kind: 'compare',
        proposals: [
          { number: 3, reason: 'heals', words: 'use Recover' },
          { number: 1, reason: 'hits', words: 'use Surf' },
        ],
      },
    ]);
    expect(result.ballots.map(({ vote }) => vote.choice)).toEqual(['move 3', 'move 1']);
  });

  it.each([
    ['cannot be used', 'Both are fine.'],
    ['fails', new ModelError('server-error', 'down')],
  ])('keeps the first proposal when the comparison %s', async (_, comparison) => {
    const result = await treeOfThought(consultation(lineTo(scriptedModel([PROPOSALS, comparison]))));
    expect(result.candidate?.number).toBe(3);
  });

  it('compares nothing when there is one proposal', async () => {
    const model = scriptedModel(['{"candidates": [{"choice": 2, "reason": "clear"}, {"choice": 50}]}']);
    expect((await treeOfThought(consultation(lineTo(model)))).candidate?.number).toBe(2);
    expect(model.requests).toHaveLength(1);
  });

  it('accepts a plain answer as a proposal, but not nonsense', async () => {
    const plain = await treeOfThought(consultation(lineTo(scriptedModel(['I would use Ice Beam.']))));
    expect(plain.candidate?.number).toBe(2);
    const nonsense = await treeOfThought(consultation(lineTo(scriptedModel(['No idea.']))));
    expect(nonsense.ballots).toMatchObject([{ kind: 'abstention', reason: 'unparsable' }]);
  });
});
