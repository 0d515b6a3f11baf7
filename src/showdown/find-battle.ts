import { toId } from '../battle/generations.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import { ServerError, UserError } from '../util/errors.ts';
import type { BattleRoom } from './battle-room.ts';
import type { Lobby } from './lobby.ts';
import type { Outgoing } from './send-queue.ts';

/** How the next battle is to come about. */
export type Matchmaking =
  /** Search on the ladder. */
  | { readonly type: 'ladder'; readonly format: string }
  /** Challenge one user. */
  | { readonly type: 'challenge'; readonly format: string; readonly user: string }
  /** Accept challenges, in these formats and from these users only (default: from anybody). */
  | { readonly type: 'accept'; readonly formats: readonly string[]; readonly users?: readonly string[] };

/** What a search for a battle works with. */
export interface FindOptions {
  readonly lobby: Lobby;
  readonly send: (message: Outgoing) => void;
  /** Packed team for a format; undefined where the server makes the teams. */
  readonly teamFor: (format: string) => string | undefined;
  /** Ends the search without a battle. */
  readonly signal: AbortSignal;
  /** Told of challenges that are rejected, and of what the search is waiting for. */
  readonly onEvent: (event: SessionEvent) => void;
}

/** The server says no for a while: busy, restarting, too many battles. */
const PAUSE_MS = 15_000;
/** A search or an accepted challenge that leads to nothing is begun anew. */
const LOST_MS = 30_000;
/** How long a user who is not there is waited for. */
const ABSENT_MS = 2 * 60_000;

/** Answers that no waiting will change. */
const FINAL =
  /rejected for the following|is invalid|not ladderable|barred|banned|locked|not accepting challenges|battle yourself|must choose a username|requires you to be/i;
const ABSENT = /was not found|not found\.|went offline/i;
/** Said when two things cross; the state of the lobby tells what to do. */
const HARMLESS = /already searching|already challenging|There's already a challenge/i;
/** A challenge was withdrawn before it was accepted. */
const WITHDRAWN = /is not challenging you/i;

/**
 * Brings about the next battle. Only one search may run at a time.
 *
 * @returns undefined when the signal has fired
 * @throws {UserError} when the server refuses for good: the team, the format, the account
 */
export async function findBattle(how: Matchmaking, options: FindOptions): Promise<BattleRoom | undefined> {
  const { lobby, signal, onEvent } = options;
  const ask = asking(how, options);
  lobby.popups.length = 0;
  lobby.rejectedBy.clear();
  let absentSince: number | undefined;
  for (;;) {
    const room = lobby.rooms.shift();
    if (room) return room;
    if (signal.aborted) {
      ask.withdraw();
      return undefined;
    }
    if (how.type === 'challenge' && lobby.rejectedBy.has(toId(how.user))) {
      const [from, to] = [lobby.id, toId(how.user)];
      onEvent({ type: 'challenge-rejected', from, to, format: how.format, reason: 'declined' });
      throw new UserError(`${how.user} does not want to battle`);
    }
    const popup = lobby.popups.shift();
    if (popup !== undefined && WITHDRAWN.test(popup)) ask.forget();
    else if (popup !== undefined && !HARMLESS.test(popup)) {
      if (FINAL.test(popup)) throw new UserError(`The server refuses: ${popup}`);
      if (!ABSENT.test(popup)) absentSince = undefined;
      else absentSince ??= performance.now();
      if (absentSince !== undefined && performance.now() - absentSince > ABSENT_MS) {
        throw new ServerError(`The server says: ${popup}`);
      }
      onEvent({ type: 'waiting', reason: popup });
      ask.forget();
      await pause(lobby, signal, absentSince === undefined ? PAUSE_MS : 3_000);
      continue;
    }
    if (lobby.isOnline) ask.ensure();
    await lobby.next(signal, 1_000);
  }
}

interface Asking {
  /** Asks the server for a battle unless it knows already. */
  ensure(): void;
  /** What was asked has come to nothing. */
  forget(): void;
  withdraw(): void;
}

/** Says one thing to the server once per login, and again when it has led to nothing for too long. */
function asking(how: Matchmaking, { lobby, send, teamFor, onEvent }: FindOptions): Asking {
  let asked: { readonly epoch: number; readonly at: number } | undefined;
  const isLost = (): boolean =>
    asked === undefined || asked.epoch !== lobby.epoch || performance.now() - asked.at > LOST_MS;
  const ask = (format: string, command: string): void => {
    asked = { epoch: lobby.epoch, at: performance.now() };
    send({ text: `|/utm ${teamFor(format) ?? 'null'}` });
    send({ text: `|${command}` });
  };
  const forget = (): void => {
    asked = undefined;
  };
  switch (how.type) {
    case 'ladder':
      return {
        forget,
        ensure() {
          if (!lobby.searching.includes(how.format) && isLost()) ask(how.format, `/search ${how.format}`);
        },
        withdraw: () => send({ text: '|/cancelsearch' }),
      };
    case 'challenge':
      return {
        forget,
        ensure() {
          if (!lobby.outgoing.has(toId(how.user)) && isLost()) {
            ask(how.format, `/challenge ${how.user}, ${how.format}`);
          }
        },
        withdraw() {
          if (lobby.outgoing.has(toId(how.user))) send({ text: `|/cancelchallenge ${how.user}` });
        },
      };
    case 'accept':
      return {
        forget,
        ensure() {
          if (!isLost()) return;
          for (const [user, format] of lobby.incoming) {
            lobby.incoming.delete(user);
            const reason = objection(how, user, format);
            if (!reason) {
              ask(format, `/accept ${user}`);
              return;
            }
            send({ text: `|/reject ${user}` });
            onEvent({ type: 'challenge-rejected', from: user, to: lobby.id, format, reason });
          }
        },
        withdraw() {},
      };
  }
}

/** Why a challenge is not accepted; undefined when it is. */
function objection(
  { formats, users }: Matchmaking & { type: 'accept' },
  user: string,
  format: string,
): 'format' | 'user' | undefined {
  if (!formats.includes(format)) return 'format';
  return users === undefined || users.some((allowed) => toId(allowed) === user) ? undefined : 'user';
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
