import { expect, test } from 'vitest';
import { withConcurrency } from '../../src/model/concurrency.ts';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { scriptedModel } from '../../src/model/scripted.ts';
import { ModelError } from '../../src/util/errors.ts';
import { ask } from './with-server.ts';

test('no more calls than the limit are under way, and all are answered', async () => {
  let running = 0;
  let most = 0;
  const inner = scriptedModel(({ messages }) => ({ text: `${messages[0]?.content}`, delayMs: 5 }));
  const counted: LanguageModel = {
    ...inner,
    async generate(request) {
      most = Math.max(most, ++running);
      return inner.generate(request).finally(() => running--);
    },
  };
  const model = withConcurrency(counted, 3);
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => model.generate(ask(`${i}`))));
  expect(results.map(({ texts }) => texts[0])).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`));
  expect(most).toBe(3);
});

test('the calls of one battle do not block those of the others', async () => {
  const inner = scriptedModel(() => ({ text: 'a', delayMs: 1 }));
  const model = withConcurrency(inner, 1);
  const wave = (queue: string, calls: number) =>
    Array.from({ length: calls }, (_, index) => model.generate(ask(`${queue}${index}`, { queue })));
  const first = wave('a', 5);
  await first[0];
  await Promise.all([...first, ...wave('b', 3), ...wave('c', 1)]);
  const order = inner.requests.map(({ messages }) => messages[0]?.content);
  expect(order).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3', 'b2', 'a4']);
});

test('a failed call frees its place', async () => {
  const model = withConcurrency(scriptedModel([new ModelError('timeout', 'too slow'), 'a']), 1);
  const [first, second] = await Promise.allSettled([model.generate(ask('1')), model.generate(ask('2'))]);
  expect(first.status).toBe('rejected');
  expect(second).toMatchObject({ value: { texts: ['a'] } });
});

test.each([
  ['signal', () => ({ signal: AbortSignal.timeout(20) })],
  ['past signal', () => ({ signal: AbortSignal.abort() })],
  ['deadline', () => ({ deadline: performance.now() + 20 })],
])('a %s ends the wait for a place, and the model is never asked', async (_what, limit) => {
  const inner = scriptedModel([{ text: 'slow', delayMs: 200 }, 'next']);
  const model = withConcurrency(inner, 1);
  const slow = model.generate(ask('slow'));
  let slowIsDone = false;
  slow.then(() => {
    slowIsDone = true;
  });
  await expect(model.generate(ask('queued', limit()))).rejects.toMatchObject({ kind: 'timeout' });
  expect(slowIsDone).toBe(false);
  await slow;
  expect((await model.generate(ask('next'))).texts).toEqual(['next']);
  expect(inner.requests.map(({ messages }) => messages[0]?.content)).toEqual(['slow', 'next']);
});

test('an invalid limit is refused', () => {
  expect(() => withConcurrency(scriptedModel([]), 0)).toThrow(RangeError);
});
