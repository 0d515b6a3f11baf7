import type { Pokemon, Side } from '@pkmn/client';
import type { PokemonRef } from './event.ts';
import { sideId } from './snapshot.ts';
import type { SideId } from './state.ts';

/**
 * Ids of Pokémon, such as `p1-2`, numbered in the order in which they first appeared. They are kept when the client
 * replaces its object.
 */
export class Identities {
  private readonly ids = new Map<Pokemon, string>();
  private readonly seen: Record<SideId, number> = { p1: 0, p2: 0 };
  /** Ids of our team, from its first request. */
  private readonly ownIds = new Set<string>();

  /** The id of a Pokémon; a new one where it has none. */
  readonly idOf = (pokemon: Pokemon): string => {
    const known = this.ids.get(pokemon);
    if (known !== undefined) return known;
    const side = sideId(pokemon.side);
    const id = `${side}-${this.seen[side]++}`;
    this.ids.set(pokemon, id);
    return id;
  };

  refOf(pokemon: Pokemon): PokemonRef {
    return { id: this.idOf(pokemon), side: sideId(pokemon.side), species: pokemon.speciesForme };
  }

  /**
   * The first request lists our team.
   *
   * @param isNew nothing but its leads has appeared so far, and one of them may have come in disguised
   */
  first(side: Side, isNew: boolean): void {
    if (isNew) {
      this.seen[sideId(side)] = 0;
      for (const pokemon of side.team) this.ids.delete(pokemon);
    }
    for (const pokemon of side.team) this.ownIds.add(this.idOf(pokemon));
  }

  /**
   * A later request lists our team: there are as many ids as members, so a member without an id gets the one that is
   * free.
   */
  later({ team }: Side): void {
    for (const pokemon of team) {
      if (this.ownIds.has(this.ids.get(pokemon) ?? '')) continue;
      const taken = new Set(team.map((member) => this.ids.get(member)));
      const free = [...this.ownIds].find((id) => !taken.has(id));
      if (free !== undefined) this.ids.set(pokemon, free);
      this.idOf(pokemon);
    }
  }

  /** The client's object for a Pokémon has been replaced by a new one. */
  replaced(old: Pokemon, replacement: Pokemon): void {
    const id = this.ids.get(old);
    if (id !== undefined && !this.ids.has(replacement)) this.ids.set(replacement, id);
  }

  /**
   * The client replaces a previewed Pokémon's object when it first comes in; the id moves to the new object.
   *
   * @param before the team before the switch
   */
  entered({ team, active }: Side, before: readonly Pokemon[]): void {
    if (team.length !== before.length) return;
    for (const [index, pokemon] of team.entries()) {
      const old = before[index];
      if (old && old !== pokemon && !team.includes(old) && !active.includes(old)) this.replaced(old, pokemon);
    }
  }
}
