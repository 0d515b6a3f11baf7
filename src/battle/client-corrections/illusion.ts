import type { Battle, Pokemon, Side } from '@pkmn/client';
import type { SideId } from '../state.ts';

/** What is known of a Pokémon, on the field or not. */
type Known = Pick<
  Pokemon,
  | 'details'
  | 'searchid'
  | 'terastallized'
  | 'hp'
  | 'maxhp'
  | 'hpcolor'
  | 'status'
  | 'statusState'
  | 'ability'
  | 'baseAbility'
  | 'item'
  | 'itemEffect'
  | 'lastItem'
  | 'lastItemEffect'
  | 'moveSlots'
>;

/**
 * Works out which Pokémon comes in: the client takes some known Pokémon for new ones, and believes in an Illusion long
 * after it has ended.
 */
export class Disguises {
  private readonly battle: Battle;
  /** What was known of each Pokémon when it last left the field. */
  private readonly benched = new Map<Pokemon, Known>();
  /** Pokémon that have taken a hit since they came in which would have ended an Illusion. */
  private readonly real = new Set<Pokemon>();
  /** How many have fainted disguised as another Pokémon that turned out to be alive. */
  readonly faintedUnseen: Record<SideId, number> = { p1: 0, p2: 0 };

  /** Pokémon whose types were shown as those of the Pokémon they look like. */
  private readonly shownTypes = new Set<Pokemon>();

  private readonly shown: string[] = [];
  private readonly hidden = new Map<Pokemon, Pokemon['searchid']>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Before the client sees a switch: makes sure that it recognizes the Pokémon. */
  entering(ident: string, details: string, health: string, onLeft: (pokemon: Pokemon) => void): void {
    const side = this.battle[ident.slice(0, 2) as SideId];
    const slot = slotOf(ident);
    const standing = side.active[slot] ?? null;
    const searchid = `${benchIdent(ident)}|${details}` as Pokemon['searchid'];
    // A Pokémon that is already on the field can only come in as the disguise of another.
    const isDisguise = this.battle.gen.num >= FIRST_ILLUSION;
    const possible = side.team.filter(
      (member) => (isDisguise && member === standing) || !side.active.includes(member),
    );
    const exact = possible.filter((member) => member.searchid === searchid);
    const similar = possible.filter((member) => plainDetails(member.searchid) === plainDetails(searchid));
    const alike = exact.length > 0 ? exact : similar;
    const pokemon =
      alike.find((member) => healthOf(member) === health) ??
      (this.isTwin(side, alike, details, health)
        ? undefined
        : (alike.find(({ fainted }) => !fainted) ?? alike[0]));
    this.hide(alike.filter((member) => member !== pokemon));
    if (!pokemon) return;
    if (pokemon.searchid !== searchid) Object.assign(pokemon, { details, searchid });
    // The client does not let the Pokémon that left last come back at once.
    if (side.lastPokemon === pokemon) side.lastPokemon = null;
    if (pokemon === standing) {
      this.standDown(standing, slot);
      onLeft(standing);
    } else if (pokemon.fainted) {
      this.bringBack(pokemon);
    }
  }

  /**
   * Whether the Pokémon that comes in is an unseen one of the same looks. It is when all seen ones have fainted or,
   * before generation 5, were less healthy: nothing disguises itself there, HP do not change on the bench, and status
   * heals there only from generation 3 on.
   */
  private isTwin(
    { team, totalPokemon }: Side,
    alike: readonly Pokemon[],
    details: string,
    health: string,
  ): boolean {
    const { num } = this.battle.gen;
    // Team preview has also shown Pokémon that have not come in.
    const isPreviewed = (member: Pokemon): boolean =>
      !member.searchid && member.checkDetails(details as Pokemon['details']);
    if (team.length >= totalPokemon && !team.some(isPreviewed)) return false;
    if (num >= FIRST_ILLUSION) return alike.every((member) => member.fainted && this.real.has(member));
    const mayHeal = num >= 3 && !health.includes(' ');
    return alike.every(
      (member) =>
        member.fainted || (mayHeal ? `${member.hp}/${member.maxhp}` !== health : healthOf(member) !== health),
    );
  }

  /** After a switch. When two on the field look the same, the client drops the first. */
  entered(pokemon: Pokemon): void {
    const { side } = pokemon;
    this.real.delete(pokemon);
    for (const [twin, searchid] of this.hidden) twin.searchid = searchid;
    this.hidden.clear();
    for (const active of side.active) if (active && !side.team.includes(active)) side.team.push(active);
  }

  /** Keeps the client from taking the first of two look-alikes of one species for the one that comes in. */
  private hide(twins: readonly Pokemon[]): void {
    for (const twin of twins) {
      this.hidden.set(twin, twin.searchid);
      twin.searchid = HIDDEN;
    }
  }

  /** After a Pokémon has left the field. */
  left(pokemon: Pokemon): void {
    this.benched.set(pokemon, copyKnown(pokemon));
    this.shownTypes.delete(pokemon);
    this.dropTwin(pokemon);
  }

  /** A move has hit a Pokémon: that ends an Illusion, and the next lines say so. */
  struck(pokemon: Pokemon): void {
    this.real.add(pokemon);
  }

