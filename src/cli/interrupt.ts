/** A signal that the first Ctrl-C fires; the second ends the process as usual. */
export function stopOnInterrupt(onFirst: () => void): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    onFirst();
    controller.abort();
  };
  process.once('SIGINT', interrupt);
  return { signal: controller.signal, release: () => void process.off('SIGINT', interrupt) };
}
