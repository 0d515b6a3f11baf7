import type { Battle, Pokemon } from '@pkmn/client';
import { makesZMove } from './z-crystal.ts';

type Slot = Pokemon['moveSlots'][number];

/**
 * Takes what a Z-Move cost from the move beneath it: the client counts it as a move of its own. Nothing is taken where
 * the Pokémon's moves are not known from requests, or more than one of them may lie beneath.
 *
 * @param zMove id of the Z-Move, as the client has just counted it
 */
export function chargeMoveBeneath({ gen }: Battle, pokemon: Pokemon, zMove: string): void {
  const { isZ } = gen.moves.get(zMove) ?? {};
  const crystal = typeof isZ === 'string' ? gen.items.get(isZ) : undefined;
  // The client itself charges the one move that a crystal is made for.
  if (!crystal || crystal.zMoveFrom !== undefined) return;
  const used = pokemon.moveSlots.find(({ id }) => id === zMove);
  const isCopy = pokemon.hasVolatile('transform' as Pokemon['ability']);
  const [beneath, ...others] = pokemon.moveSlots.filter(({ id, virtual, ...slot }) => {
    const move = gen.moves.get(id);
    const isTold = 'maxpp' in slot && Boolean(virtual) === isCopy;
    return isTold && move && move.category !== 'Status' && makesZMove(crystal, move);
  });
  if (used && beneath && others.length === 0) beneath.ppUsed = most(beneath) + most(used);
}

function most({ ppUsed }: Slot): number {
  return Array.isArray(ppUsed) ? Math.max(...ppUsed) : ppUsed;
}
