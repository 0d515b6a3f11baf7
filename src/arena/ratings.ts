/** A Glicko-1 rating (Glickman 1999), with the bounds that Showdown uses. */
export interface GlickoRating {
  readonly rating: number;
  /** Rating deviation: the true strength lies within two of it in 95 of 100 cases. */
  readonly deviation: number;
}

/** One game of a rating period. */
export interface RatedGame {
  readonly opponent: GlickoRating;
  /** 1 for a win, 0.5 for a tie, 0 for a loss. */
  readonly score: number;
}

/** Deviation of an unrated player: Showdown's upper bound. */
const MAX_DEVIATION = 130;
const MIN_DEVIATION = 25;

/** The rating of a new player. */
export const NEW_RATING: GlickoRating = { rating: 1500, deviation: MAX_DEVIATION };

const Q = Math.log(10) / 400;

/** How much a game against an opponent of this deviation counts: 1 for a well-known one. */
function weight(deviation: number): number {
  return 1 / Math.sqrt(1 + (3 * Q * Q * deviation * deviation) / (Math.PI * Math.PI));
}

/** Chance (0–1) to win against an opponent, by Glicko-1's formula for one game of a period. */
export function expectedScore(rating: number, opponent: GlickoRating): number {
  return 1 / (1 + 10 ** ((-weight(opponent.deviation) * (rating - opponent.rating)) / 400));
}

/**
 * The rating after one period, by Glicko-1. The deviation stays within Showdown's bounds of 25 and 130 unless others
 * are given.
 */
export function updateRating(
  before: GlickoRating,
  games: readonly RatedGame[],
  bounds: readonly [least: number, most: number] = [MIN_DEVIATION, MAX_DEVIATION],
): GlickoRating {
  let information = 0;
  let surprise = 0;
  for (const { opponent, score } of games) {
    const g = weight(opponent.deviation);
    const expected = expectedScore(before.rating, opponent);
    information += g * g * expected * (1 - expected);
    surprise += g * (score - expected);
  }
  const precision = 1 / before.deviation ** 2 + Q * Q * information;
  const deviation = Math.min(bounds[1], Math.max(bounds[0], 1 / Math.sqrt(precision)));
  return { rating: before.rating + (Q / precision) * surprise, deviation };
}

/**
 * GXE: chance in percent to win against a random player of the ladder, by Showdown's formula:
 * 100 / (1 + 10^((1500 − R) / 400 / √(1 + 0.0000100724 (RD² + 130²)))).
 */
export function gxe({ rating, deviation }: GlickoRating): number {
  const spread = Math.sqrt(1 + 0.0000100724 * (deviation ** 2 + MAX_DEVIATION ** 2));
  return 100 / (1 + 10 ** ((1500 - rating) / 400 / spread));
}
