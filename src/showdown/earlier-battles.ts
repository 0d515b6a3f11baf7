import { timeLimit } from '../util/time-limit.ts';
import type { Outgoing } from './send-queue.ts';

/** How long to look for battles that the server has said nothing about. */
const LIMIT_MS = 30_000;
/** How often to ask for them. */
const AGAIN_MS = 3_000;

/** Battles left by an earlier run: entered at the start, if the server still knows them. */
export class EarlierBattles {
  /** Those that the server has not answered for, by id, with the function that resolves the wait. */
  private readonly awaited = new Map<string, () => void>();

  constructor(private readonly send: (message: Outgoing) => void) {}

  /**
   * Enters battles.
   *
   * @param battles their ids
   * @param signal ends the search
   * @returns when it is clear which of them are running
   */
  async enter(battles: readonly string[], signal: AbortSignal): Promise<void> {
    if (battles.length === 0) return;
    const answers = battles.map(
      (battle) => new Promise<void>((resolve) => this.awaited.set(battle, resolve)),
    );
    this.ask();
    const again = setInterval(() => this.ask(), AGAIN_MS);
    await new Promise<void>((resolve) => {
      const limit = timeLimit(LIMIT_MS, signal, resolve);
      void Promise.all(answers).then(() => {
        limit.release();
        resolve();
      });
    });
    clearInterval(again);
    this.awaited.clear();
  }

  /** The server has sent a battle's log, or does not know the battle any more. */
  answered(battle: string): void {
    this.awaited.get(battle)?.();
    this.awaited.delete(battle);
  }

  private ask(): void {
    for (const battle of this.awaited.keys()) this.send({ text: `|/join ${battle}` });
  }
}
