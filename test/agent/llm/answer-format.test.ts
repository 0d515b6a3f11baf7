import { expect, test } from 'vitest';
import { answerSchema, CHOICE_ONLY, FORESIGHT } from '../../../src/agent/llm/answer-format.ts';
import { strategyNamed } from '../../../src/agent/llm/strategy.ts';
import { STRATEGIES } from '../../../src/agent/llm/strategy-names.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
import { consultation, lineTo } from './consult.ts';

const TWO_PROPOSALS =
  '{"candidates": [{"choice": 3, "reason": "heals"}, {"choice": 1, "reason": "hits"}], "choice": "?"}';

/** The values that each request's schema lets be chosen, as a strategy asks. */
async function enumsAsked(strategy: (typeof STRATEGIES)[number], ownSchemas: boolean): Promise<unknown[]> {
  const model = scriptedModel(() => TWO_PROPOSALS, { capabilities: { ownSchemas } });
  await strategyNamed(strategy)(consultation(lineTo(model)));
  const choosing = model.requests.filter(({ jsonSchema }) => jsonSchema?.name !== FORESIGHT.name);
  return choosing.map(({ jsonSchema }) => {
    const [, values] = /"enum":(\[[^\]]*\])/.exec(JSON.stringify(jsonSchema)) ?? [];
    return values === undefined ? undefined : JSON.parse(values);
  });
}

test.each(STRATEGIES)(
  '%s holds every answer to the turn’s numbers where schemas may differ',
  async (strategy) => {
    const asked = await enumsAsked(strategy, true);
    expect(asked.length).toBeGreaterThan(0);
    for (const values of asked) expect(values).toEqual([1, 2, 3, 4]);
    expect((await enumsAsked(strategy, false)).every((values) => values === undefined)).toBe(true);
  },
);

test('a schema lists no more numbers than servers take, and none where nothing is chosen', () => {
  const many = Array.from({ length: 251 }, (_, i) => i + 1);
  expect(answerSchema(CHOICE_ONLY, many)).toEqual(answerSchema(CHOICE_ONLY));
  expect(JSON.stringify(answerSchema(CHOICE_ONLY, many.slice(0, 250)))).toContain('"enum"');
  expect(JSON.stringify(answerSchema(FORESIGHT, [1, 2]))).not.toContain('"enum"');
});
