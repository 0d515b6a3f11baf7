import { expect, test } from 'vitest';
import {
  type AnswerFormat,
  answerSchema,
  CHOICE_ONLY,
  FORESIGHT,
  PROPOSALS,
  REASONED_CHOICE,
} from '../../../src/agent/llm/answer-format.ts';
import { strategyNamed } from '../../../src/agent/llm/strategy.ts';
import { STRATEGIES } from '../../../src/agent/llm/strategy-names.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
import { consultation, lineTo } from './consult.ts';

const TWO_PROPOSALS =
  '{"candidates": [{"choice": 3, "reason": "heals"}, {"choice": 1, "reason": "hits"}], "choice": "?"}';

/** The values that each request's schema allows, for a strategy. */
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
  '%s restricts every answer to the turn’s numbers when schemas may differ',
  async (strategy) => {
    const asked = await enumsAsked(strategy, true);
    expect(asked.length).toBeGreaterThan(0);
    for (const values of asked) expect(values).toEqual([1, 2, 3, 4]);
    expect((await enumsAsked(strategy, false)).every((values) => values === undefined)).toBe(true);
  },
);

test('a schema lists no more numbers than servers accept, and none when nothing is chosen', () => {
  const many = Array.from({ length: 251 }, (_, i) => i + 1);
  const schema = (format: AnswerFormat, numbers: readonly number[]) =>
    JSON.stringify(answerSchema(format, { numbers, maxTokens: 200 }));
  expect(schema(CHOICE_ONLY, many)).not.toContain('"enum"');
  expect(schema(CHOICE_ONLY, many.slice(0, 250))).toContain('"enum"');
  expect(schema(FORESIGHT, [1, 2])).not.toContain('"enum"');
});

const FORMATS = [CHOICE_ONLY, REASONED_CHOICE, FORESIGHT, PROPOSALS];

test('without bounds the schema is the same in all turns', () => {
  for (const format of FORMATS) {
    expect(JSON.stringify(answerSchema(format).schema)).not.toMatch(/enum|Length|Items/);
  }
});

test('with bounds only a number of the turn can be chosen', () => {
  const bounds = { numbers: [1, 2, 5], maxTokens: 800 };
  expect(answerSchema(CHOICE_ONLY, bounds).schema).toMatchObject({
    properties: { choice: { type: 'integer', enum: [1, 2, 5] } },
  });
  expect(JSON.stringify(answerSchema(PROPOSALS, bounds).schema)).toContain('"enum":[1,2,5]');
});

/** The most characters that a JSON answer to a schema can have, without spaces between its parts. */
function longest(schema: unknown): number {
  const node = schema as {
    readonly type: string;
    readonly maxLength?: number;
    readonly maxItems?: number;
    readonly items?: unknown;
    readonly properties?: Record<string, unknown>;
  };
  switch (node.type) {
    case 'string':
      return 2 + (node.maxLength ?? Number.POSITIVE_INFINITY);
    case 'array':
      return 2 + (node.maxItems ?? Number.POSITIVE_INFINITY) * (1 + longest(node.items));
    case 'object':
      return Object.entries(node.properties ?? {}).reduce(
        (sum, [key, value]) => sum + key.length + 4 + longest(value),
        2,
      );
    default:
      return 8;
  }
}

test.each([60, 160, 800, 8000])('with bounds every answer ends, well within %i tokens', (maxTokens) => {
  for (const format of FORMATS) {
    // English has about four characters per token.
    expect(longest(answerSchema(format, { maxTokens }).schema)).toBeLessThan(3 * maxTokens + 120);
  }
});
