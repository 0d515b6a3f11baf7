import type { BattleMeta } from './record.ts';

/** A battle in the format of public replay sites. */
export interface PublicReplay {
  readonly id: string;
  /** The format's name, e.g. `[Gen 9] Random Battle`. */
  readonly format: string;
  readonly formatid: string;
  readonly players: readonly string[];
  /** Protocol lines of the spectator. */
  readonly log: string;
  /** Seconds since 1970. */
  readonly uploadtime: number;
  readonly views: number;
  /** The lower one of the players' Elo before a rated battle: the level that it was played at. */
  readonly rating: number | null;
}

function ratingOf({ result }: BattleMeta): number | null {
  const { p1, p2 } = result?.ratings ?? {};
  return p1 && p2 ? Math.min(p1.before, p2.before) : null;
}

/** The name of a battle's format, from its `|tier|` line. */
export function formatName(lines: readonly string[]): string | undefined {
  return lines.find((line) => line.startsWith('|tier|'))?.slice('|tier|'.length);
}

/** A battle as a replay site would serve it. */
export function publicReplay(meta: BattleMeta, lines: readonly string[]): PublicReplay {
  return {
    id: meta.id.replace(/^battle-/, ''),
    format: formatName(lines) ?? meta.format,
    formatid: meta.format,
    players: [meta.players.p1.name, meta.players.p2.name],
    log: lines.join('\n'),
    uploadtime: Math.floor(Date.parse(meta.timing.startedAt) / 1000),
    views: 0,
    rating: ratingOf(meta),
  };
}
