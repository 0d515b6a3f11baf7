import { expect, test } from 'vitest';
import { expectedScore, gxe, NEW_RATING, updateRating } from '../../src/arena/ratings.ts';

test('GXE equals Showdown’s', () => {
  expect(gxe({ rating: 1700, deviation: 50 })).toBeCloseTo(74.1, 1);
  expect(gxe({ rating: 1800, deviation: 25 })).toBeCloseTo(83.1, 1);
  expect(gxe(NEW_RATING)).toBe(50);
});

test("a rating period gives the result of Glickman's own example", () => {
  const games = [
    { opponent: { rating: 1400, deviation: 30 }, score: 1 },
    { opponent: { rating: 1550, deviation: 100 }, score: 0 },
    { opponent: { rating: 1700, deviation: 300 }, score: 0 },
  ];
  const after = updateRating({ rating: 1500, deviation: 200 }, games, [0, 350]);
  expect(after.rating).toBeCloseTo(1464.1, 1);
  expect(after.deviation).toBeCloseTo(151.4, 1);
  expect(expectedScore(1500, { rating: 1400, deviation: 30 })).toBeCloseTo(0.639, 3);
});

test('the deviation stays within Showdown’s bounds', () => {
  const opponent = { rating: 1500, deviation: 25 };
  const many = updateRating(
    NEW_RATING,
    Array.from({ length: 1000 }, (_, index) => ({ opponent, score: index % 2 })),
  );
  expect(many).toEqual({ rating: 1500, deviation: 25 });
  expect(updateRating({ rating: 1500, deviation: 200 }, []).deviation).toBe(130);
});
