import type { Battle } from '@pkmn/sim';

/** What a copy does not take over, or what is no part of a battle's state. */
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
  return compare(a, b, new Map(), 'battle');
}

function compare(a: unknown, b: unknown, met: Map<object, unknown>, path: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${path}: ${show(a)} and ${show(b)}`;
  }
  // The same object on one side must be the same object on the other.
  if (met.has(a)) return met.get(a) === b ? undefined : `${path}: another object`;
  met.set(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${path}: another class`;
  if (a instanceof Set && b instanceof Set) return compare([...a], [...b], met, path);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return `${path}: ${keys} and ${Object.keys(b)}`;
  for (const key of keys) {
    if (LEFT_OUT.has(key)) continue;
    const [left, right] = [a, b].map((object) => (object as Record<string, unknown>)[key]);
    const difference = compare(left, right, met, `${path}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
