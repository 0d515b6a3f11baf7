/**
 * A table to look up names from outside in: it has its own entries and nothing else, where a plain object answers to
 * `constructor` and `toString` as well.
 */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
