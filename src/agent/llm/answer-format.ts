import type { GenerateRequest } from '../../model/language-model.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The format in which an answer is requested. */
export interface AnswerFormat {
  readonly name: string;
  readonly schema: (parts: Parts) => Schema;
  /** Enough for the answer, and for the hidden reasoning of models that reason briefly. */
  readonly maxTokens: number;
}

/** The building blocks of schemas. */
interface Parts {
  readonly choice: Schema;
  readonly reason: Schema;
  /** A text in a list. */
  readonly note: Schema;
  readonly list: (items: Schema) => Schema;
}

/** Limits that a schema puts on an answer. */
export interface AnswerBounds {
  /** The numbers that may be answered; absent when none is asked for. */
  readonly numbers?: readonly number[];
  /** Token limit of the answer. */
  readonly maxTokens: number;
}

/** Providers accept fewer values than this in one schema. */
const MOST_NUMBERS = 250;
/** At two characters per token, a text of maximum length leaves room for the rest of the answer. */
const CHARACTERS_PER_TOKEN = 2;
const MOST_CHARACTERS = 1000;
const MOST_ITEMS = 4;

/**
 * The schema of an answer. With bounds it allows only the turn's numbers, and keeps texts and lists short enough that
 * the answer is not cut off, as happens with small models; without them it is the same for all turns, so that servers
 * can cache it compiled. Legality is checked in code either way.
 */
export function answerSchema(
  { name, schema }: AnswerFormat,
  bounds?: AnswerBounds,
): NonNullable<GenerateRequest['jsonSchema']> {
  return { name, schema: schema(bounds ? boundedParts(bounds) : UNBOUNDED) };
}

const UNBOUNDED: Parts = {
  choice: { type: 'integer' },
  reason: { type: 'string' },
  note: { type: 'string' },
  list: (items) => ({ type: 'array', items }),
};

function boundedParts({ numbers = [], maxTokens }: AnswerBounds): Parts {
  const isListed = numbers.length > 0 && numbers.length <= MOST_NUMBERS;
  const maxLength = Math.min(MOST_CHARACTERS, CHARACTERS_PER_TOKEN * maxTokens);
  return {
    choice: { ...UNBOUNDED.choice, ...(isListed && { enum: numbers }) },
    reason: { ...UNBOUNDED.reason, maxLength },
    note: { ...UNBOUNDED.note, maxLength: Math.floor(maxLength / MOST_ITEMS) },
    list: (items) => ({ ...UNBOUNDED.list(items), minItems: 1, maxItems: MOST_ITEMS }),
  };
}

function object(properties: Record<string, unknown>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** The choice alone. */
export const CHOICE_ONLY: AnswerFormat = {
  name: 'choice',
  schema: ({ choice }) => object({ choice }),
  maxTokens: 200,
};

/** Reasoning first, so that the choice can follow from it. */
export const REASONED_CHOICE: AnswerFormat = {
  name: 'reasoned_choice',
  schema: ({ reason, choice }) => object({ reason, choice }),
  maxTokens: 800,
};

/** What the opponent may do, each with its chance in percent. */
export const FORESIGHT: AnswerFormat = {
  name: 'foresight',
  schema: ({ list, note }) => object({ foe: list(object({ action: note, chance: { type: 'number' } })) }),
  maxTokens: 400,
};

/** Several choices, each with its reason. */
export const PROPOSALS: AnswerFormat = {
  name: 'proposals',
  schema: ({ list, choice, note }) => object({ candidates: list(object({ choice, reason: note })) }),
  maxTokens: 800,
};
