import { UserError } from '../util/errors.ts';
import type { EmitRoomEvent } from './room-events.ts';

/**
 * Keeps an error in a battle's room from ending more than it must: it is reported and the battle goes on. Only errors
 * that the user must fix, such as a full disk, end the session, because battles that are not written down are lost.
 */
export class RoomGuard {
  constructor(private readonly emit: EmitRoomEvent) {}

  /**
   * Runs something.
   *
   * @param what a description, or the server's line that led to it
   * @returns false after an error that the battle survives
   */
  run(what: string, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      return this.report(what, error);
    }
  }

  /** Runs something asynchronous. Resolves when it is over, and never rejects. */
  async start(what: string, work: () => Promise<void> | undefined): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.report(what, error);
    }
  }

  private report(line: string, error: unknown): boolean {
    if (error instanceof UserError) {
      this.emit({ type: 'failed', error });
      return true;
    }
    this.emit({ type: 'problem', line, error });
    return false;
  }
}
