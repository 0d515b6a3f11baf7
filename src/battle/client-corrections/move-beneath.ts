import type { Battle, Pokemon } from '@pkmn/client';
import { makesZMove } from '../z-crystal.ts';

type Slot = Pokemon['moveSlots'][number];
type Move = NonNullable<ReturnType<Battle['gen']['moves']['get']>>;

/**
 * Charges the PP of a Z-Move or Max Move to the base move: the client counts the Z-Move or Max Move as a move of its
 * own. Nothing is charged when the Pokémon's moves are not known from requests, or when more than one could be the base
 * move.
 *
 * @param used id of the move, as the client has just counted it
 */
export function chargeMoveBeneath({ gen }: Battle, pokemon: Pokemon, used: string): void {
  const move = gen.moves.get(used);
  const mayLieBeneath = move && baseOf(gen, move);
  const slot = pokemon.moveSlots.find(({ id }) => id === used);
  if (!mayLieBeneath || !slot) return;
  // Each use is charged once.
  pokemon.moveSlots = pokemon.moveSlots.filter((other) => other !== slot);
  const isCopy = pokemon.hasVolatile('transform' as Pokemon['ability']);
  const [beneath, ...others] = pokemon.moveSlots.filter(({ id, virtual, ...known }) => {
    const base = gen.moves.get(id);
    return 'maxpp' in known && Boolean(virtual) === isCopy && base && mayLieBeneath(base);
  });
  if (beneath && others.length === 0) beneath.ppUsed = most(beneath) + most(slot);
}

/**
 * Tests whether a move can be the base of another; undefined when the other has no base move, or the client charges it
 * itself.
 */
function baseOf(gen: Battle['gen'], { id, type, isZ, isMax }: Move): ((base: Move) => boolean) | undefined {
  if (id === 'maxguard') return ({ category }) => category === 'Status';
  if (isMax) return (base) => base.category !== 'Status' && base.type === type;
  const crystal = typeof isZ === 'string' ? gen.items.get(isZ) : undefined;
  // The client itself charges the base move of a crystal made for one move.
  if (!crystal || crystal.zMoveFrom !== undefined) return undefined;
  return (base) => base.category !== 'Status' && makesZMove(crystal, base);
}

function most({ ppUsed }: Slot): number {
  return Array.isArray(ppUsed) ? Math.max(...ppUsed) : ppUsed;
}
