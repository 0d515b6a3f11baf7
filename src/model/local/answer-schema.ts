import { z } from 'zod';
import type { AnswerSchema } from '../../engine/json-grammar.ts';

const answerSchema: z.ZodType<AnswerSchema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    enum: z.array(z.union([z.number(), z.string()])).optional(),
    properties: z.record(z.string(), answerSchema).optional(),
    items: answerSchema.optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    maxLength: z.number().optional(),
  }),
);

/** The part of a JSON schema that answers are held to. */
export function answerSchemaOf(schema: unknown): AnswerSchema {
  return answerSchema.parse(schema);
}