  /** From generation 7 on, players are shown the current types of the Pokémon that seems to be on the field. */
  showedType(pokemon: Pokemon): void {
    this.shownTypes.add(pokemon);
  }

  /** An Illusion ended: what was learned about the imitated Pokémon belongs to the real one. */
  unmask(masked: Pokemon, real: Pokemon): void {
    this.real.delete(masked);
    const known = this.benched.get(masked) ?? unseen(masked);
    for (const slot of masked.moveSlots) {
      if (slot.virtual) continue;
      const before = known.moveSlots.find(({ id }) => id === slot.id);
      const used = mostUsed(slot.ppUsed) - mostUsed(before?.ppUsed ?? 0);
      if (!before || used > 0) real.rememberMove(slot.name, used);
    }
    if (masked.item !== known.item || masked.lastItem !== known.lastItem) {
      real.item = masked.item;
      real.itemEffect = masked.itemEffect;
      real.lastItem = masked.lastItem;
      real.lastItemEffect = masked.lastItemEffect;
    }
    if (this.shownTypes.has(masked)) real.removeVolatile('typechange' as Pokemon['ability']);
    Object.assign(masked, copyKnown(known));
    this.dropTwin(masked);
  }

  /** Team preview has shown a Pokémon. */
  previewed(side: string, details: string): void {
    this.shown.push(`${side}|${plainDetails(details)}`);
  }

  /**
   * Of two look-alikes, the one that leaves was never there: unless there are two of it, only one can be on the team.
   */
  private dropTwin(pokemon: Pokemon): void {
    const { side, searchid } = pokemon;
    if (this.battle.gen.num < FIRST_ILLUSION) return;
    const look = `${side.n === 0 ? 'p1' : 'p2'}|${plainDetails(pokemon.details)}`;
    if (this.shown.filter((shown) => shown === look).length > 1) return;
    const twin = side.active.some((active) => active !== pokemon && active?.searchid === searchid);
    if (twin) side.team = side.team.filter((member) => member !== pokemon);
  }

  /**
   * The Pokémon that comes in seems to be on the field already: it is another with Illusion, and the one it imitates
   * leaves.
   */
  private standDown(standing: Pokemon, slot: number): void {
    const { side } = standing;
    // Baton Pass takes what it passes on from the Pokémon that left last.
    const passing: Pokemon = Object.assign(Object.create(Object.getPrototypeOf(standing)), standing);
    side.switchOut(standing, undefined, slot);
    side.lastPokemon = passing;
  }

  /** The Pokémon that comes in has not fainted: the one that fainted was an unseen one with Illusion. */
  private bringBack(fainted: Pokemon): void {
    Object.assign(fainted, copyKnown(this.benched.get(fainted) ?? unseen(fainted)), { fainted: false });
    this.faintedUnseen[fainted.side.n === 0 ? 'p1' : 'p2']++;
  }
}

/** 0-based position on the field that an ident such as `p1a: Nickname` names. */
export function slotOf(ident: string): number {
  return 'abc'.indexOf(ident.charAt(2));
}

/** `p1a: Nickname` without the position. */
export function benchIdent(ident: string): string {
  return ident.slice(0, 2) + ident.slice(3);
}

/** Details without the parts that change during a battle or may be hidden. */
export function plainDetails(details: string): string {
  return details.replace(/, (?:shiny|tera:\w+)/g, '').replace('Morpeko-Hangry', 'Morpeko');
}

/** The generation that introduced Illusion. */
const FIRST_ILLUSION = 5;
const HIDDEN = 'hidden' as Pokemon['searchid'];

/** HP and status as lines write them. */
function healthOf({ hp, maxhp, status, fainted }: Pokemon): string {
  return fainted ? '' : `${hp}/${maxhp}${status ? ` ${status}` : ''}`;
}

function mostUsed(used: number | [number, number]): number {
  return Array.isArray(used) ? Math.max(...used) : used;
}

function copyKnown(pokemon: Known): Known {
  return {
    details: pokemon.details,
    searchid: pokemon.searchid,
    terastallized: pokemon.terastallized,
    hp: pokemon.hp,
    maxhp: pokemon.maxhp,
    hpcolor: pokemon.hpcolor,
    status: pokemon.status,
    ability: pokemon.ability,
    baseAbility: pokemon.baseAbility,
    item: pokemon.item,
    itemEffect: pokemon.itemEffect,
    lastItem: pokemon.lastItem,
    lastItemEffect: pokemon.lastItemEffect,
    statusState: { ...pokemon.statusState },
    moveSlots: pokemon.moveSlots.map((slot) => ({ ...slot })),
  };
}

/** What would be known of a Pokémon that had never come in. */
function unseen(pokemon: Pokemon): Known {
  const tera = /, tera:\w+/;
  const nothing = '' as Pokemon['ability'];
  return {
    details: pokemon.details.replace(tera, '') as Pokemon['details'],
    searchid: pokemon.searchid.replace(tera, '') as Pokemon['searchid'],
    terastallized: undefined,
    ...{ hp: pokemon.maxhp, maxhp: pokemon.maxhp, hpcolor: 'g', status: undefined },
    ...{ ability: nothing, baseAbility: nothing },
    ...{ item: nothing, itemEffect: '', lastItem: nothing, lastItemEffect: '' },
    statusState: { sleepTurns: 0, toxicTurns: 0 },
    moveSlots: [],
  };
}
