import type { Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';

type Id = Pokemon['ability'];

const AS_ONE = new Set(['asone', 'unnerve', 'chillingneigh', 'grimneigh']);

/** Abilities that are not their bearers' own: the client does not know that they end when the bearer leaves. */
export class ChangedAbilities {
  /** Base abilities of Pokémon that have another ability until they leave. */
  private readonly base = new Map<Pokemon, Id>();
  /** What the running move has made of abilities: of some, which may still show, it has made others. */
  private readonly replaced = new Map<Pokemon, { readonly old: string; readonly ability: Id }>();
  /** Pokémon that have announced As One. */
  private readonly asOne = new Set<Pokemon>();

  /** The ability about to be set is not the Pokémon's own; `old`, where the line names it, was. */
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

  /** A request has listed the base abilities of our Pokémon. */
  noteBase(team: readonly Pokemon[]): void {
    for (const pokemon of team) {
      if (this.base.has(pokemon)) this.base.set(pokemon, pokemon.baseAbility);
    }
  }

  /** A Pokémon acts: the abilities that show from now on are in effect. */
  nextAction(): void {
    this.replaced.clear();
  }

  /**
   * An ability has been replaced while a move strikes. The same strike may still set it off: Poison Touch poisons a Mummy
   * that has just made a Mummy of its bearer.
   *
   * @param old the ability that it had
   */
  madeOver(pokemon: Pokemon | undefined, old: string): void {
    if (pokemon) this.replaced.set(pokemon, { old: toId(old), ability: pokemon.ability });
  }

  /** Two Pokémon exchange their abilities. Returns what to do when the line does not name them. */
  swap(one: Pokemon, other: Pokemon): () => void {
    const [ability, others] = [one.ability, other.ability];
    this.alter(one);
    this.alter(other);
    return () => {
      if (one.ability === ability) one.ability = others;
      if (other.ability === others) other.ability = ability;
      this.madeOver(one, other.ability);
      this.madeOver(other, one.ability);
    };
  }

  /** A change of forme changes the ability for good. */
  changedForme(pokemon: Pokemon): void {
    this.base.delete(pokemon);
    this.replaced.delete(pokemon);
  }

  /** Restores abilities and base abilities that a line has overwritten. */
  restore(): void {
    for (const [pokemon, { old, ability }] of this.replaced)
      if (pokemon.ability === old) pokemon.ability = ability;
    for (const [altered, base] of this.base) altered.baseAbility = base;
  }

  /** A Pokémon has left the field and has its own ability again. */
  left(pokemon: Pokemon): void {
    const base = this.base.get(pokemon);
    this.base.delete(pokemon);
    this.replaced.delete(pokemon);
    pokemon.ability = base ?? pokemon.baseAbility;
  }
}
