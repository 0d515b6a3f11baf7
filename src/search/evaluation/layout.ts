import { z } from 'zod';

/** Names of a network's inputs, in order, by what they describe. */
type Layout = Readonly<Record<string, readonly string[]>>;

export const layoutSchema = z.record(z.string(), z.array(z.string()));

/**
 * Refuses weights that were trained on other inputs than this version writes.
 *
 * @param file name for messages
 * @throws {RangeError} when an input differs; it names the first
 */
export function checkLayout(trained: Layout, written: Layout, file: string): void {
  for (const [part, names] of Object.entries(written)) {
    const others = Object.hasOwn(trained, part) ? (trained[part] ?? []) : [];
    for (let at = 0; at < Math.max(names.length, others.length); at++) {
      if (names[at] === others[at]) continue;
      throw new RangeError(
        `Expected input ${at} of ${part} in ${file} to be ${names[at] ?? 'none'}, got ${others[at] ?? 'none'}; train it again`,
      );
    }
  }
}
