import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../util/errors.ts';
import type { ModelPrice, Usage } from './language-model.ts';

const priceSchema = z.object({
  input: z.number().nonnegative(),
  cachedInput: z.number().nonnegative(),
  output: z.number().nonnegative(),
});

const priceListSchema = z.object({
  date: z.string(),
  source: z.string(),
  models: z.record(z.string(), priceSchema),
});

/** Published prices by model name. */
export type PriceList = z.infer<typeof priceListSchema>;

const PRICE_FILE = new URL('../../knowledge/model-prices.json', import.meta.url);

/**
 * Reads a price list; without a path `knowledge/model-prices.json`, which is meant to be edited.
 *
 * @throws {UserError} when it cannot be read or is not a price list
 */
export function loadPriceList(path: string | URL = PRICE_FILE): PriceList {
  try {
    return priceListSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new UserError(
      `The price list ${path} cannot be read: it needs "date", "source" and "models", each with "input", "cachedInput" and "output"`,
      { cause },
    );
  }
}

/**
 * The price of a model, or undefined when it is not in the list. A vendor prefix (`openai/gpt-4.1`) is ignored; the
 * longest entry wins that equals the name, or the name up to a date or `latest`. Other suffixes mean other models: the
 * price of `gpt-5` says nothing about `gpt-5-pro`.
 */
export function findPrice(model: string, prices: PriceList): ModelPrice | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const entry = Object.keys(prices.models)
    .filter((key) => name.startsWith(key) && RELEASE_SUFFIX.test(name.slice(key.length)))
    .sort((a, b) => b.length - a.length)[0];
  return entry === undefined ? undefined : prices.models[entry];
}

const RELEASE_SUFFIX = /^(?:|-latest|-\d{4}|-\d{4}-?\d{2}-?\d{2})$/;

/** What a number of tokens costs, in US dollars. */
export function costUsd(
  price: ModelPrice,
  tokens: Pick<Usage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>,
): number {
  const { inputTokens, cachedInputTokens, outputTokens } = tokens;
  const perMillion =
    (inputTokens - cachedInputTokens) * price.input +
    cachedInputTokens * price.cachedInput +
    outputTokens * price.output;
  return perMillion / 1_000_000;
}
