import type { Pokemon, Side } from '@pkmn/client';
import type { RequestPokemon } from './request.ts';
import type { PokemonState } from './state.ts';

/**
 * Keeps the states of benched Pokémon until something may have changed them: a line that names them, or a request that
 * says something new about them. Most of a team sits on the bench, so most of a snapshot can be reused.
 */
export class BenchCache {
  private readonly states = new Map<Pokemon, PokemonState>();

  /** @param requestSlot its place in the current request; undefined for the opponent's */
  stateOf(pokemon: Pokemon, requestSlot: number | undefined): PokemonState | undefined {
    // A request may have put a disguised Pokémon on the field that no line has named.
    if (pokemon.side.active.includes(pokemon)) return undefined;
    const known = this.states.get(pokemon);
    return known?.requestSlot === requestSlot ? known : undefined;
  }

  /** Stores the states of a side that was just read. */
  keep({ active }: Side, states: ReadonlyMap<Pokemon, PokemonState>): void {
    for (const [pokemon, state] of states) {
      if (active.includes(pokemon)) this.states.delete(pokemon);
      else this.states.set(pokemon, state);
    }
  }

  /** A line was about this Pokémon. */
  named(pokemon: Pokemon | undefined): void {
    if (pokemon) this.states.delete(pokemon);
  }

  /**
   * A Pokémon comes in: the one on the field may go to the bench, and is no longer as it was when it last sat there.
   */
  entering({ active }: Side): void {
    for (const pokemon of active) this.named(pokemon ?? undefined);
  }

  /** A line was about whole teams. */
  clear(): void {
    this.states.clear();
  }

  /** A request has come; `before` is what the previous one said about the same team. */
  requested(
    team: readonly Pokemon[],
    now: readonly RequestPokemon[],
    before: readonly RequestPokemon[] | undefined,
  ): void {
    for (const [index, pokemon] of team.entries()) {
      const slot = this.states.get(pokemon)?.requestSlot;
      if (slot === undefined) continue;
      const [entry, last] = [now[index], before?.[slot - 1]];
      if (!entry || !last || !isUnchanged(entry, last)) this.states.delete(pokemon);
    }
  }
}

/** Whether two entries of requests say the same about a benched Pokémon. */
function isUnchanged(a: RequestPokemon, b: RequestPokemon): boolean {
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
