import type { SessionEvent } from '../ledger/session-record.ts';
import type { Summary } from '../ledger/summary.ts';
import type { Matchmaking } from '../showdown/matchmaking.ts';
import type { SessionResult } from '../showdown/session-options.ts';
import type { OnlineOptions } from './online-options.ts';

type Started = Extract<SessionEvent, { type: 'started' }>;

/** The first event of a session: who plays where, and how. */
export function startedEvent(
  matchmaking: Matchmaking,
  battles: number,
  { concurrency, timeout, timer, budgetUsd }: OnlineOptions,
  facts: Pick<Started, 'player' | 'server' | 'seed' | 'versions'>,
): Started {
  const users = usersOf(matchmaking);
  return {
    type: 'started',
    ...facts,
    by: matchmaking.type,
    formats: matchmaking.type === 'accept' ? [...matchmaking.formats] : [matchmaking.format],
    users: users && [...users],
    battles: Number.isFinite(battles) ? battles : undefined,
    concurrency,
    turnMs: timeout * 1000,
    timer,
    budgetUsd,
  };
}

function usersOf(how: Matchmaking): readonly string[] | undefined {
  if (how.type === 'challenge') return [how.user];
  return how.type === 'accept' ? how.users : undefined;
}

/**
 * The last event of a session.
 *
 * @param end the result of the session, or the error that ended it
 */
export function endedEvent(
  { battles, wins, losses, ties, notOwn: others, unfinished }: Summary,
  isStopped: boolean,
  end: SessionResult | Error,
): SessionEvent {
  const notOwn = others.wins + others.losses + others.ties;
  const counts = { battles, wins, losses, ties, notOwn, unfinished };
  if (end instanceof Error) return { type: 'ended', how: 'failed', error: end.message, ...counts };
  const { faults, unknownKinds } = end;
  const how = isStopped ? 'stopped' : 'finished';
  return { type: 'ended', how, ...counts, faults, unknownKinds: Object.fromEntries(unknownKinds) };
}
