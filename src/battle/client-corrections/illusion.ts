import type { Battle, Pokemon, Side } from '@pkmn/client';
import type { SideId } from '../state.ts';

/** What is known of a Pokémon, whether or not it stands on the field. */
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
 * Tells apart who is who when Pokémon come in: the client takes some it knows for new ones, and believes an Illusion
 * long after it has ended.
 */
export class Disguises {
  private readonly battle: Battle;
  /** What was known of each Pokémon when it last left the field. */
  private readonly benched = new Map<Pokemon, Known>();
  /** Who has taken a hit since it came in that would have ended an Illusion. */
  private readonly real = new Set<Pokemon>();
  /** How many have fainted in the likeness of another that turned out to be alive. */
  readonly faintedUnseen: Record<SideId, number> = { p1: 0, p2: 0 };

  /** Whose types were shown to the players as those of the Pokémon it looks like. */
  private readonly shownTypes = new Set<Pokemon>();

  private readonly shown: string[] = [];
  private readonly hidden = new Map<Pokemon, Pokemon['searchid']>();

  constructor(battle: Battle) {
    this.battle = battle;
  }

  /** Before the client sees who comes in: makes sure that it recognizes who that is. */
  entering(ident: string, details: string, health: string, onLeft: (pokemon: Pokemon) => void): void {
    const side = this.battle[ident.slice(0, 2) as SideId];
    const slot = slotOf(ident);
    const standing = side.active[slot] ?? null;
    const searchid = `${benchIdent(ident)}|${details}` as Pokemon['searchid'];
    // Who stands there can only come in as the disguise of another.
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
    // The client does not let the last one to leave come back at once.
    if (side.lastPokemon === pokemon) side.lastPokemon = null;
    if (pokemon === standing) {
      this.standDown(standing, slot);
      onLeft(standing);
    } else if (pokemon.fainted) {
      this.bringBack(pokemon);
    }
  }

  /**
   * Whether who comes in is another of the same looks that has not been seen: those that were are known to have fainted,
   * or, before generation 5, not to be as healthy. There nobody disguises itself, nobody gains or loses HP on the bench,
   * and only from generation 3 on may a status heal there.
   */
  private isTwin(
    { team, totalPokemon }: Side,
    alike: readonly Pokemon[],
    details: string,
    health: string,
  ): boolean {
    const { num } = this.battle.gen;
    // Team preview has shown those, too, that have not come in.
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

  /** After somebody has come in. With two on the field that look the same, the client drops the first. */
  entered(pokemon: Pokemon): void {
    const { side } = pokemon;
    this.real.delete(pokemon);
    for (const [twin, searchid] of this.hidden) twin.searchid = searchid;
    this.hidden.clear();
    for (const active of side.active) if (active && !side.team.includes(active)) side.team.push(active);
  }

  /** Keeps the client from taking the first of two of a species that look the same for the one that comes in. */
  private hide(twins: readonly Pokemon[]): void {
    for (const twin of twins) {
      this.hidden.set(twin, twin.searchid);
      twin.searchid = HIDDEN;
    }
  }

  /** After somebody has left the field. */
  left(pokemon: Pokemon): void {
    this.benched.set(pokemon, copyKnown(pokemon));
    this.shownTypes.delete(pokemon);
    this.dropTwin(pokemon);
  }

  /** A move has hurt somebody: an Illusion ends at that, and the next lines say so. */
  struck(pokemon: Pokemon): void {
    this.real.add(pokemon);
  }

  /** From generation 7 on players are told the current types of whoever seems to stand on the field. */
  showedType(pokemon: Pokemon): void {
    this.shownTypes.add(pokemon);
  }

  /** An Illusion ended: what was learnt about the one that was imitated belongs to the real one. */
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

  /** Of two that look the same, the one that leaves was not there: unless there are two, only one can be on the team. */
  private dropTwin(pokemon: Pokemon): void {
    const { side, searchid } = pokemon;
    if (this.battle.gen.num < FIRST_ILLUSION) return;
    const look = `${side.n === 0 ? 'p1' : 'p2'}|${plainDetails(pokemon.details)}`;
    if (this.shown.filter((shown) => shown === look).length > 1) return;
    const twin = side.active.some((active) => active !== pokemon && active?.searchid === searchid);
    if (twin) side.team = side.team.filter((member) => member !== pokemon);
  }

  /** Who comes in seems to stand there already: it is another with Illusion, and the one it imitates leaves. */
  private standDown(standing: Pokemon, slot: number): void {
    const { side } = standing;
    // Baton Pass takes what it passes from whoever left last.
    const passing: Pokemon = Object.assign(Object.create(Object.getPrototypeOf(standing)), standing);
    side.switchOut(standing, undefined, slot);
    side.lastPokemon = passing;
  }

  /** Who comes in has not fainted: it was another with Illusion, which nobody has seen. */
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

/** Details without what changes in a battle or may be hidden. */
export function plainDetails(details: string): string {
  return details.replace(/, (?:shiny|tera:\w+)/g, '').replace('Morpeko-Hangry', 'Morpeko');
}

/** The generation in which Illusion came. */
const FIRST_ILLUSION = 5;
const HIDDEN = 'hidden' as Pokemon['searchid'];

/** HP and status as lines tell them. */
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

/** What would be known of a Pokémon had it never come in. */
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
