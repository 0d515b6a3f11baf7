import { describe, expect, test } from 'vitest';
import { createBudget, withBudget } from '../../src/model/budget.ts';
import { withCache } from '../../src/model/cache.ts';
import { createOpenAIModel } from '../../src/model/openai.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { ModelError, UserError } from '../../src/util/errors.ts';
import { ask, modelOf, serve } from './with-server.ts';

// 10 tokens in and 10 out: $0.0001 a call.
const prompt = ' word'.repeat(10);
const script = () => ' word'.repeat(10);
const price = { input: 5, cachedInput: 1, output: 5 };

describe.each([
  ['tokens', { tokens: 60 }, '60 tokens'],
  ['usd', { usd: 0.0003 }, '$0.0003'],
  ['calls', { calls: 3 }, '3 calls'],
] as const)('a limit of %s', (name, limits, words) => {
  test('lets calls through until it is reached', async () => {
    const budget = createBudget(limits);
    const inner = scriptedModel(script, { price });
    const model = withBudget(inner, budget);
    for (let call = 0; call < 3; call++) {
      expect(budget.exhausted).toBeUndefined();
      await model.generate(ask(prompt));
    }
    expect(budget.exhausted).toBe(name);
    await expect(model.generate(ask(prompt))).rejects.toMatchObject({
      kind: 'budget',
      message: `The budget of ${words} is spent`,
    });
    expect(inner.requests).toHaveLength(3);
    expect(budget.spent).toMatchObject({ inputTokens: 30, outputTokens: 30, calls: 3 });
  });
});

test('a budget is shared by models and battles', async () => {
  const budget = createBudget({ calls: 2 });
  const one = withBudget(scriptedModel(script), budget);
  const two = withBudget(scriptedModel(script), budget);
  await one.generate(ask(prompt));
  await two.generate(ask(prompt));
  await expect(one.generate(ask(prompt))).rejects.toThrow(ModelError);
});

test('is overshot by the calls under way and by no more', async () => {
  const budget = createBudget({ calls: 2 });
  const inner = scriptedModel(() => ({ text: 'slow', delayMs: 20 }));
  const model = withBudget(inner, budget);
  const underWay = Array.from({ length: 5 }, () => model.generate(ask(prompt)));
  await Promise.all(underWay);
  expect(budget.spent.calls).toBe(5);
  await expect(model.generate(ask(prompt))).rejects.toThrow(ModelError);
  expect(inner.requests).toHaveLength(5);
});

test('failed calls are paid for, too', async () => {
  const server = await serve({ plan: () => 'server-error' });
  const budget = createBudget({ calls: 3 });
  const model = withBudget(modelOf(server, { maxRetries: 2 }), budget);
  await expect(model.generate(ask(prompt))).rejects.toMatchObject({ kind: 'server-error' });
  expect(budget.spent.calls).toBe(3);
  await expect(model.generate(ask(prompt))).rejects.toMatchObject({ kind: 'budget' });
  expect(server.requests).toHaveLength(3);
});

test('an answer from the cache is free, even when the budget is spent', async () => {
  const budget = createBudget({ calls: 1 });
  const model = withCache(withBudget(scriptedModel(script), budget));
  await model.generate(ask(prompt));
  expect(budget.exhausted).toBe('calls');
  await expect(model.generate(ask(prompt))).resolves.toMatchObject({ usage: { calls: 0 } });
  await expect(model.generate(ask('new'))).rejects.toMatchObject({ kind: 'budget' });
});

test('a limit in dollars is refused when the price is unknown', () => {
  const model = createOpenAIModel({ model: 'mystery', baseUrl: 'https://models.example/v1' });
  expect(() => withBudget(model, createBudget({ usd: 1 }))).toThrow(UserError);
  expect(() => withBudget(model, createBudget({ usd: 1 }))).toThrow(/price of models.example\/mystery/);
  expect(() => withBudget(model, createBudget({ tokens: 1000 }))).not.toThrow();
});

test('a cost that becomes unknown exhausts a budget in dollars', () => {
  const budget = createBudget({ usd: 100 });
  budget.add({ inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, calls: 1 });
  expect(budget.exhausted).toBe('usd');
});

test.each([0, -1, Number.NaN])('a limit of %d is refused', (limit) => {
  expect(() => createBudget({ tokens: limit })).toThrow(UserError);
});
