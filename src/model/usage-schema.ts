import { z } from 'zod';
import type { Usage } from './language-model.ts';

/** {@link Usage} as read back from a file. */
export const usageSchema = z.object({
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  calls: z.number(),
  costUsd: z.number().optional(),
}) satisfies z.ZodType<Usage>;
