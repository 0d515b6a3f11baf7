import PQueue from 'p-queue';
import type { Agent } from '../agent/agent.ts';
import { otherSide, type SideId } from '../battle/state.ts';
import { type MatchOptions, type MatchPlayer, type MatchResult, playMatch } from './match.ts';

/** One of the two agents of a series. */
export interface Entrant {
  readonly agent: Agent;
  /** Packed team; only for formats without random teams. */
  readonly team?: string;
}

/** Two agents that play each other many times. */
export interface SeriesOptions
  extends Pick<MatchOptions, 'format' | 'fallback' | 'turnMs' | 'onProblem' | 'signal'> {
  /** The series reports results from the first one's point of view. */
  readonly entrants: readonly [Entrant, Entrant];
  /** Battles come in mirrored pairs: both have the same seed, and the agents change sides. */
  readonly battles: number;
  readonly seed: string;
  /** Battles at the same time. */
  readonly concurrency: number;
  /** Starts no more battles; running ones are finished. */
  readonly stop?: AbortSignal;
  /** Indices of battles that need not be played. */
  readonly played?: ReadonlySet<number>;
  /** Called when a battle starts, to follow it. */
  readonly follow?: (battle: SeriesBattle) => BattleFollower;
}

/** Records or shows a battle of a series. */
export interface BattleFollower extends Pick<MatchOptions, 'ledger' | 'onLine' | 'onDecision'> {
  /** The battle is over, or was aborted. */
  readonly onEnd?: (match: MatchResult) => void;
}

/** One battle of a series. */
export interface SeriesBattle {
  readonly id: string;
  /** From 0. */
  readonly index: number;
  readonly seed: string;
  /** The side that the first entrant plays. */
  readonly side: SideId;
  readonly players: Readonly<Record<SideId, MatchPlayer>>;
}

/** Of a seed in a battle's id, which names a folder. */
const MOST_SEED_CHARACTERS = 32;

/**
 * Plays a series; aborting its signal ends the running battles and starts no more. After a battle fails no more start
 * either, but running ones are finished.
 *
 * @throws {Error} when a battle fails: the first error, once no battle is running any more
 */
export async function playSeries(options: SeriesOptions): Promise<void> {
  const { battles, concurrency, signal, stop } = options;
  const failure = new AbortController();
  const isOver = (): boolean => [signal, stop, failure.signal].some((each) => each?.aborted);
  const queue = new PQueue({ concurrency });
  const plays = Array.from({ length: battles }, (_, index) =>
    queue.add(async () => {
      if (isOver() || options.played?.has(index)) return;
      try {
        await playOne(options, seriesBattle(options, index));
      } catch (error) {
        failure.abort();
        throw error;
      }
    }),
  );
  const failed = (await Promise.allSettled(plays)).find((play) => play.status === 'rejected');
  if (failed) throw failed.reason;
}

async function playOne(options: SeriesOptions, battle: SeriesBattle): Promise<void> {
  const { format, fallback, turnMs, onProblem, signal } = options;
  const follower = options.follow?.(battle) ?? {};
  const match = await playMatch({
    battleId: battle.id,
    format,
    seed: battle.seed,
    players: battle.players,
    fallback,
    turnMs,
    signal,
    onProblem,
    ledger: follower.ledger,
    onLine: follower.onLine,
    onDecision: follower.onDecision,
  });
  follower.onEnd?.(match);
}

/** A seed, or a format with its rules, as part of a battle's id. */
function slug(seed: string): string {
  return seed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_SEED_CHARACTERS);
}

/** The name of the second player when both would have the same one. */
export function secondName(first: string): string {
  return `${first}-2`;
}

/** The battle of a series with this number, from 0. */
export function seriesBattle(
  { entrants, format, seed }: Pick<SeriesOptions, 'entrants' | 'format' | 'seed'>,
  index: number,
): SeriesBattle {
  const side = index % 2 === 0 ? 'p1' : 'p2';
  const [first, second] = entrants.map(({ agent, team }) => ({ agent, name: agent.name, team })) as [
    MatchPlayer,
    MatchPlayer,
  ];
  const opponent = second.name === first.name ? { ...second, name: secondName(first.name) } : second;
  return {
    id: `${slug(format)}-${slug(seed)}-${index + 1}`,
    index,
    seed: `${seed}-${Math.floor(index / 2) + 1}`,
    side,
    players: { [side]: first, [otherSide(side)]: opponent } as Record<SideId, MatchPlayer>,
  };
}
