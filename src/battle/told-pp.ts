import type { Battle, Pokemon } from '@pkmn/client';
import { toId } from './generations.ts';
import { fullPp } from './power-points.ts';

/** PP that a Leppa Berry gives back. */
const LEPPA = 10;

/**
 * After the client has followed a line by which a Pokémon loses or regains PP. It takes what Grudge spends for endless,
 * so that nothing gives it back, and does not know that Ripen doubles what a Leppa Berry gives.
 *
 * @param effect id of what the line tells of
 * @param move id of the move whose PP they are
 */
export function settlePp({ gen }: Battle, pokemon: Pokemon, effect: string, move: string): void {
  if (effect === 'leppaberry' && pokemon.ability === 'ripen')
    pokemon.rememberMove(move as Pokemon['lastMove'], -LEPPA);
  if (effect !== 'grudge') return;
  for (const slot of pokemon.moveSlots) {
    const data = gen.moves.get(slot.id);
    const max = 'maxpp' in slot ? slot.maxpp : data && fullPp(gen.num, data);
    if (toId(slot.name) === move && max !== undefined) slot.ppUsed = max;
  }
}
