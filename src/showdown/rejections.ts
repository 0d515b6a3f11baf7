import type { SessionEvent } from '../ledger/session-record.ts';
import type { Challenge, Lobby } from './lobby.ts';
import type { Outgoing } from './send-queue.ts';

type Rejected = Extract<SessionEvent, { type: 'challenge-rejected' }>;

/** A rejection that the server does not answer is sent again after this time. */
const LOST_MS = 30_000;

/**
 * Rejects challenges one after the other: the next rejection is sent when the server has handled the last, so that
 * users who flood us with challenges fill neither the queue of messages nor the session's log. A user's first rejection
 * is reported at once, all further ones together at the end.
 */
export class Rejections {
  private readonly lobby: Lobby;
  private readonly send: (message: Outgoing) => void;
  private readonly onEvent: (event: SessionEvent) => void;
  private readonly repeated = new Map<string, Rejected & { times: number }>();
  private under: { readonly challenge: Challenge; readonly epoch: number; readonly at: number } | undefined;

  constructor(options: {
    readonly lobby: Lobby;
    readonly send: (message: Outgoing) => void;
    readonly onEvent: (event: SessionEvent) => void;
  }) {
    this.lobby = options.lobby;
    this.send = options.send;
    this.onEvent = options.onEvent;
  }

  /** Rejects a challenge, unless the server has yet to handle the last rejection. */
  reject(challenge: Challenge, reason: Rejected['reason']): void {
    if (this.isUnderWay()) return;
    const { from, format } = challenge;
    this.under = { challenge, epoch: this.lobby.epoch, at: performance.now() };
    this.send({ text: `|/reject ${from}`, isWanted: () => this.isOpen(challenge) });
    this.tell({ type: 'challenge-rejected', from, to: this.lobby.id, format, reason });
  }

  /** Reports users who were rejected more than once. */
  end(): void {
    for (const event of this.repeated.values()) if (event.times > 0) this.onEvent(event);
    this.repeated.clear();
  }

  private tell(event: Rejected): void {
    const before = this.repeated.get(event.from);
    this.repeated.set(event.from, { ...event, times: before ? before.times + 1 : 0 });
    if (!before) this.onEvent(event);
  }

  private isUnderWay(): boolean {
    if (!this.under) return false;
    const { challenge, epoch, at } = this.under;
    return epoch === this.lobby.epoch && this.isOpen(challenge) && performance.now() - at <= LOST_MS;
  }

  private isOpen(challenge: Challenge): boolean {
    return this.lobby.incoming.get(challenge.from) === challenge;
  }
}
