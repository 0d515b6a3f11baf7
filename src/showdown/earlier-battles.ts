import { timeLimit } from '../util/time-limit.ts';
import type { Outgoing } from './send-queue.ts';

/** Battles that the server has said nothing about within this time are looked for no longer. */
const LIMIT_MS = 30_000;
/** They are asked for again this often. */
const AGAIN_MS = 3_000;

/** Battles that an earlier run has left: entered at the start, as far as the server still knows them. */
export class EarlierBattles {
  /** Those that the server has yet to answer for, by id, and who waits for that. */
  private readonly awaited = new Map<string, () => void>();

  constructor(private readonly send: (message: Outgoing) => void) {}

  /**
   * Enters battles.
   *
   * @param battles their ids
   * @param signal gives the search up
   * @returns when it is clear which of them run
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
