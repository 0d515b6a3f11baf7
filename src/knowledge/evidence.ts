import type { BattleEvent, PokemonRef, TurnEvents } from '../battle/event.ts';
import type { SideId } from '../battle/state.ts';
import {
  CHOICE_ITEMS,
  CIRCUMSTANTIAL,
  DAMAGING_HAZARDS,
  foeRounding,
  HARMLESS,
  HEALING_ITEMS,
  OUT_OF_TURN,
  OWN_ROUNDING,
} from './evidence-limits.ts';

/** A hit under plain conditions, so that only the two Pokémon's sets explain its damage. */
export interface ObservedHit {
  readonly attackerId: string;
  readonly defenderId: string;
  readonly move: string;
  /** Fraction of the defender's maximum HP lost, [least, most] that the shown HP may stand for. */
  readonly damage: readonly [number, number];
  /** HP fractions before the hit. */
  readonly attackerHp: number;
  readonly defenderHp: number;
}

/** Two opposing Pokémon moved in this order, with nothing but their sets to decide it. */
export interface ObservedOrder {
  readonly first: { readonly id: string; readonly move: string };
  readonly second: { readonly id: string; readonly move: string };
}

/** What the events of a battle imply about sets, beyond what they plainly reveal. Ids are those of the state. */
export interface Evidence {
  readonly hits: readonly ObservedHit[];
  readonly orders: readonly ObservedOrder[];
  /** By Pokémon, the items it did not hold at the start: their effect would have shown. */
  readonly notHeld: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Nothing observed. */
export const NO_EVIDENCE: Evidence = { hits: [], orders: [], notHeld: new Map() };

/**
 * Reads a battle's events for evidence about sets. It reads singles only, and only what happened under plain
 * conditions: no stat changes, statuses, screens, weather, terrain or formes that would confuse the picture.
 *
 * @param side the side whose own HP is exact
 */
export function observe(turns: readonly TurnEvents[], side: SideId): Evidence {
  const observer = new Observer(side);
  for (const { events } of turns) {
    observer.beginTurn();
    for (const event of events) observer.see(event);
  }
  return observer.evidence();
}

interface Attack {
  readonly user: PokemonRef;
  readonly target: PokemonRef;
  readonly move: string;
  readonly clean: boolean;
  readonly userHp: number;
  damage?: { before: number; after: number };
  spoiled: boolean;
  recoiled: boolean;
}

/** Goes through a battle and keeps track of what makes a hit or an order of moves hard to interpret. */
class Observer {
  private hits: ObservedHit[] = [];
  private orders: ObservedOrder[] = [];
  private readonly notHeld = new Map<string, Set<string>>();
  /** Pokémon with stat changes or conditions that end when they leave. */
  private readonly passing = new Set<string>();
  /** Pokémon with a changed forme, ability or a status. */
  private readonly lasting = new Set<string>();
  private readonly itemChanged = new Set<string>();
  private readonly sideConditions = new Set<string>();
  private readonly fieldConditions = new Set<string>();
  private weather = false;
  private readonly hp = new Map<string, number>();
  private readonly active = new Map<SideId, string>();
  private readonly movesSinceEntry = new Map<string, Set<string>>();
  private readonly dynamaxed = new Set<string>();
  /** Pokémon that had lost HP when the turn began and have not been healed since. */
  private readonly hurt = new Set<string>();
  private readonly healBlocked = new Set<string>();
  /** Something may have let a Pokémon act out of turn. */
  private jumped = false;
  private moved: { id: string; side: SideId; move: string; clean: boolean }[] = [];
  private attack: Attack | undefined;

  constructor(private readonly side: SideId) {}

  evidence(): Evidence {
    this.finishAttack();
    return { hits: this.hits, orders: this.orders, notHeld: this.notHeld };
  }

  /** A new turn begins. */
  beginTurn(): void {
    this.finishAttack();
    this.finishTurn();
  }

