import { toId } from '../battle/generations.ts';
import type { SessionEvent } from '../ledger/session-record.ts';
import type { Challenge, Lobby } from './lobby.ts';
import { Rejections } from './rejections.ts';
import type { Outgoing } from './send-queue.ts';

/** How to find the next battle. Formats are ids. */
export type Matchmaking =
  /** Search on the ladder. */
  | { readonly type: 'ladder'; readonly format: string }
  /** Challenge one user. */
  | { readonly type: 'challenge'; readonly format: string; readonly user: string }
  /**
   * Accept challenges, in these formats and from these users only.
   *
   * @default from anybody
   */
  | { readonly type: 'accept'; readonly formats: readonly string[]; readonly users?: readonly string[] };

/** What asking for a battle works with. */
export interface AskingOptions {
  /** What the server has said about searches, challenges and new battles. */
  readonly lobby: Lobby;
  /** Passes a line to the server when its limits allow it; without a login the line is lost. */
  readonly send: (message: Outgoing) => void;
  /** Packed team for a format; undefined when the server makes the teams. */
  readonly teamFor: (format: string) => string | undefined;
  /** Called for each request to the server, each rejected challenge, and each reason to wait. */
  readonly onEvent: (event: SessionEvent) => void;
}

/** Asks a server for one battle, in one of the ways of {@link Matchmaking}. */
export interface Asking {
  /** Whether the server has confirmed the request. */
  isKnown(): boolean;
  /** Asks the server for a battle unless it has been asked already. */
  ensure(): void;
  /** The request has failed. */
  forget(): void;
  /** Takes back the request. */
  withdraw(): void;
  /** The search is over. */
  end(): void;
}

/** A request without effect for this long is repeated. */
const LOST_MS = 30_000;

/** The way in which one search asks. */
export function asking(how: Matchmaking, options: AskingOptions): Asking {
  switch (how.type) {
    case 'ladder':
      return searching(how, options);
    case 'challenge':
      return challenging(how, options);
    case 'accept':
      return accepting(how, options);
  }
}

/** Sends one command to the server once per login, and again when it has had no effect for too long. */
function once({ lobby, send, teamFor, onEvent }: AskingOptions) {
  let asked: { readonly epoch: number; readonly at: number } | undefined;
  let isOver = false;
  let reported: string | undefined;
  // A server's limits can hold a line back until a battle has been found in another way.
  const isWanted = (): boolean => !isOver;
  /** From now on the server may take its time. */
  const renew = (): void => {
    asked = { epoch: lobby.epoch, at: performance.now() };
  };
  return {
    renew,
    /** Whether nothing was asked yet, or no answer will come any more. */
    isLost: (): boolean =>
      asked === undefined || asked.epoch !== lobby.epoch || performance.now() - asked.at > LOST_MS,
    ask(format: string, command: string, event: SessionEvent): void {
      renew();
      send({ text: `|/utm ${teamFor(format) ?? 'null'}`, isWanted });
      send({ text: `|${command}`, isWanted });
      // A request without effect is repeated, but reported once per login.
      const what = `${lobby.epoch} ${command}`;
      if (what !== reported) onEvent(event);
      reported = what;
    },
    forget(): void {
      asked = undefined;
    },
    end(): void {
      isOver = true;
    },
  };
}

function searching({ format }: Matchmaking & { type: 'ladder' }, options: AskingOptions): Asking {
  const { lobby, send } = options;
  const { isLost, renew, ask, forget, end } = once(options);
  const isKnown = (): boolean => lobby.searching.includes(format);
  return {
    isKnown,
    forget,
    ensure() {
      // Between the end of a search and the battle it led to, the server says nothing for a moment.
      if (isKnown()) renew();
      else if (isLost()) ask(format, `/search ${format}`, { type: 'searching', format });
    },
    withdraw: () => send({ text: '|/cancelsearch' }),
    end,
  };
}

function challenging(how: Matchmaking & { type: 'challenge' }, options: AskingOptions): Asking {
  const { user, format } = how;
  const { lobby, send } = options;
  const { isLost, renew, ask, forget, end } = once(options);
  const isKnown = (): boolean => lobby.outgoing.has(toId(user));
  return {
    isKnown,
    forget,
    ensure() {
      if (isKnown()) renew();
      else if (isLost()) {
        ask(format, `/challenge ${user}, ${format}`, { type: 'challenging', user: toId(user), format });
      }
    },
    withdraw() {
      if (isKnown()) send({ text: `|/cancelchallenge ${user}` });
    },
    end,
  };
}

/** Accepts wanted challenges, one at a time, and rejects the others while there is none. */
function accepting(how: Matchmaking & { type: 'accept' }, options: AskingOptions): Asking {
  const { lobby } = options;
  const { isLost, ask, forget, end } = once(options);
  const rejections = new Rejections(options);
  /** The user whose challenge was accepted last. */
  let last: string | undefined;
  return {
    isKnown: () => false,
    forget,
    ensure() {
      if (!isLost()) return;
      const open = [...lobby.incoming.values()];
      const wanted = open.filter((challenge) => !objection(how, challenge));
      // A challenge that failed, e.g. because the server is busy, is still open; it lets the others go first.
      const next = wanted.find(({ from }) => from !== last) ?? wanted[0];
      if (next) {
        const { from, format } = next;
        last = from;
        ask(format, `/accept ${from}`, { type: 'accepting', from, format });
        return;
      }
      const [unwanted] = open;
      const reason = unwanted && objection(how, unwanted);
      if (reason) rejections.reject(unwanted, reason);
    },
    withdraw() {},
    end() {
      end();
      rejections.end();
    },
  };
}

/** Why a challenge is not accepted; undefined when it is. */
function objection(
  { formats, users }: Matchmaking & { type: 'accept' },
  { from, format }: Challenge,
): 'format' | 'user' | undefined {
  if (!formats.includes(format)) return 'format';
  return users === undefined || users.some((allowed) => toId(allowed) === from) ? undefined : 'user';
}
