import type { AskingOptions } from './matchmaking.ts';

/** What a search for a battle works with. */
export interface FindOptions extends AskingOptions {
  /** Whether a battle of ours is running: whoever is in it with us may answer a challenge only afterwards. */
  readonly isPlaying: () => boolean;
  /** Whether a user, by id, has battled us in this session: who wants no next battle at once may only need a moment. */
  readonly hasMet: (user: string) => boolean;
  /** Ends the search without a battle. */
  readonly signal: AbortSignal;
}
