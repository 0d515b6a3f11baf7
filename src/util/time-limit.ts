/** A signal with a time limit. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Frees the timer and the listener; call it when the work is over. */
  release(): void;
}

/** setTimeout fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A signal that fires after `ms`, or with `parent` if that is earlier. Unlike `AbortSignal.any` and
 * `AbortSignal.timeout` it leaves nothing behind on a long-lived parent once released.
 *
 * @param onEnd called when the time is over, before the signal's listeners; cheaper than a listener
 */
export function timeLimit(ms: number, parent?: AbortSignal, onEnd?: () => void): TimeLimit {
  const controller = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    parent?.removeEventListener('abort', end);
    onEnd?.();
    controller.abort();
  };
  const timer = setTimeout(end, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
  parent?.addEventListener('abort', end);
  if (parent?.aborted) end();
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', end);
    },
  };
}
