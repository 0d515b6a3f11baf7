import type { AnswerSchema } from '../../engine/json-grammar.ts';
import { softmax } from '../../engine/sampling.ts';
import type { Random } from '../../util/random.ts';
import { answerSchemaOf } from './answer-schema.ts';
import type { Expected } from './option-model.ts';

/** What an answer is made of. */
export interface Answerer {
  /** What may be chosen, and how good each is. */
  readonly numbers: readonly number[];
  readonly scores: readonly number[];
  /** 0 takes the best. */
  readonly temperature: number;
  readonly random: Random;
  readonly reason: string;
  /** What the foe may do. */
  readonly foe: readonly Expected[];
}

/** Where nothing else says how long a list may be. */
const LIST = 4;

/** The numbers that a schema lets be chosen; empty where it asks for none. */
export function numbersOf(schema: unknown): readonly number[] {
  return listed(answerSchemaOf(schema));
}

function listed({ enum: values, properties = {}, items }: AnswerSchema): readonly number[] {
  if (values !== undefined) return values.filter((value) => typeof value === 'number');
  const parts = [...Object.values(properties), ...(items === undefined ? [] : [items])];
  return parts.map(listed).find((found) => found.length > 0) ?? [];
}

/**
 * The answer of a model that only has scores, in the shape that a schema asks for: a number is drawn by them, a list of
 * choices holds the best, a list of other things what the foe may do, and any text is the reason.
 */
export function answerFromScores(schema: unknown, answerer: Answerer): unknown {
  return fill(answerSchemaOf(schema), { ...answerer, chance: 0, choice: () => drawn(answerer) });
}

type Filling = Answerer & { readonly chance: number; readonly choice: () => number };

function fill(schema: AnswerSchema, filling: Filling): unknown {
  if (schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, fill(part, filling)]),
    );
  }
  if (schema.type === 'array' && schema.items !== undefined)
    return fillList(schema.items, schema.maxItems ?? LIST, filling);
  if (schema.type === 'integer') return filling.choice();
  return schema.type === 'number' ? filling.chance : filling.reason;
}

function fillList(items: AnswerSchema, most: number, filling: Filling): unknown[] {
  if (listed(items).length > 0) {
    const best = [...filling.numbers.keys()].sort(
      (a, b) => (filling.scores[b] ?? 0) - (filling.scores[a] ?? 0),
    );
    return best
      .slice(0, most)
      .map((index) => fill(items, { ...filling, choice: () => filling.numbers[index] ?? 0 }));
  }
  return filling.foe
    .slice(0, most)
    .map(({ action, chance }) =>
      fill(items, { ...filling, reason: action, chance: Math.round(100 * chance) }),
    );
}

function drawn({ numbers, scores, temperature, random }: Answerer): number {
  const best = scores.indexOf(Math.max(...scores));
  if (temperature === 0) return numbers[best] ?? 0;
  let rest = random.next();
  for (const [index, share] of softmax(scores.map((score) => score / temperature)).entries()) {
    rest -= share;
    if (rest < 0) return numbers[index] ?? 0;
  }
  return numbers[best] ?? 0;
}
