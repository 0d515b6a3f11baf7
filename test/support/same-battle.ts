import type { Battle } from '@pkmn/sim';

/** Fields that a copy leaves out, or that are not part of a battle's state. */
const LEFT_OUT = new Set(
  ['log', 'inputLog', 'messageLog', 'sentLogPos', 'sentEnd', 'lastMoveLine', 'send', 'sentRequests'].concat([
    'getHealth',
    'getFullDetails',
    'prng',
    'prngSeed',
  ]),
);

/**
 * The path to the first difference between two battles, compared field by field through everything they hold;
 * undefined when there is none.
 */
export function firstDifference(a: Battle, b: Battle): string | undefined {
  if (a.prng.getSeed() !== b.prng.getSeed()) return 'prng';
  return compare(a, b, new Map());
}

function compare(a: unknown, b: unknown, met: Map<object, unknown>): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `: ${show(a)} and ${show(b)}`;
  }
  // The same object on one side must be the same object on the other.
  const known = met.get(a);
  if (known) return known === b ? undefined : ': another object';
  met.set(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return ': another class';
  if (a instanceof Set && b instanceof Set) return compare([...a], [...b], met);
  let left = Object.keys(b).length;
  for (const key in a) {
    left--;
    const [one, other] = [a[key as keyof typeof a], b[key as keyof typeof b]];
    if (one === other || LEFT_OUT.has(key)) continue;
    const difference = compare(one, other, met);
    if (difference) return `.${key}${difference}`;
  }
  return left === 0 ? undefined : `: ${Object.keys(a)} and ${Object.keys(b)}`;
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
