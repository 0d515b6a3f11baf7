/** A request that does not come within this time, before or after the server has told our time for it, is lost. */
const WAIT_MS = 2_000;

/**
 * Watches for requests that were lost, as with a line cut in its first word. While the timer is on, the server tells a
 * player's time once with each request: where it does so and no request comes, one is missing. And it tells everybody
 * from time to time how long it still waits for a player: where that is us, and we have nothing to answer, as well.
 */
export class RequestWatch {
  /** A request has come, and our time for it has not been told yet. */
  private isAhead = false;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  /** @param onMissed called when a request does not come */
  constructor(private readonly onMissed: () => void) {}

  /**
   * A request has come that had not come before.
   *
   * @param isTimed whether our time for it is told: it is not where there is nothing to choose, or nothing new
   */
  request(isTimed: boolean): void {
    this.isAhead = isTimed && this.timer === undefined;
    this.stop();
  }

  /** Our answer is under way. */
  answered(): void {
    this.answeredAt = performance.now();
  }

  /** The server has told our time for a request. */
  time(): void {
    if (!this.isAhead) this.wait();
    this.isAhead = false;
  }

  /** The server has told that it waits for us, and we have nothing to answer. */
  unasked(): void {
    // It may not have had our answer yet.
    if (performance.now() - this.answeredAt > WAIT_MS) this.wait();
  }

  /** Waits for nothing any more. */
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
