import { toId } from './generations.ts';

/**
 * Whether the line of an item's end is about the effect of a Micle Berry, eaten some time before: a move was surer to hit.
 * Whoever it was flung at may hold something else.
 *
 * @param kwArgs the line's named parts
 */
export function isBerryEffect(
  item: string,
  kwArgs: { readonly eat?: unknown; readonly from?: unknown },
): boolean {
  return toId(item) === 'micleberry' && kwArgs.eat === undefined && kwArgs.from === undefined;
}
