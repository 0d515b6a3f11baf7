/** A message on its way to the server. */
export interface Outgoing {
  /** One line: `ROOM|TEXT`. */
  readonly text: string;
  /** Goes before everything that is not: choices, whose time is running. */
  readonly urgent?: boolean;
  /** Asked right before it is sent; a message that is no longer wanted is dropped. */
  readonly isWanted?: () => boolean;
  /** Of chat: told once that it has come back from the server, or why it has not. */
  readonly onAnswer?: (refusal?: string) => void;
}

/** The public servers' limit; what comes faster waits there in a buffer of six, and is lost beyond it. */
export const PUBLIC_SPACING_MS = 600;

/** Sends messages one by one, no faster than the server takes them; urgent ones first, else in order. */
export class SendQueue {
  private readonly urgent: Outgoing[] = [];
  private readonly others: Outgoing[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastSent = Number.NEGATIVE_INFINITY;
  private readonly waiting = new Set<() => void>();

  /**
   * @param deliver hands a message to the connection
   * @param spacingMs least time between two messages; 0 for servers without a limit
   */
  constructor(
    private readonly deliver: (text: string) => void,
    public spacingMs: number,
  ) {}

  /** Sends a message at once where the limit allows it, and later otherwise. */
  add(message: Outgoing): void {
    (message.urgent ? this.urgent : this.others).push(message);
    if (this.timer === undefined) this.next();
  }

  /** Forgets what has not been sent, as after a lost connection. */
  clear(): void {
    this.urgent.length = 0;
    this.others.length = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.done();
  }

  /** Resolves when nothing waits to be sent. */
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
