import { Dex, type PokemonSet, Teams } from '@pkmn/sim';
import type { Random } from '../../src/util/random.ts';

/** Deals the cards of a pile one by one, reshuffling when the pile is used up. */
class Deck {
  private readonly cards: readonly string[];
  private readonly random: Random;
  private left: string[] = [];

  constructor(cards: readonly string[], random: Random) {
    this.cards = cards;
    this.random = random;
  }

  deal(): string {
    if (this.left.length === 0) this.left = [...this.cards];
    const [card = ''] = this.left.splice(this.random.below(this.left.length), 1);
    return card;
  }
}

/** Formes that only arise in battle. */
const MADE_IN_BATTLE =
  /-(Mega|Mega-[XYZ]|Gmax|Primal|Totem|Eternamax|Busted|Noice|Hero|Zen|Complete|Meteor|School)\b/;

/**
 * Teams of any species with any moves, ability and item of a generation, legal or not. Everything is dealt once before
 * anything is dealt twice, so that a few dozen teams cover nearly the whole game.
 */
export class AnyTeams {
  private readonly decks: Readonly<Record<'species' | 'moves' | 'abilities' | 'items', Deck>>;
  private readonly random: Random;
  private readonly gen: number;

  constructor(gen: number, random: Random) {
    const dex = Dex.forGen(gen);
    const exists = ({ isNonstandard }: { readonly isNonstandard?: string | null }): boolean => !isNonstandard;
    const deck = (ids: readonly string[]): Deck => new Deck(ids, random);
    this.random = random;
    this.gen = gen;
    this.decks = {
      species: deck(
        dex.species
          .all()
          .filter((one) => exists(one) && !one.battleOnly && !MADE_IN_BATTLE.test(one.name))
          .map(({ name }) => name),
      ),
      moves: deck(
        dex.moves
          .all()
          .filter((one) => exists(one) && !one.isZ && !one.isMax && !one.realMove)
          .map(({ id }) => id),
      ),
      abilities: deck(
        dex.abilities
          .all()
          .filter(exists)
          .map(({ id }) => id),
      ),
      items: deck(
        dex.items
          .all()
          .filter((one) => exists(one) && !one.isPokeball && !one.zMove && !one.megaStone)
          .map(({ id }) => id),
      ),
    };
  }

  /** A packed team of this many different species. */
  deal(size: number): string {
    return Teams.pack(Array.from({ length: size }, () => this.set()));
  }

  private set(): PokemonSet {
    const { gen, random, decks } = this;
    const species = decks.species.deal();
    const data = Dex.forGen(gen).species.get(species);
    const own = Object.values(data.abilities);
    const spread = (value: number): PokemonSet['evs'] => ({
      ...{ hp: value, atk: value, def: value, spa: value, spd: value, spe: value },
    });
    // Some abilities belong to one species, so half of the sets have one of their own.
    const ability = random.below(2) === 0 ? random.pick(own) : decks.abilities.deal();
    const required = data.requiredItems?.[0] ?? data.requiredItem;
    return {
      ...{ name: species, species, nature: 'Serious', gender: '', level: 70 + random.below(21) },
      ability: gen >= 3 ? ability : '',
      item: gen >= 2 ? (required ?? (random.below(3) === 0 ? '' : decks.items.deal())) : '',
      moves: Array.from({ length: 4 }, () => decks.moves.deal()),
      ...{ evs: spread(84), ivs: spread(31) },
      ...(gen >= 9 ? { teraType: random.pick(Dex.types.names()) } : {}),
    };
  }
}
