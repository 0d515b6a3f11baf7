import type { Battle, Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';
import { fullPp } from '../power-points.ts';

/** PP that a Leppa Berry restores. */
const LEPPA = 10;

/**
 * Corrects the PP of a move after the client has followed a line about them. The client records PP that Grudge takes as an
 * infinite number, which nothing could restore, and does not know that Ripen doubles what a Leppa Berry restores.
 *
 * @param effect id of the effect that the line names
 * @param move id of the move whose PP change
 */
export function correctPp({ gen }: Battle, pokemon: Pokemon, effect: string, move: string): void {
  if (effect === 'leppaberry' && pokemon.ability === 'ripen')
    pokemon.rememberMove(move as Pokemon['lastMove'], -LEPPA);
  if (effect !== 'grudge') return;
  for (const slot of pokemon.moveSlots) {
    const data = gen.moves.get(slot.id);
    const max = 'maxpp' in slot ? slot.maxpp : data && fullPp(gen.num, data);
    if (toId(slot.name) === move && max !== undefined) slot.ppUsed = max;
  }
}