  see(event: BattleEvent): void {
    switch (event.type) {
      case 'switch':
        this.finishAttack();
        if (event.how === 'replace' && event.replaced) this.forget(event.replaced.id);
        this.enter(event.pokemon, event.hp, event.replaced);
        return;
      case 'cant':
        this.finishAttack();
        return;
      case 'faint':
        this.hp.set(event.pokemon.id, 0);
        this.hurt.delete(event.pokemon.id);
        return;
      case 'move':
        this.finishAttack();
        this.startMove(event);
        return;
      case 'damage':
        this.takeDamage(event);
        return;
      case 'heal':
      case 'sethp':
        this.hp.set(event.pokemon.id, event.after);
        this.hurt.delete(event.pokemon.id);
        return;
      case 'crit':
      case 'hitcount':
        if (this.attack) this.attack.spoiled = true;
        return;
      case 'boost':
        if (event.amount !== 0) this.passing.add(event.pokemon.id);
        return;
      case 'boosts-reset':
        this.passing.add(event.pokemon.id);
        return;
      case 'clearallboost':
        for (const id of this.active.values()) this.passing.add(id);
        return;
      case 'status':
        this.lasting.add(event.pokemon.id);
        return;
      case 'volatile':
        this.seeVolatile(event);
        return;
      case 'item':
        this.seeItem(event);
        return;
      case 'ability':
        if (event.cause || event.ended) this.lasting.add(event.pokemon.id);
        // An effect such as Sturdy has limited the damage of the hit.
        if (this.attack && !this.attack.damage && event.pokemon.id === this.attack.target.id) {
          this.attack.spoiled = true;
        }
        return;
      case 'forme':
        this.lasting.add(event.pokemon.id);
        // Hits before a change of stats can no longer be explained with the current stats.
        if (event.how !== 'tera') this.dropHits(event.pokemon.id);
        return;
      case 'sidecondition':
        this.toggle(this.sideConditions, `${event.side}/${event.condition}`, event.change === 'start');
        return;
      case 'field':
        this.toggle(this.fieldConditions, event.condition, event.change === 'start');
        return;
      case 'weather':
        this.weather = event.weather !== undefined;
        return;
      default:
        return;
    }
  }

  private toggle(set: Set<string>, key: string, on: boolean): void {
    if (on) set.add(key);
    else set.delete(key);
  }

  private enter(pokemon: PokemonRef, hp: number, replaced: PokemonRef | undefined): void {
    for (const id of [replaced?.id, pokemon.id]) {
      if (id === undefined) continue;
      this.passing.delete(id);
      this.hurt.delete(id);
      this.dynamaxed.delete(id);
      this.healBlocked.delete(id);
    }
    const passed = this.moved.some(({ side, move }) => side === pokemon.side && move === 'batonpass');
    if (passed) this.passing.add(pokemon.id);
    this.active.set(pokemon.side, pokemon.id);
    this.hp.set(pokemon.id, hp);
    this.movesSinceEntry.set(pokemon.id, new Set());
    this.moved = this.moved.filter(({ side }) => side !== pokemon.side);
  }

  private startMove(event: Extract<BattleEvent, { type: 'move' }>): void {
    const { pokemon, move } = event;
    if (event.cause) return;
    const moves = this.movesSinceEntry.get(pokemon.id) ?? new Set();
    this.movesSinceEntry.set(pokemon.id, moves.add(move));
    const free = moves.size > 1 && !moves.has('struggle') && !this.dynamaxed.has(pokemon.id);
    if (free) this.deny(pokemon.id, CHOICE_ITEMS);
    const windless = !['p1/tailwind', 'p2/tailwind'].some((id) => this.sideConditions.has(id));
    this.moved.push({ id: pokemon.id, side: pokemon.side, move, clean: windless && this.isPlain(pokemon) });
    const { target } = event;
    if (!target || target.side === pokemon.side || event.still || event.zMove) return;
    this.attack = {
      user: pokemon,
      target,
      move,
      clean: this.isPlain(pokemon) && this.isPlain(target) && !this.screened(target.side),
      userHp: this.hp.get(pokemon.id) ?? 1,
      spoiled: event.missed || event.noTarget || CIRCUMSTANTIAL.has(move),
      recoiled: false,
    };
  }

