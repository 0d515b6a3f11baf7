/** A request that does not come within this time, before or after the server has told our time for it, is lost. */
const WAIT_MS = 2_000;

/**
 * Watches for requests that were lost, as with a line cut in its first word. While the timer is on, the server tells a
 * player's time once with each request: where it does so and no request comes, one is missing.
 */
export class RequestWatch {
  /** A request has come, and our time for it has not been told yet. */
  private isAhead = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param onMissed called when a request does not come */
  constructor(private readonly onMissed: () => void) {}

  /** A request has come. */
  request(): void {
    this.isAhead = this.timer === undefined;
    this.stop();
  }

  /** The server has told our time for a request. */
  time(): void {
    if (!this.isAhead) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.onMissed();
      }, WAIT_MS);
    }
    this.isAhead = false;
  }

  /** Waits for nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
