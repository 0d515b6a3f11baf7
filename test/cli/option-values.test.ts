import { expect, test } from 'vitest';
import { measure, modelPrice } from '../../src/cli/option-values.ts';

test('a price is dollars per million tokens in and out', () => {
  expect(modelPrice('0.40,1.60')).toEqual({ input: 0.4, cachedInput: 0.4, output: 1.6 });
  expect(modelPrice('0,0')).toEqual({ input: 0, cachedInput: 0, output: 0 });
  for (const text of ['', '2', '1,2,3', 'a,b', '1,', '-1,2', 'Infinity,1', '1;2']) {
    expect(() => modelPrice(text)).toThrow('like 0.40,1.60');
  }
});

test('a measure is any number from 0 on', () => {
  expect(['0', '0.7', '2'].map(measure)).toEqual([0, 0.7, 2]);
  for (const text of ['', ' ', 'hot', '-1', 'NaN', 'Infinity'])
    expect(() => measure(text)).toThrow('from 0 on');
});
