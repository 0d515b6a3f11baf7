/**
 * A signal that fires on the first Ctrl-C; the second ends the process as usual.
 *
 * @param onSecond does then, at once, what must not be left undone
 */
export function stopOnInterrupt(
  onFirst: () => void,
  onSecond?: () => void,
): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const second = (): void => {
    try {
      onSecond?.();
    } finally {
      process.kill(process.pid, 'SIGINT');
    }
  };
  const first = (): void => {
    if (onSecond) process.once('SIGINT', second);
    onFirst();
    controller.abort();
  };
  process.once('SIGINT', first);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', first);
      process.off('SIGINT', second);
    },
  };
}
