import type { Random } from '../../util/random.ts';

/** Items in order of their value, cut into this many parts of the same size, and one of each part at random. */
export function oneOfEach<T>(
  items: readonly T[],
  parts: number,
  rate: (item: T) => number,
  random: Random,
): readonly T[] {
  if (items.length <= parts) return items;
  const sorted = items.map((item) => ({ item, value: rate(item) })).sort((a, b) => a.value - b.value);
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * sorted.length) / parts);
    const to = Math.floor(((part + 1) * sorted.length) / parts);
    return (sorted[from + random.below(to - from)] as { readonly item: T }).item;
  });
}
