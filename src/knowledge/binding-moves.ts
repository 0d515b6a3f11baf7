import { type Combatant, maxHpOf } from './combatant.ts';
import type { Move } from './dex.ts';

/** Chance that a hold of generation 1 that has lasted so many turns goes on: it lasts 2, 3, 4 or 5 with 3/8, 3/8, 1/8, 1/8. */
const GOES_ON: readonly number[] = [0, 1, 5 / 8, 2 / 5, 1 / 2];

/**
 * Chance that a move such as Wrap goes on to hold its target as in generation 1: it cannot miss then and does what its
 * first strike did.
 */
export function holdChance({ pokemon }: Combatant, target: Combatant, move: Move): number {
  const { binding, lastMove } = pokemon;
  if (!binding || binding.target !== target.pokemon.id || lastMove !== move.id) return 0;
  return GOES_ON[binding.uses] ?? 0;
}

/** The points of damage that a move which goes on to hold its target may do; undefined where they are not known. */
export function heldDamage(
  { pokemon: { binding } }: Combatant,
  target: Combatant,
): readonly number[] | undefined {
  if (!binding?.damage) return undefined;
  const [least, most] = binding.damage.map((share) => Math.max(0, Math.round(share * maxHpOf(target))));
  if (least === undefined || most === undefined) return undefined;
  return Array.from({ length: most - least + 1 }, (_, more) => least + more);
}
