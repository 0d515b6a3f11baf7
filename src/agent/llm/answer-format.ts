import type { GenerateRequest } from '../../model/language-model.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The shape in which an answer is asked for. */
export interface AnswerFormat {
  readonly name: string;
  /** The JSON schema, given that of a choice. */
  readonly schema: (choice: Schema) => Schema;
  /** Enough for the answer, and for the hidden reasoning of models that do it briefly. */
  readonly maxTokens: number;
}

const REASON: Schema = { type: 'string' };

/** More values than providers take in one schema. */
const MOST_NUMBERS = 250;

/**
 * The schema of an answer. With the turn's numbers it lets nothing else be chosen; without them it is the same for all
 * turns, so that servers can keep it compiled. Legality is checked in code either way.
 *
 * @param numbers that may be answered
 */
export function answerSchema(
  { name, schema }: AnswerFormat,
  numbers?: readonly number[],
): NonNullable<GenerateRequest['jsonSchema']> {
  const isListed = numbers !== undefined && numbers.length > 0 && numbers.length <= MOST_NUMBERS;
  return { name, schema: schema({ type: 'integer', ...(isListed && { enum: numbers }) }) };
}

function object(properties: Record<string, unknown>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** Nothing but the choice. */
export const CHOICE_ONLY: AnswerFormat = {
  name: 'choice',
  schema: (choice) => object({ choice }),
  maxTokens: 200,
};

/** Reasoning first, so that the choice can follow from it. */
export const REASONED_CHOICE: AnswerFormat = {
  name: 'reasoned_choice',
  schema: (choice) => object({ reason: REASON, choice }),
  maxTokens: 800,
};

/** What the foe may do, each with its chance in percent. */
export const FORESIGHT: AnswerFormat = {
  name: 'foresight',
  schema: () =>
    object({
      foe: { type: 'array', items: object({ action: { type: 'string' }, chance: { type: 'number' } }) },
    }),
  maxTokens: 400,
};

/** Several choices, each with its reason. */
export const PROPOSALS: AnswerFormat = {
  name: 'proposals',
  schema: (choice) => object({ candidates: { type: 'array', items: object({ choice, reason: REASON }) } }),
  maxTokens: 800,
};
