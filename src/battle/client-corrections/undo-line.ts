import type { Pokemon } from '@pkmn/client';
import { isOfOriginal } from './copies.ts';

type Id = Pokemon['ability'];
type Slot = Pokemon['moveSlots'][number];

// What the client changes because it misreads a line: each function returns a function that restores it.

/** The client takes every healing move for Healing Wish, and thinks that a Berry that heals is still held. */
export function keepThroughHeal(pokemon: Pokemon, cause: string): () => void {
  const statusState = { ...pokemon.statusState };
  const { item } = pokemon;
  return () => {
    if (cause !== 'movehealingwish' && cause !== 'movelunardance') pokemon.statusState = statusState;
    if (cause.startsWith('item') && cause.endsWith('berry')) pokemon.item = item;
  };
}

/** Restores a condition that the line does not end. */
export function keepVolatile(pokemon: Pokemon | undefined, id: string): (() => void) | undefined {
  const condition = pokemon?.volatiles[id];
  return pokemon && condition ? () => Object.assign(pokemon.volatiles, { [id]: condition }) : undefined;
}

/**
 * A copy of a Pokémon that has since copied a third one uses moves of the second, which the client takes for moves of
 * the third, and so on. Moves that the second had by Transform or Mimic when it was copied are not its own either.
 */
export function keepMovesOfOthers(pokemon: Pokemon, move: string): () => void {
  return keepMoves(originalsOf(pokemon).slice(isOfOriginal(pokemon, move) ? 1 : 0));
}

/** Restores the moves of Pokémon that the line is not about. */
export function keepMoves(pokemon: readonly Pokemon[]): () => void {
  const slots = pokemon.map((other) => [other, [...other.moveSlots]] as [Pokemon, Slot[]]);
  return () => {
    for (const [other, moveSlots] of slots) other.moveSlots = moveSlots;
  };
}

/** The Pokémon that one has copied, the one that this has copied since, and so on. */
export function originalsOf(pokemon: Pokemon): readonly Pokemon[] {
  const originals = new Set<Pokemon>();
  for (let next = pokemon; ; ) {
    const original: Pokemon | undefined = next.volatiles.transform?.pokemon;
    if (!original || original === pokemon || originals.has(original)) return [...originals];
    originals.add(original);
    next = original;
  }
}

/** In generation 1 a frozen Pokémon still has to recharge; Destiny Bond does not end itself, even without PP. */
export function keepThroughCant(pokemon: Pokemon, reason: string, move: string): (() => void) | undefined {
  if (reason === 'frz' && pokemon.side.battle.gen.num === 1) return keepVolatile(pokemon, 'mustrecharge');
  return reason === 'nopp' && move === 'destinybond' ? keepVolatile(pokemon, move) : undefined;
}

/** A move reflected by Magic Bounce is not its bearer's move of the turn. */
export function keepThroughBounce(pokemon: Pokemon): () => void {
  const { lastMove } = pokemon;
  const lasting = Object.entries(pokemon.volatiles).filter(([, { duration }]) => duration === 'move');
  return () => {
    pokemon.lastMove = lastMove;
    Object.assign(pokemon.volatiles, Object.fromEntries(lasting));
  };
}

/** Gastro Acid suppresses the ability but does not remove it. */
export function suppress(pokemon: Pokemon): () => void {
  const { ability } = pokemon;
  return () => {
    pokemon.ability = ability;
    pokemon.addVolatile('gastroacid' as Id);
  };
}
