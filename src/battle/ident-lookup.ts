import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';
import type { PokemonRef } from './event.ts';
import { toId } from './generations.ts';
import type { Identities } from './identities.ts';
import { sideOfIdent } from './line-kinds.ts';
import type { Names } from './parse-event.ts';
import { otherSide, type SideId } from './state.ts';

/** Resolves the names in a line: Pokémon by idents such as `p1a: Gengar`, sides by their players' names. */
export class IdentLookup implements Names {
  private readonly battle: Battle;
  private readonly own: SideId;
  private readonly identities: Identities;

  /** @param own the side that is looked at first: both players may have the same name */
  constructor(battle: Battle, own: SideId, identities: Identities) {
    this.battle = battle;
    this.own = own;
    this.identities = identities;
  }

  /** The Pokémon at the ident's position, or else the one with its name. */
  find(ident: string | undefined): Pokemon | undefined {
    const side = sideOfIdent(ident);
    if (ident === undefined || side === undefined) return undefined;
    const standing = this.battle[side].active['abc'.indexOf(ident.charAt(2))];
    return standing ?? this.battle.getPokemon(ident as Protocol.PokemonIdent) ?? undefined;
  }

  pokemon(ident: string | undefined): PokemonRef | undefined {
    const pokemon = this.find(ident);
    return pokemon && this.identities.refOf(pokemon);
  }

  side(name: string | undefined): SideId | undefined {
    const id = toId(name ?? '');
    return [this.own, otherSide(this.own)].find((side) => {
      const player = this.battle[side].name;
      return player === name || toId(player) === id;
    });
  }
}
