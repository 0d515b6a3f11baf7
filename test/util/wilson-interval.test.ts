import { expect, test } from 'vitest';
import { wilsonInterval } from '../../src/util/wilson-interval.ts';

test.each([
  // Newcombe 1998, table I.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i is between %f and %f', (hits, count, low, high) => {
  const [least, most] = wilsonInterval(hits, count);
  expect(least).toBeCloseTo(low, 3);
  expect(most).toBeCloseTo(high, 3);
});

test('of no trials it is the whole range', () => {
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
});
