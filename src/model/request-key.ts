import { createHash } from 'node:crypto';
import type { GenerateRequest } from './language-model.ts';

/**
 * The key of a request: the SHA-256, in hex, of the model's id and of everything in the request that affects the
 * answer. The timing and the queue (`signal`, `deadline`, `queue`) do not.
 */
export function requestKey(modelId: string, request: GenerateRequest): string {
  const { messages, choices, jsonSchema, samples = 1, maxTokens, temperature, seed } = request;
  const canonical = sortedKeys({
    model: modelId,
    messages: messages.map(({ role, content }) => [role, content]),
    choices,
    jsonSchema,
    samples,
    maxTokens,
    temperature,
    seed,
  });
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sortedKeys(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
