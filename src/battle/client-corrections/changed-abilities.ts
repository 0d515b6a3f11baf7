import type { Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';

type Id = Pokemon['ability'];

const AS_ONE = new Set(['asone', 'unnerve', 'chillingneigh', 'grimneigh']);

/** Abilities that are not their bearers' own: the client does not know that they last until the bearer leaves. */
export class ChangedAbilities {
  /** Base abilities of those that have another for as long as they stay in. */
  private readonly base = new Map<Pokemon, Id>();
  /** Who has announced As One. */
  private readonly asOne = new Set<Pokemon>();

  /** The ability about to be set is not the Pokémon's own; `old`, where it is told, was. */
  alter(pokemon: Pokemon | undefined, old = ''): void {
    if (!pokemon || this.base.has(pokemon)) return;
    this.base.set(pokemon, pokemon.baseAbility || (toId(old) as Id));
  }

  /** As One announces itself and then, one by one, the two abilities it consists of. */
  announced(pokemon: Pokemon, ability: string): void {
    if (ability === 'asone') this.asOne.add(pokemon);
    if (!AS_ONE.has(ability) || !this.asOne.has(pokemon)) return;
    pokemon.ability = (pokemon.speciesForme === 'Calyrex-Ice' ? 'asoneglastrier' : 'asonespectrier') as Id;
    pokemon.baseAbility = pokemon.ability;
  }

  /** A request has told the base abilities of our Pokémon. */
  toldBase(team: readonly Pokemon[]): void {
    for (const pokemon of team) {
      if (this.base.has(pokemon)) this.base.set(pokemon, pokemon.baseAbility);
    }
  }

  /** Two exchange their abilities. Returns what to do where the line does not say which. */
  swap(one: Pokemon, other: Pokemon): () => void {
    const [ability, others] = [one.ability, other.ability];
    this.alter(one);
    this.alter(other);
    return () => {
      if (one.ability === ability) one.ability = others;
      if (other.ability === others) other.ability = ability;
    };
  }

  /** A change of forme brings another ability for good. */
  changedForme(pokemon: Pokemon): void {
    this.base.delete(pokemon);
  }

  /** Takes back what a line has made of base abilities. */
  keepBase(): void {
    for (const [altered, base] of this.base) altered.baseAbility = base;
  }

  /** A Pokémon has left the field, and has its own again. */
  left(pokemon: Pokemon): void {
    const base = this.base.get(pokemon);
    this.base.delete(pokemon);
    pokemon.ability = base ?? pokemon.baseAbility;
  }
}
