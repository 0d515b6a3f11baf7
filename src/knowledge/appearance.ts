import type { BattleEvent, TurnEvents } from '../battle/event.ts';
import { FUTURE_MOVES } from '../battle/future-moves.ts';
import { otherSide, type SideId, type StatusId } from '../battle/state.ts';

/** An attack of ours that met an opponent's Pokémon without hurting it: it had no effect, or met a Substitute. */
export interface SeenHit {
  /** {@link PokemonState.id} of our Pokémon. */
  readonly attackerId: string;
  readonly move: string;
  readonly how: 'supereffective' | 'resisted' | 'immune';
}

/** An effect on an opponent's Pokémon that depends on its types. */
export interface SeenHarm {
  readonly what: 'stealthrock' | 'sandstorm' | 'hail' | StatusId;
  /** HP fraction that it lost in one go. */
  readonly lost: number;
}

/** An item that an opponent's Pokémon has shown, and what was known of the items of its look-alikes. */
interface SeenItem {
  readonly item: string;
  /** Items that its look-alikes had shown, in order; an empty id where an item was lost. */
  readonly before: readonly string[];
}

/** What an opponent's Pokémon has shown since it came in. */
export interface Appearance {
  /** HP fraction when it came in, and when its look-alike was last seen. */
  readonly hp: number;
  readonly lastHp: number;
  /** HP fractions with which its look-alikes left the field; each of them may have been in disguise. */
  readonly leftWith: readonly number[];
  /** Moves of its own, in the order of their first use. */
  readonly moves: readonly string[];
  /** Hits taken while nothing had changed its types or its immunities. */
  readonly hits: readonly SeenHit[];
  readonly harms: readonly SeenHarm[];
  /** The first item that it has shown, before it could have got another, if the look-alike's item was known. */
  readonly item: SeenItem | undefined;
  /**
   * It has shown that it is no disguise: an Illusion ended, an attack hurt it without ending one, or it changed in a
   * way that only the real one can.
   */
  readonly isReal: boolean;
}

/** Conditions that change types or immunities. */
const TYPE_CONDITIONS = new Set([
  ...['typechange', 'typeadd', 'transform', 'tarshot', 'foresight', 'odorsleuth', 'miracleeye', 'electrify'],
  ...['smackdown', 'magnetrise', 'telekinesis', 'ingrain', 'roost'],
]);

const TYPE_HARMS: ReadonlySet<string> = new Set<SeenHarm['what']>(['stealthrock', 'sandstorm', 'hail']);

function isTypeHarm(id: string): id is SeenHarm['what'] {
  return TYPE_HARMS.has(id);
}

interface Seen {
  hp: number;
  lastHp: number;
  leftWith: number[];
  moves: string[];
  hits: SeenHit[];
  harms: SeenHarm[];
  item: SeenItem | undefined;
  /** As {@link SeenItem.before}. */
  itemsBefore: readonly string[];
  /** Its item was shown, or may have changed. */
  isItemShown: boolean;
  isReal: boolean;
  isChanged: boolean;
}

/**
 * What each of the opponent's Pokémon has shown since it last came in, by {@link PokemonState.id}.
 *
 * @param side the observing side
 */
export function appearances(turns: readonly TurnEvents[], side: SideId): ReadonlyMap<string, Appearance> {
  const reader = new Reader(otherSide(side));
  for (const { events } of turns) for (const event of events) reader.see(event);
  return reader.seen;
}

class Reader {
  readonly seen = new Map<string, Seen>();
  private readonly hp = new Map<string, number>();
  /** What is known of their items, as in {@link SeenItem.before}. */
  private readonly items = new Map<string, readonly string[]>();
  private attack: { readonly attackerId: string; readonly move: string } | undefined;
  private strongWinds = false;

  constructor(private readonly foe: SideId) {}

