import { UserError } from '../util/errors.ts';
import type { BattleRoom } from './battle-room.ts';
import { ChallengePatience } from './challenge-patience.ts';
import type { FindOptions } from './find-options.ts';
import type { Lobby } from './lobby.ts';
import { type Asking, asking, type Matchmaking } from './matchmaking.ts';
import { type Refusal, readRefusal } from './popup-kind.ts';

/** The server says no for a while: busy, restarting, too many battles. */
const PAUSE_MS = 15_000;
/** Whose challenge we accepted has gone: the next one may be there soon. */
const GONE_MS = 3_000;

/**
 * Brings about the next battle. Only one search may run at a time.
 *
 * @returns undefined when the signal has fired
 * @throws {UserError} when the server refuses for good (the team, the format, the account), or the user to challenge
 * @throws {ServerError} when the user to challenge does not come, or does not answer
 */
export async function findBattle(how: Matchmaking, options: FindOptions): Promise<BattleRoom | undefined> {
  const ask = asking(how, options);
  options.lobby.listen(true);
  try {
    return await find(how, ask, options);
  } finally {
    options.lobby.listen(false);
    ask.end();
  }
}

async function find(how: Matchmaking, ask: Asking, options: FindOptions): Promise<BattleRoom | undefined> {
  const { lobby, signal } = options;
  const patience = how.type === 'challenge' ? new ChallengePatience(how, ask, options) : undefined;
  for (;;) {
    const room = lobby.rooms.shift();
    if (room) {
      // It came about otherwise, as one of an earlier run does.
      if (ask.isKnown()) ask.withdraw();
      return room;
    }
    if (signal.aborted) {
      ask.withdraw();
      return undefined;
    }
    const popup = lobby.popups.shift() ?? '';
    const refusal = readRefusal(popup);
    const waitMs = patience?.check(refusal, popup) ?? respond(refusal, popup, ask, options);
    if (waitMs !== undefined) {
      await pause(lobby, signal, waitMs);
      continue;
    }
    if (lobby.isOnline) ask.ensure();
    if (lobby.popups.length === 0) await lobby.next(signal, 1_000);
  }
}

/**
 * Takes note of what the server has said to what was asked.
 *
 * @returns how long nothing is to be asked, in ms; undefined when the next battle may be asked for
 * @throws {UserError} when the server refuses for good
 */
function respond(refusal: Refusal, popup: string, ask: Asking, { onEvent }: FindOptions): number | undefined {
  switch (refusal) {
    case 'final':
    case 'blocked':
      throw new UserError(`The server refuses: ${popup}`);
    case 'withdrawn':
      ask.forget();
      return undefined;
    case 'absent':
    case 'temporary':
      onEvent({ type: 'waiting', reason: popup });
      ask.forget();
      return refusal === 'absent' ? GONE_MS : PAUSE_MS;
    default:
      return undefined;
  }
}

/** Waits, but not longer than a new battle or the end of the search. */
async function pause(lobby: Lobby, signal: AbortSignal, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (lobby.rooms.length === 0 && !signal.aborted) {
    const left = end - performance.now();
    if (left <= 0) return;
    await lobby.next(signal, left);
  }
}
