import type { Pokemon } from '@pkmn/client';
import { isOfOriginal } from './copies.ts';

type Id = Pokemon['ability'];
type Slot = Pokemon['moveSlots'][number];

// What the client makes of a line that it takes for something else: each function returns how to take that back.

/** The client takes every healing move for Healing Wish, and a Berry that heals for one that is still held. */
export function keepThroughHeal(pokemon: Pokemon, cause: string): () => void {
  const statusState = { ...pokemon.statusState };
  const { item } = pokemon;
  return () => {
    if (cause !== 'movehealingwish' && cause !== 'movelunardance') pokemon.statusState = statusState;
    if (cause.startsWith('item') && cause.endsWith('berry')) pokemon.item = item;
  };
}

/** A condition that a line does not end. */
export function keepVolatile(pokemon: Pokemon | undefined, id: string): (() => void) | undefined {
  return pokemon?.hasVolatile(id as Id) ? () => pokemon.addVolatile(id as Id) : undefined;
}

/**
 * Who copied one that has since copied a third uses moves of the second, which the client takes for moves of the third, and
 * so on; and what the second had copied or mimicked when it was copied is not its own.
 */
export function keepMovesOfOthers(pokemon: Pokemon, move: string): () => void {
  return keepMoves(originalsOf(pokemon).slice(isOfOriginal(pokemon, move) ? 1 : 0));
}

/** Moves of others than the line is about. */
export function keepMoves(pokemon: readonly Pokemon[]): () => void {
  const slots = pokemon.map((other) => [other, [...other.moveSlots]] as [Pokemon, Slot[]]);
  return () => {
    for (const [other, moveSlots] of slots) other.moveSlots = moveSlots;
  };
}

/** The Pokémon that one has copied, the one which that has copied since, and so on. */
export function originalsOf(pokemon: Pokemon): readonly Pokemon[] {
  const originals = new Set<Pokemon>();
  for (let next = pokemon; ; ) {
    const original: Pokemon | undefined = next.volatiles.transform?.pokemon;
    if (!original || original === pokemon || originals.has(original)) return [...originals];
    originals.add(original);
    next = original;
  }
}

/** What Magic Bounce sends back is no move of its bearer's turn. */
export function keepThroughBounce(pokemon: Pokemon): () => void {
  const { lastMove } = pokemon;
  const lasting = Object.entries(pokemon.volatiles).filter(([, { duration }]) => duration === 'move');
  return () => {
    pokemon.lastMove = lastMove;
    Object.assign(pokemon.volatiles, Object.fromEntries(lasting));
  };
}

/** Gastro Acid: the ability is still there. */
export function suppress(pokemon: Pokemon): () => void {
  const { ability } = pokemon;
  return () => {
    pokemon.ability = ability;
    pokemon.addVolatile('gastroacid' as Id);
  };
}
