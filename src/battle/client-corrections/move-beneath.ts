import type { Battle, Pokemon } from '@pkmn/client';
import { makesZMove } from '../z-crystal.ts';

type Slot = Pokemon['moveSlots'][number];
type Move = NonNullable<ReturnType<Battle['gen']['moves']['get']>>;

/**
 * Takes what a Z-Move or Max Move cost from the move beneath it: the client counts it as a move of its own. Nothing is
 * taken where the Pokémon's moves are not known from requests, or more than one of them may lie beneath.
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

/** Tells whether a move may lie beneath another one; undefined for one beneath which none lies, or that the client charges. */
function baseOf(gen: Battle['gen'], { id, type, isZ, isMax }: Move): ((base: Move) => boolean) | undefined {
  if (id === 'maxguard') return ({ category }) => category === 'Status';
  if (isMax) return (base) => base.category !== 'Status' && base.type === type;
  const crystal = typeof isZ === 'string' ? gen.items.get(isZ) : undefined;
  // The client itself charges the one move that a crystal is made for.
  if (!crystal || crystal.zMoveFrom !== undefined) return undefined;
  return (base) => base.category !== 'Status' && makesZMove(crystal, base);
}

function most({ ppUsed }: Slot): number {
  return Array.isArray(ppUsed) ? Math.max(...ppUsed) : ppUsed;
}
