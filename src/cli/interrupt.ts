/**
 * A signal that the first Ctrl-C fires; the second ends the process as usual.
 *
 * @param onSecond does what cannot be left undone then, at once
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