  see(event: BattleEvent): void {
    this.seeItem(event);
    switch (event.type) {
      case 'switch':
        this.attack = undefined;
        if (event.pokemon.side === this.foe) this.enter(event);
        return;
      case 'turn':
      case 'upkeep':
      case 'cant':
        this.attack = undefined;
        return;
      case 'move':
        this.startMove(event);
        return;
      case 'effectiveness':
        this.meet(event.pokemon.id, event.how);
        return;
      case 'immune':
        if (!event.cause) this.meet(event.pokemon.id, 'immune');
        return;
      case 'damage':
        if (!event.cause) this.hurt(event.pokemon.id);
        else if (event.after > 0 && isTypeHarm(event.cause.id))
          this.harm(event.pokemon.id, event.cause.id, event.before - event.after);
        this.hp.set(event.pokemon.id, event.after);
        return;
      case 'heal':
      case 'sethp':
        this.hp.set(event.pokemon.id, event.after);
        return;
      case 'status':
        this.harm(event.pokemon.id, event.status, 0);
        return;
      case 'faint':
        this.hp.set(event.pokemon.id, 0);
        return;
      case 'volatile':
        if (FUTURE_MOVES.has(event.effect)) this.attack = undefined;
        if (TYPE_CONDITIONS.has(event.effect)) this.change(event.pokemon.id);
        return;
      case 'forme':
        this.change(event.pokemon.id);
        if (event.how !== 'tera') this.change(event.pokemon.id, true);
        return;
      case 'weather':
        this.strongWinds = event.weather === 'deltastream';
        return;
      default:
        return;
    }
  }

  private enter({ how, hp, pokemon, replaced }: Extract<BattleEvent, { type: 'switch' }>): void {
    const imitated = how === 'replace' && replaced ? this.seen.get(replaced.id) : undefined;
    // What happened to the disguised Pokémon did not happen to the one it looked like.
    if (imitated && replaced) {
      this.hp.set(replaced.id, imitated.lastHp);
      this.items.set(replaced.id, imitated.itemsBefore);
    }
    const lastHp = this.hp.get(pokemon.id) ?? 1;
    const isReal = how === 'replace';
    const earlier = this.seen.get(pokemon.id);
    const leftWith = earlier ? [...earlier.leftWith, lastHp] : [];
    this.seen.set(pokemon.id, {
      ...{ hp, lastHp, leftWith, moves: [], hits: [], harms: [], isReal, isChanged: false },
      ...{ item: undefined, itemsBefore: this.items.get(pokemon.id) ?? [], isItemShown: false },
    });
    this.hp.set(pokemon.id, hp);
  }

  private startMove({ pokemon, move, cause, zMove }: Extract<BattleEvent, { type: 'move' }>): void {
    const isOurs = pokemon.side !== this.foe;
    this.attack = isOurs ? { attackerId: pokemon.id, move } : undefined;
    const user = this.seen.get(pokemon.id);
    if (!user || cause || zMove) return;
    // A Pokémon that uses Mimic may later use moves that are not its own.
    if (move === 'mimic') user.isReal = true;
    if (!user.moves.includes(move)) user.moves.push(move);
  }

  private meet(id: string, how: SeenHit['how']): void {
    const { attack } = this;
    const target = this.seen.get(id);
    if (!attack || !target) return;
    if (target.isChanged || this.strongWinds) return;
    target.hits.push({ attackerId: attack.attackerId, move: attack.move, how });
  }

  private harm(id: string, what: SeenHarm['what'], lost: number): void {
    const target = this.seen.get(id);
    if (target && !target.isChanged) target.harms.push({ what, lost });
  }

  /** Notes what an event reveals about the item of an opponent's Pokémon, if anything. */
  private seeItem(event: BattleEvent): void {
    if (!('pokemon' in event)) return;
    const cause = 'cause' in event ? event.cause : undefined;
    if (event.type === 'item') {
      const { pokemon, item, change } = event;
      const isGot = change === 'start' && cause !== undefined && cause.id !== 'frisk';
      this.showItem(pokemon.id, item, isGot);
      this.noteItem(pokemon.id, change === 'end' ? '' : item);
    } else if (cause?.kind === 'item') {
      const holder = cause.of ?? event.pokemon;
      this.showItem(holder.id, cause.id, false);
      this.noteItem(holder.id, cause.id);
    }
  }

  private showItem(id: string, item: string, isGot: boolean): void {
    const holder = this.seen.get(id);
    if (!holder || holder.isItemShown) return;
    holder.isItemShown = true;
    const { itemsBefore: before } = holder;
    if (!isGot && before.length > 0) holder.item = { item, before };
  }

  private noteItem(id: string, item: string): void {
    const known = this.items.get(id) ?? [];
    if (known.at(-1) !== item) this.items.set(id, [...known, item]);
  }

  /** An attack that deals damage ends an Illusion at once. */
  private hurt(id: string): void {
    const target = this.seen.get(id);
    if (this.attack && target) target.isReal = true;
  }

  private change(id: string, isReal = false): void {
    const target = this.seen.get(id);
    if (!target) return;
    target.isChanged = true;
    target.isReal ||= isReal;
  }
}
