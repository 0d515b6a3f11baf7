import { UserError } from '../util/errors.ts';
import type { BattleRoom } from './battle-room.ts';
import { ChallengePatience } from './challenge-patience.ts';
import type { FindOptions } from './find-options.ts';
import type { Lobby } from './lobby.ts';
import { type Asking, asking, type Matchmaking } from './matchmaking.ts';
import { type Refusal, readRefusal } from './popup-kind.ts';

/** How long to wait after a temporary refusal: the server is busy, restarting, or we have played too many battles. */
const PAUSE_MS = 15_000;
/** The user whose challenge we accepted has taken it back: the next one may be there soon. */
const GONE_MS = 3_000;

/**
 * Finds the next battle. Only one search may run at a time.
 *
 * @returns undefined when the signal has fired
 * @throws {UserError} when the server refuses for good (the team, the format, the account), or the challenged user does
 * @throws {ServerError} when the challenged user does not come online, or does not answer
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
      // It came about in another way, like a battle of an earlier run.
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
 * Reacts to the server's answer.
 *
 * @returns how long to ask nothing, in ms; undefined when the next battle may be asked for
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

/** Waits, but no longer than until a new battle or the end of the search. */
async function pause(lobby: Lobby, signal: AbortSignal, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (lobby.rooms.length === 0 && !signal.aborted) {
    const left = end - performance.now();
    if (left <= 0) return;
    await lobby.next(signal, left);
  }
}
