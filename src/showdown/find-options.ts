import type { AskingOptions } from './matchmaking.ts';

/** What a search for a battle works with. */
export interface FindOptions extends AskingOptions {
  /** Whether a battle of ours is running: its opponent may only answer a challenge afterwards. */
  readonly isPlaying: () => boolean;
  /**
   * Whether a user, by id, has battled us in this session: a user who declines the next battle may only need a moment.
   */
  readonly hasMet: (user: string) => boolean;
  /** Ends the search without a battle. */
  readonly signal: AbortSignal;
}
