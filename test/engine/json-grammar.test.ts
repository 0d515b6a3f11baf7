import { describe, expect, it } from 'vitest';
import type { Constraint } from '../../src/engine/constraint.ts';
import { type AnswerSchema, jsonGrammar } from '../../src/engine/json-grammar.ts';
import { createRandom } from '../../src/util/random.ts';

function accepts<State>(grammar: Constraint<State>, text: string): boolean {
  let state: State | null = grammar.start;
  for (const byte of Buffer.from(text)) {
    if (state === null) return false;
    state = grammar.next(state, byte);
  }
  return state !== null && grammar.ends(state);
}

/** A text that the grammar lets come, drawn byte by byte. */
function drawn<State>(grammar: Constraint<State>, seed: string): string {
  const random = createRandom(seed);
  let state = grammar.start;
  const bytes: number[] = [];
  while (!grammar.ends(state) || random.next() < 0.5) {
    const open = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => grammar.next(state, byte) !== null,
    );
    if (open.length === 0) break;
    const byte = random.pick(open);
    bytes.push(byte);
    state = grammar.next(state, byte) as State;
  }
  return Buffer.from(bytes).toString();
}

const CHOICE: AnswerSchema = {
  type: 'object',
  properties: { choice: { type: 'integer', enum: [1, 2, 12, 203] } },
};
const REASONED: AnswerSchema = {
  type: 'object',
  properties: { reason: { type: 'string', maxLength: 20 }, choice: { type: 'integer', enum: [1, 2, 12] } },
};
const FORESIGHT: AnswerSchema = {
  type: 'object',
  properties: {
    foe: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: {
        type: 'object',
        properties: { action: { type: 'string', maxLength: 8 }, chance: { type: 'number' } },
      },
    },
  },
};

describe('JSON that follows a schema', () => {
  it('is what the schema allows and nothing else', () => {
    const choice = jsonGrammar(CHOICE);
    for (const text of ['{"choice":1}', '{"choice": 12}', '{"choice": 203}'])
      expect(accepts(choice, text)).toBe(true);
    for (const text of [
      '',
      '{',
      '{"choice": 3}',
      '{"choice": 20}',
      '{"choice":  1}',
      '{"choice": 1} ',
      '{"choice": 1',
      '{"Choice": 1}',
      '1',
    ]) {
      expect(accepts(choice, text)).toBe(false);
    }
    const reasoned = jsonGrammar(REASONED);
    expect(accepts(reasoned, '{"reason": "It hits é hard", "choice": 2}')).toBe(true);
    expect(accepts(reasoned, '{"reason": "a \\"b\\" \\u00e9\\n", "choice": 2}')).toBe(true);
    expect(accepts(reasoned, `{"reason": "${'x'.repeat(21)}", "choice": 2}`)).toBe(false);
    expect(accepts(reasoned, '{"reason": "line\nbreak", "choice": 2}')).toBe(false);
    expect(accepts(reasoned, '{"choice": 2, "reason": "x"}')).toBe(false);
    const foresight = jsonGrammar(FORESIGHT);
    expect(
      accepts(foresight, '{"foe": [{"action": "Surf", "chance": 60.5}, {"action": "", "chance": 0}]}'),
    ).toBe(true);
    expect(accepts(foresight, '{"foe": []}')).toBe(false);
    expect(accepts(foresight, '{"foe": [{"action": "Surf", "chance": 007}]}')).toBe(false);
    expect(accepts(foresight, '{"foe": [{"action": "Surf", "chance": -}]}')).toBe(false);
  });

  for (const [name, schema] of Object.entries({ CHOICE, REASONED, FORESIGHT })) {
    it(`always ends as JSON of that shape, whatever is drawn (${name})`, () => {
      const grammar = jsonGrammar(schema);
      for (let round = 0; round < 60; round++) {
        const answer = JSON.parse(drawn(grammar, `${name} ${round}`));
        expect(Object.keys(answer)).toEqual(Object.keys(schema.properties ?? {}));
        if (answer.choice !== undefined) expect([1, 2, 12, 203]).toContain(answer.choice);
        for (const { chance } of answer.foe ?? []) expect(chance).toBeTypeOf('number');
      }
    });
  }
});
