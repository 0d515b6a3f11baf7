/** A message on its way to the server. */
export interface Outgoing {
  /** One line: `ROOM|TEXT`. */
  readonly text: string;
  /** Goes before everything that is not urgent: choices, which have a deadline. */
  readonly urgent?: boolean;
  /** Checked right before sending; a message that is no longer wanted is dropped. */
  readonly isWanted?: () => boolean;
  /** For chat: called once it has been repeated by the server, or with the reason why not. */
  readonly onAnswer?: (refusal?: string) => void;
}

/** The public servers' limit; faster messages wait there in a buffer of six, and are lost beyond it. */
export const PUBLIC_SPACING_MS = 600;

/** Sends messages one by one, no faster than the server accepts them; urgent ones first, otherwise in order. */
export class SendQueue {
  private readonly urgent: Outgoing[] = [];
  private readonly others: Outgoing[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastSent = Number.NEGATIVE_INFINITY;
  private readonly waiting = new Set<() => void>();

  /**
   * @param deliver passes a message to the connection
   * @param spacingMs least time between two messages; 0 for servers without a limit
   */
  constructor(
    private readonly deliver: (text: string) => void,
    public spacingMs: number,
  ) {}

  /** Sends a message at once if the limit allows it, otherwise later. */
  add(message: Outgoing): void {
    (message.urgent ? this.urgent : this.others).push(message);
    if (this.timer === undefined) this.next();
  }

  /** Drops unsent messages, e.g. after a lost connection. */
  clear(): void {
    this.urgent.length = 0;
    this.others.length = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.done();
  }

  /** Resolves when nothing is waiting to be sent. */
  async drained(): Promise<void> {
    if (this.timer !== undefined) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private next(): void {
    this.timer = undefined;
    for (;;) {
      const wait = this.lastSent + this.spacingMs - performance.now();
      if (wait > 0 && this.urgent.length + this.others.length > 0) {
        this.timer = setTimeout(() => this.next(), wait);
        return;
      }
      const message = this.urgent.shift() ?? this.others.shift();
      if (!message) {
        this.done();
        return;
      }
      if (message.isWanted && !message.isWanted()) continue;
      this.lastSent = performance.now();
      this.deliver(message.text);
    }
  }

  private done(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