  /** Whether nothing on the Pokémon or the field changes damage or speed. */
  private isPlain({ id }: PokemonRef): boolean {
    const changed = this.passing.has(id) || this.lasting.has(id) || this.itemChanged.has(id);
    return !changed && !this.weather && this.fieldConditions.size === 0;
  }

  private screened(side: SideId): boolean {
    return ['reflect', 'lightscreen', 'auroraveil'].some((id) => this.sideConditions.has(`${side}/${id}`));
  }

  private takeDamage(event: Extract<BattleEvent, { readonly before: number }>): void {
    const { pokemon, cause, before, after } = event;
    this.hp.set(pokemon.id, after);
    if (cause) {
      if (DAMAGING_HAZARDS.has(cause.id)) this.deny(pokemon.id, ['heavydutyboots']);
      if (cause.id === 'lifeorb' && this.attack?.user.id === pokemon.id) this.attack.recoiled = true;
      return;
    }
    if (this.attack?.target.id !== pokemon.id) return;
    if (this.attack.damage) this.attack.spoiled = true;
    this.attack.damage = { before, after };
  }

  private seeVolatile(event: Extract<BattleEvent, { type: 'volatile' }>): void {
    const { id } = event.pokemon;
    if (event.effect === 'healblock') {
      this.toggle(this.healBlocked, id, event.change === 'start');
      this.hurt.delete(id);
    }
    if (event.change === 'activate') {
      if (this.attack) this.attack.spoiled = true;
      if (OUT_OF_TURN.has(event.effect)) this.jumped = true;
    } else if (event.change === 'start' && !HARMLESS.has(event.effect)) {
      this.passing.add(id);
      if (event.effect === 'dynamax') this.dynamaxed.add(id);
    }
  }

  private seeItem(event: Extract<BattleEvent, { type: 'item' }>): void {
    const { id } = event.pokemon;
    if (event.change === 'end' || event.cause?.kind === 'move') this.itemChanged.add(id);
    if (this.attack && event.change === 'end' && !this.attack.damage) this.attack.spoiled = true;
  }

  private deny(id: string, items: readonly string[]): void {
    if (this.itemChanged.has(id) || this.fieldConditions.has('magicroom')) return;
    const denied = this.notHeld.get(id) ?? new Set();
    for (const item of items) denied.add(item);
    this.notHeld.set(id, denied);
  }

  private finishAttack(): void {
    const { attack } = this;
    this.attack = undefined;
    if (!attack?.damage) return;
    const standing = (this.hp.get(attack.user.id) ?? 1) > 0;
    if (!attack.recoiled && standing) this.deny(attack.user.id, ['lifeorb']);
    if (attack.spoiled || !attack.clean) return;
    const { before, after } = attack.damage;
    const rounding = attack.target.side === this.side ? OWN_ROUNDING : foeRounding(before, after);
    const lost = before - after;
    this.hits.push({
      attackerId: attack.user.id,
      defenderId: attack.target.id,
      move: attack.move,
      damage: [lost - rounding, after <= 0 ? Number.POSITIVE_INFINITY : lost + rounding],
      attackerHp: attack.userHp,
      defenderHp: before,
    });
  }

  private finishTurn(): void {
    const [first, second] = this.moved;
    const opposed = this.moved.length === 2 && first && second && first.side !== second.side;
    if (opposed && first.clean && second.clean && !this.jumped) {
      this.orders.push({
        first: { id: first.id, move: first.move },
        second: { id: second.id, move: second.move },
      });
    }
    this.moved = [];
    this.jumped = false;
    for (const id of this.hurt) if (!this.healBlocked.has(id)) this.deny(id, HEALING_ITEMS);
    this.hurt.clear();
    for (const id of this.active.values()) {
      const hp = this.hp.get(id) ?? 0;
      if (hp > 0 && hp < 1) this.hurt.add(id);
    }
  }

  /** An Illusion ended: the evidence about the look-alike was not about it. */
  private forget(id: string): void {
    this.dropHits(id);
    this.notHeld.delete(id);
  }

  private dropHits(id: string): void {
    this.hits = this.hits.filter(({ attackerId, defenderId }) => attackerId !== id && defenderId !== id);
    this.orders = this.orders.filter(({ first, second }) => first.id !== id && second.id !== id);
  }
}
