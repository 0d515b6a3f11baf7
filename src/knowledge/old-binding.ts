import { type Combatant, maxHpOf } from './combatant.ts';
import type { Move } from './dex.ts';

/**
 * Chance that a binding move of generation 1 continues after so many turns: it lasts 2, 3, 4 or 5 with 3/8, 3/8, 1/8,
 * 1/8.
 */
const GOES_ON: readonly number[] = [0, 1, 5 / 8, 2 / 5, 1 / 2];

/**
 * Chance that a move such as Wrap keeps binding its target as in generation 1: it then cannot miss and repeats the
 * damage of its first hit.
 */
export function bindingChance({ pokemon }: Combatant, target: Combatant, move: Move): number {
  const { binding, lastMove } = pokemon;
  if (!binding || binding.target !== target.pokemon.id || lastMove !== move.id) return 0;
  return GOES_ON[binding.uses] ?? 0;
}

/** The points of damage that a continued binding move may do; undefined when unknown. */
export function bindingDamage(
  { pokemon: { binding } }: Combatant,
  target: Combatant,
): readonly number[] | undefined {
  if (!binding?.damage) return undefined;
  const [least, most] = binding.damage.map((share) => Math.max(0, Math.round(share * maxHpOf(target))));
  if (least === undefined || most === undefined) return undefined;
  return Array.from({ length: most - least + 1 }, (_, more) => least + more);
}
