/**
 * A table for looking up names from outside: it has its own entries only, whereas a plain object also has `constructor`
 * and `toString`.
 */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
