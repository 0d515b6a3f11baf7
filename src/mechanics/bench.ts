import type { Pokemon } from './pokemon.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Whether a Pokémon on the bench can come in. */
export function hasBench(side: Side): boolean {
  for (const pokemon of side.pokemon) {
    if (pokemon.hp > 0 && pokemon !== side.active) return true;
  }
  return false;
}

/** A random Pokémon on the bench that can come in; undefined when there is none. */
export function randomFromBench(p: SearchState, side: Side): Pokemon | undefined {
  let found: Pokemon | undefined;
  let seen = 0;
  for (const pokemon of side.pokemon) {
    if (pokemon.hp <= 0 || pokemon === side.active) continue;
    seen++;
    if (p.random() * seen < 1) found = pokemon;
  }
  return found;
}
