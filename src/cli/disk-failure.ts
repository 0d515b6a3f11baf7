import { UserError } from '../util/errors.ts';

/** Whether battles can still be written down. */
export interface DiskFailure {
  /** Fires when something cannot be written: no more battles should be started. */
  readonly signal: AbortSignal;
  /** What could not be written, for the end of the run; undefined as long as everything could. */
  readonly error: UserError | undefined;
  /** Takes the error of a ledger that cannot write. */
  note(error: UserError): void;
}

/**
 * Tracks whether a run can write down what it plays.
 *
 * @param tell prints at once, in one line, what happens when it cannot
 */
export function watchDisk(tell: (text: string) => void): DiskFailure {
  const stop = new AbortController();
  let first: UserError | undefined;
  return {
    signal: stop.signal,
    get error() {
      return first;
    },
    note({ message, cause }) {
      if (first) return;
      first = new UserError(`${message}; the running battles were finished, and no more were started`, {
        cause,
      });
      tell(`${message}. The running battles are finished from memory, and no more are started.`);
      stop.abort();
    },
  };
}
