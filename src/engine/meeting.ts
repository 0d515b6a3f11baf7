// Looks at the counter before it sleeps: waking up takes longer than most steps of a batch.
const LOOKS = 4_000;

/**
 * A place where a fixed number of threads wait for each other, again and again (a barrier by generations).
 *
 * @param numbers two int32 in shared memory, both 0 at first: how many have come, and how often all have
 */
export function createMeeting(numbers: Int32Array, parts: number): () => void {
  if (parts === 1) return () => {};
  return () => {
    const round = Atomics.load(numbers, 1);
    if (Atomics.add(numbers, 0, 1) === parts - 1) {
      Atomics.store(numbers, 0, 0);
      Atomics.add(numbers, 1, 1);
      Atomics.notify(numbers, 1);
      return;
    }
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(numbers, 1) !== round) return;
    while (Atomics.load(numbers, 1) === round) Atomics.wait(numbers, 1, round);
  };
}
