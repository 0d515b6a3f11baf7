import { expect, test } from 'vitest';
import { costUsd, findPrice, loadPriceList } from '../../src/model/prices.ts';
import { UserError } from '../../src/util/errors.ts';

const prices = loadPriceList();

test('the included price list states its date and source', () => {
  expect(prices.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(prices.source).not.toBe('');
  for (const price of Object.values(prices.models)) {
    expect(price.cachedInput).toBeLessThanOrEqual(price.input);
    expect(price.input).toBeLessThanOrEqual(price.output);
  }
});

test.each([
  ['gpt-4.1', 'gpt-4.1'],
  ['gpt-4.1-2025-04-14', 'gpt-4.1'],
  ['gpt-4.1-mini', 'gpt-4.1-mini'],
  ['gpt-4.1-mini-2025-04-14', 'gpt-4.1-mini'],
  ['openai/gpt-4o', 'gpt-4o'],
  ['gpt-5-chat-latest', 'gpt-5-chat'],
])('%s costs what %s does', (name, entry) => {
  expect(prices.models[entry]).toBeDefined();
  expect(findPrice(name, prices)).toBe(prices.models[entry]);
});

test.each(['gpt-5-pro', 'gpt-4.10', 'gpt-4o-audio-preview', 'o3-pro', 'llama3.1', 'my-gpt-4o', ''])(
  'the price of %s is unknown',
  (name) => {
    expect(findPrice(name, prices)).toBeUndefined();
  },
);

test('cached input has its own price', () => {
  const price = { input: 2, cachedInput: 0.5, output: 8 };
  const tokens = { inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 500_000 };
  expect(costUsd(price, tokens)).toBeCloseTo(1.2 + 0.2 + 4, 12);
});

test('a file that is not a price list is named', () => {
  expect(() => loadPriceList('package.json')).toThrow(UserError);
  expect(() => loadPriceList('no/such/prices.json')).toThrow(/no\/such\/prices.json/);
});
