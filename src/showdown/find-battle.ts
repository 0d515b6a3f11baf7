import { toId } from '../battle/generations.ts';
import { ServerError, UserError } from '../util/errors.ts';
import { type Asking, type AskingOptions, asking, type Matchmaking } from './asking.ts';
import type { BattleRoom } from './battle-room.ts';
import type { Lobby } from './lobby.ts';
import { readRefusal } from './refusal.ts';

export type { Matchmaking } from './asking.ts';

/** What a search for a battle works with. */
export interface FindOptions extends AskingOptions {
  /** Whether a battle of ours is running: whoever is in it with us may answer a challenge only afterwards. */
  readonly isPlaying: () => boolean;
  /** Ends the search without a battle. */
  readonly signal: AbortSignal;
}

/** The server says no for a while: busy, restarting, too many battles. */
const PAUSE_MS = 15_000;
/** A user who is not there is looked for this often, and for so long. */
const LOOK_AGAIN_MS = 3_000;
const ABSENT_MS = 2 * 60_000;
/** So long a user who is there and not playing with us may take to answer a challenge. */
const ANSWER_MS = 2 * 60_000;

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
  const { lobby, signal, isPlaying, onEvent } = options;
  let absentSince: number | undefined;
  let openSince: number | undefined;
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
    if (how.type === 'challenge' && lobby.rejectedBy.has(toId(how.user))) {
      const [from, to] = [lobby.id, toId(how.user)];
      onEvent({ type: 'challenge-rejected', from, to, format: how.format, reason: 'declined' });
      throw new UserError(`${how.user} does not want to battle`);
    }
    if (ask.isKnown()) absentSince = undefined;
    openSince = ask.isKnown() && !isPlaying() ? (openSince ?? performance.now()) : undefined;
    if (how.type === 'challenge' && openSince !== undefined && performance.now() - openSince > ANSWER_MS) {
      ask.withdraw();
      throw new ServerError(`${how.user} has not answered the challenge for ${ANSWER_MS / 60_000} minutes`);
    }
    const popup = lobby.popups.shift() ?? '';
    const refusal = readRefusal(popup);
    if (refusal === 'final') throw new UserError(`The server refuses: ${popup}`);
    if (refusal === 'withdrawn') ask.forget();
    if (refusal === 'absent' || refusal === 'temporary') {
      absentSince = refusal === 'absent' ? (absentSince ?? performance.now()) : undefined;
      const isGone = absentSince !== undefined && performance.now() - absentSince > ABSENT_MS;
      if (isGone && how.type === 'challenge') throw new ServerError(`The server says: ${popup}`);
      onEvent({ type: 'waiting', reason: popup });
      ask.forget();
      await pause(lobby, signal, refusal === 'absent' ? LOOK_AGAIN_MS : PAUSE_MS);
    } else {
      if (lobby.isOnline) ask.ensure();
      if (lobby.popups.length === 0) await lobby.next(signal, 1_000);
    }
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
