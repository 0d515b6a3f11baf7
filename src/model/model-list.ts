import { z } from 'zod';
import { safeLine } from '../util/safe-text.ts';
import type { Endpoint } from './endpoint.ts';
import { sendRequest } from './http-request.ts';

const named = z.object({ id: z.string() });
/** OpenAI's list, and those of others: bare, or under `models` with `name` (Ollama's own API). */
const listSchema = z.union([
  z.object({ data: z.array(named) }).transform(({ data }) => data.map(({ id }) => id)),
  z.array(named).transform((models) => models.map(({ id }) => id)),
  z
    .object({ models: z.array(z.object({ name: z.string() })) })
    .transform(({ models }) => models.map(({ name }) => name)),
]);

/** More names than any server has; OpenRouter has some hundreds. */
const MOST_MODELS = 5000;

/**
 * The names of the models that a server lists (`GET /models`); undefined when it returns no such list, for whatever
 * reason. Never rejects.
 */
export async function listModels(
  endpoint: Pick<Endpoint, 'baseUrl'>,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    const url = `${endpoint.baseUrl}/models`;
    const { status, text } = await sendRequest({
      method: 'GET',
      url,
      headers: requestHeaders(apiKey),
      signal,
    });
    const list = status === 200 ? listSchema.safeParse(JSON.parse(text)) : undefined;
    return list?.success ? list.data.slice(0, MOST_MODELS).map((name) => safeLine(name, 80)) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a list contains a model of that name; Ollama allows `:latest` to be left out. */
export function hasModel(models: readonly string[], name: string): boolean {
  return models.some((model) => model === name || model === `${name}:latest`);
}

/** The most similar names, nearest first. */
export function nearestNames(models: readonly string[], name: string, most: number): readonly string[] {
  return [...models]
    .map((model) => ({ model, distance: distance(model, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ model }) => model);
}

/** How different two names are, from 0 to 1; if one contains the other the difference is halved. */
function distance(a: string, b: string): number {
  const [left, right] = [a, b].map((name) =>
    name
      .toLowerCase()
      .replace(/[^a-z\d]/g, '')
      .slice(0, 80),
  );
  if (!left || !right) return 1;
  const share = edits(left, right) / Math.max(left.length, right.length);
  return left.includes(right) || right.includes(left) ? share / 2 : share;
}

/** Levenshtein's distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The headers for a request to a model server made without the openai package. */
function requestHeaders(apiKey: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'pokellmon',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
}
