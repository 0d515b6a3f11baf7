import type { GenerateRequest } from '../../model/language-model.ts';

/** The shape in which an answer is asked for. */
export interface AnswerFormat {
  readonly jsonSchema: NonNullable<GenerateRequest['jsonSchema']>;
  /** Enough for the answer, and for the hidden reasoning of models that do it briefly. */
  readonly maxTokens: number;
}

const CHOICE = { type: 'integer' };
const REASON = { type: 'string' };

function object(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

// The schemas are the same for all turns, so that servers can keep them compiled; legality is checked in code.

/** Nothing but the choice. */
export const CHOICE_ONLY: AnswerFormat = {
  jsonSchema: { name: 'choice', schema: object({ choice: CHOICE }) },
  maxTokens: 200,
};

/** Reasoning first, so that the choice can follow from it. */
export const REASONED_CHOICE: AnswerFormat = {
  jsonSchema: { name: 'reasoned_choice', schema: object({ reason: REASON, choice: CHOICE }) },
  maxTokens: 800,
};

/** What the foe may do, each with its chance in percent. */
export const FORESIGHT: AnswerFormat = {
  jsonSchema: {
    name: 'foresight',
    schema: object({
      foe: { type: 'array', items: object({ action: { type: 'string' }, chance: { type: 'number' } }) },
    }),
  },
  maxTokens: 400,
};

/** Several choices, each with its reason. */
export const PROPOSALS: AnswerFormat = {
  jsonSchema: {
    name: 'proposals',
    schema: object({ candidates: { type: 'array', items: object({ choice: CHOICE, reason: REASON }) } }),
  },
  maxTokens: 800,
};
