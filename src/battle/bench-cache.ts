import type { Pokemon, Side } from '@pkmn/client';
import type { RequestPokemon } from './request.ts';
import type { PokemonState } from './state.ts';

/**
 * Remembers the states of those on the bench for as long as nothing can have changed them: no line has named them, and
 * requests tell the same of them. Most of a team sits on the bench, so most of a snapshot need not be made anew.
 */
export class BenchCache {
  private readonly states = new Map<Pokemon, PokemonState>();

  /** @param requestSlot its place in the request now; undefined for the foe's */
  stateOf(pokemon: Pokemon, requestSlot: number | undefined): PokemonState | undefined {
    // A request may have put one on the field that no line has named, in disguise.
    if (pokemon.side.active.includes(pokemon)) return undefined;
    const known = this.states.get(pokemon);
    return known?.requestSlot === requestSlot ? known : undefined;
  }

  /** Takes the states of a side that was just looked at. */
  keep({ active }: Side, states: ReadonlyMap<Pokemon, PokemonState>): void {
    for (const [pokemon, state] of states) {
      if (active.includes(pokemon)) this.states.delete(pokemon);
      else this.states.set(pokemon, state);
    }
  }

  /** A line has been about a Pokémon. */
  named(pokemon: Pokemon | undefined): void {
    if (pokemon) this.states.delete(pokemon);
  }

  /** Somebody comes in: who stands on the field may be on the bench afterwards, and is not as it last sat there. */
  entering({ active }: Side): void {
    for (const pokemon of active) this.named(pokemon ?? undefined);
  }

  /** Something is about whole teams. */
  clear(): void {
    this.states.clear();
  }

  /** A request has come: `before` is what the one before told of the same team. */
  told(
    team: readonly Pokemon[],
    now: readonly RequestPokemon[],
    before: readonly RequestPokemon[] | undefined,
  ): void {
    for (const [index, pokemon] of team.entries()) {
      const slot = this.states.get(pokemon)?.requestSlot;
      if (slot === undefined) continue;
      const [entry, last] = [now[index], before?.[slot - 1]];
      if (!entry || !last || !isTold(entry, last)) this.states.delete(pokemon);
    }
  }
}

/** Whether two entries of requests tell the same of one on the bench. */
function isTold(a: RequestPokemon, b: RequestPokemon): boolean {
  return (
    a.active === b.active &&
    a.condition === b.condition &&
    a.item === b.item &&
    a.ability === b.ability &&
    a.baseAbility === b.baseAbility &&
    a.teraType === b.teraType &&
    a.terastallized === b.terastallized &&
    a.details === b.details &&
    a.ident === b.ident &&
    a.moves.length === b.moves.length &&
    a.moves.every((move, index) => move === b.moves[index])
  );
}
