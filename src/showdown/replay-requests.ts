/** Replays that the server was asked to publish and has not answered yet. */
export class ReplayRequests {
  private open = 0;
  private readonly waiting = new Set<() => void>();

  /** The server was asked for another one. */
  asked(): void {
    this.open++;
  }

  /** The server has answered one, or will not any more. */
  answered(): void {
    if (this.open > 0) this.open--;
    if (this.open > 0) return;
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** Resolves when all have been answered. */
  async settled(): Promise<void> {
    if (this.open > 0) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }
}
