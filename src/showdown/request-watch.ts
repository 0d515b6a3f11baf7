/** A request that does not come within this time, before or after the server has reported our time for it, is lost. */
const WAIT_MS = 2_000;

/**
 * Notices lost requests, such as a line cut in its first word. While the timer is on, the server reports a player's
 * time once with each request: a report without a request means that one is missing. It also tells everybody from time
 * to time how long it still waits for a player: if that is us and we have nothing to answer, a request is missing, too.
 */
export class RequestWatch {
  /** A request has come before the report of our time for it. */
  private isAhead = false;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  /** @param onMissed called when a request does not come */
  constructor(private readonly onMissed: () => void) {}

  /**
   * A new request has come.
   *
   * @param isTimed whether our time for it will be reported: it is not when there is nothing to choose, or nothing new
   */
  request(isTimed: boolean): void {
    this.isAhead = isTimed && this.timer === undefined;
    this.stop();
  }

  /** Our answer has been sent. */
  answered(): void {
    this.answeredAt = performance.now();
  }

  /** The server has reported our time for a request. */
  time(): void {
    if (!this.isAhead) this.wait();
    this.isAhead = false;
  }

  /** The server has reported that it is waiting for us, but we have nothing to answer. */
  unasked(): void {
    // It may not have received our answer yet.
    if (performance.now() - this.answeredAt > WAIT_MS) this.wait();
  }

  /** Stops waiting. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.onMissed();
    }, WAIT_MS);
  }
}
