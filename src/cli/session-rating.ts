import { type GlickoRating, gxe, NEW_RATING, type RatedGame, updateRating } from '../arena/ratings.ts';
import type { BattleResult } from '../ledger/record.ts';

/** Where Showdown's Elo begins; Glicko-1 begins at 1500. */
const NEW_ELO = 1000;

/** Our rating over the battles of one session, as one rating period, and our Elo on the server. */
export class SessionRating {
  private readonly games: RatedGame[] = [];
  private elo: { readonly before: number; readonly after: number } | undefined;

  /** Counts a battle with a result. */
  addGame(side: 'p1' | 'p2', result: BattleResult): void {
    this.games.push({ opponent: opponentRating(side, result), score: score(side, result) });
  }

  /** Notes a change of our Elo on the server. */
  addElo(change: { readonly before: number; readonly after: number }): void {
    this.elo = { before: this.elo?.before ?? change.before, after: change.after };
  }

  /** For the JSON result. */
  get json() {
    return { rating: { ...ratingAfter(this.games), trend: this.trend }, elo: this.elo };
  }

  /** For people: the Elo if the server reported it, and the rating if there were at least two battles. */
  get lines(): string[] {
    const { games, elo } = this;
    const lines: string[] = [];
    if (elo) lines.push(`Elo on the server: ${elo.before} before, ${elo.after} after`);
    if (games.length < 2) return lines;
    const trend = this.trend.map((after) => `${after.gxe}% after ${after.battles}`).join(', ');
    const { rating, deviation } = ratingAfter(games);
    const isAnyKnown = games.some(({ opponent }) => opponent !== NEW_RATING);
    const opponents = isAnyKnown
      ? `opponents by their Elo where known (${NEW_ELO} as average, what is above it by half)`
      : 'were all opponents average';
    lines.push(`Glicko-1 of this session, ${opponents}: ${rating} ± ${deviation}; GXE ${trend}`);
    return lines;
  }

  /** The GXE after each quarter of the battles. */
  private get trend(): readonly { readonly battles: number; readonly gxe: number }[] {
    const { games } = this;
    const quarters = [0.25, 0.5, 0.75, 1].map((share) => Math.ceil(games.length * share));
    return [...new Set(quarters)]
      .filter((battles) => battles > 0)
      .map((battles) => ({ battles, gxe: ratingAfter(games.slice(0, battles)).gxe }));
  }
}

function score(side: 'p1' | 'p2', { winner }: BattleResult): number {
  if (winner === null) return 0.5;
  return winner === side ? 1 : 0;
}

/**
 * The opponent's rating before the battle: derived from its Elo if the server reports it, otherwise average. Showdown's
 * Elo has a floor and spreads about twice as far as its Glicko-1: accounts of Elo 1091, 1292, 1586 and 1667 had 1500,
 * 1573, 1757 and 1815.
 */
function opponentRating(side: 'p1' | 'p2', { ratings }: BattleResult): GlickoRating {
  const elo = ratings?.[side === 'p1' ? 'p2' : 'p1']?.before;
  return elo === undefined ? NEW_RATING : { ...NEW_RATING, rating: NEW_RATING.rating + (elo - NEW_ELO) / 2 };
}

function ratingAfter(games: readonly RatedGame[]) {
  const after = updateRating(NEW_RATING, games);
  return {
    rating: Math.round(after.rating),
    deviation: Math.round(after.deviation),
    gxe: Math.round(gxe(after) * 10) / 10,
  };
}
