import { toId } from '../battle/generations.ts';

/** A player's Elo before and after a battle. */
export interface RatingChange {
  /** Id of the player. */
  readonly player: string;
  readonly before: number;
  readonly after: number;
}

const CHANGE = /^(.{1,120})'s rating: (\d{1,6}) &rarr; <strong>(\d{1,6})<\/strong>/;

/** Reads the HTML line in which a server announces a new rating; undefined for any other HTML. */
export function parseRatingLine(html: string): RatingChange | undefined {
  const match = CHANGE.exec(html);
  if (!match?.[1]) return undefined;
  // Names are escaped: an entity's letters would count as part of the id.
  const player = toId(match[1].replace(/&#?\w+;/g, ''));
  return { player, before: Number(match[2]), after: Number(match[3]) };
}
