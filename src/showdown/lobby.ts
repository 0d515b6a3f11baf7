import { toId } from '../battle/generations.ts';
import { safeLine } from '../util/safe-text.ts';
import type { BattleRoom } from './battle-room.ts';
import type { ServerMessage } from './server-message.ts';

/** More open challenges than this are not remembered; users who flood us have to wait. */
const MAX_CHALLENGES = 200;

/** A team's errors are listed in one pop-up. */
const MAX_POPUP = 4_000;

/** The answer when we accept or reject a challenge too late. */
const GONE = /^(\w+) is not challenging you/;

/** A challenge to us; a repeated challenge is a new object. */
export interface Challenge {
  /** Id of the challenger. */
  readonly from: string;
  readonly format: string;
}

/** What the server has said about searches, challenges and new battles; searches for a battle wait for changes here. */
export class Lobby {
  isOnline = false;
  /** Counts the logins: the server forgets what was asked for before. */
  epoch = 0;
  /** Formats in which a search is running. */
  searching: readonly string[] = [];
  /** Open challenges to us, by the challenger's id, oldest first. */
  readonly incoming = new Map<string, Challenge>();
  /** Ids of users with an open challenge from us. */
  readonly outgoing = new Set<string>();
  /** Ids of users who have declined since the search began. */
  readonly rejectedBy = new Set<string>();
  /** Unread messages for the player since the search began. */
  readonly popups: string[] = [];
  /** A search for a battle is running and takes the server's messages as its answers. */
  isSearched = false;
  /** New battles that nobody has claimed yet. */
  readonly rooms: BattleRoom[] = [];
  private readonly waiting = new Set<() => void>();

  /** @param id our own user id */
  constructor(readonly id: string) {}

  /** Takes a message of the server. */
  receive(message: ServerMessage): void {
    switch (message.type) {
      case 'search':
        this.searching = message.searching;
        break;
      case 'challenge':
        this.challenge(toId(message.from), toId(message.to), message.format);
        break;
      case 'rejected':
        if (toId(message.by) !== this.id) this.rejectedBy.add(toId(message.by));
        break;
      case 'popup':
        this.popup(safeLine(message.text, MAX_POPUP));
        break;
      default:
        return;
    }
    this.change();
  }

  /** Logged in, for the first time or again. */
  ready(): void {
    this.isOnline = true;
    this.epoch++;
    this.change();
  }

  /** The connection is lost, and with it all searches and challenges. */
  down(): void {
    this.isOnline = false;
    this.searching = [];
    this.incoming.clear();
    this.outgoing.clear();
    this.change();
  }

  /** A battle has begun. */
  opened(room: BattleRoom): void {
    this.rooms.push(room);
    this.change();
  }

  /** Begins or ends a search: earlier messages are not its answers. */
  listen(isSearched: boolean): void {
    this.isSearched = isSearched;
    this.popups.length = 0;
    this.rejectedBy.clear();
  }

  /** Resolves at the next change, when the signal fires, or after `ms`. */
  next(signal: AbortSignal, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      this.waiting.add(done);
      if (signal.aborted) done();
    });
  }

  private popup(text: string): void {
    const gone = GONE.exec(text)?.[1];
    if (gone) this.incoming.delete(gone);
    if (this.isSearched && this.popups.length < 20) this.popups.push(text);
  }

  private challenge(from: string, to: string, format: string | undefined): void {
    if (from === this.id) {
      if (format) this.outgoing.add(to);
      else this.outgoing.delete(to);
    }
    if (!format) {
      this.incoming.delete(from === this.id ? to : from);
      this.outgoing.delete(from === this.id ? to : from);
    } else if (to === this.id && (this.incoming.size < MAX_CHALLENGES || this.incoming.has(from))) {
      this.incoming.set(from, { from, format });
    }
  }

  private change(): void {
    for (const resolve of [...this.waiting]) resolve();
  }
}
