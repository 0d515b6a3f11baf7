import { expect, test } from 'vitest';
import { scriptedModel } from '../../src/model/scripted.ts';
import { ModelError } from '../../src/util/errors.ts';
import { ask } from './with-server.ts';

test('answers come in order, one per sample, and end with the list', async () => {
  const model = scriptedModel(['a', 'b', { text: 'c', finishReason: 'length' }]);
  expect((await model.generate(ask('1', { samples: 2 }))).texts).toEqual(['a', 'b']);
  expect(await model.generate(ask('2'))).toMatchObject({ texts: ['c'], finishReasons: ['length'] });
  await expect(model.generate(ask('3'))).rejects.toMatchObject({ kind: 'bad-response' });
  expect(model.requests.map(({ messages }) => messages[0]?.content)).toEqual(['1', '2', '3']);
});

test('a function sees the request and the number of earlier samples', async () => {
  const model = scriptedModel(({ messages }, index) => `${messages[0]?.content}${index}`);
  expect((await model.generate(ask('x', { samples: 2 }))).texts).toEqual(['x0', 'x1']);
  expect((await model.generate(ask('y'))).texts).toEqual(['y2']);
});

test('an error is thrown unchanged, unless other samples succeed', async () => {
  const error = new ModelError('rate-limit', 'slow down');
  const model = scriptedModel([error, 'a', error, new TypeError('broken model')]);
  await expect(model.generate(ask('1'))).rejects.toBe(error);
  const result = await model.generate(ask('2', { samples: 2 }));
  expect(result).toMatchObject({ texts: ['a'], warnings: ['slow down'] });
  await expect(model.generate(ask('3'))).rejects.toThrow(TypeError);
});

test.each([
  ['signal', () => ({ signal: AbortSignal.timeout(20) })],
  ['past signal', () => ({ signal: AbortSignal.abort() })],
  ['deadline', () => ({ deadline: performance.now() + 20 })],
])('a %s ends a slow answer', async (_what, limit) => {
  const model = scriptedModel([{ text: 'late', delayMs: 60_000 }]);
  await expect(model.generate(ask('hi', limit()))).rejects.toMatchObject({ kind: 'timeout' });
});

test('usage is counted the same way each time', async () => {
  const price = { input: 1_000_000, cachedInput: 0, output: 2_000_000 };
  const run = () => scriptedModel(['two words', 'one'], { price }).generate(ask('what', { samples: 2 }));
  const { usage } = await run();
  expect(usage).toEqual({ inputTokens: 2, cachedInputTokens: 0, outputTokens: 3, calls: 2, costUsd: 8 });
  expect((await run()).usage).toEqual(usage);
});
