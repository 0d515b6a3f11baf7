import type { Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';

type Id = Pokemon['ability'];

/** Unburden is at work. */
const ITEM_REMOVED = 'itemremoved' as Id;

function lose(pokemon: Pokemon, item: Id): void {
  Object.assign(pokemon, { item: '', lastItem: item });
  pokemon.addVolatile(ITEM_REMOVED);
}

/**
 * Whether the line of an item's end is about the effect of a Micle Berry, eaten some time before: a move was surer to hit.
 * Whoever it was flung at may hold something else.
 *
 * @param kwArgs the line's named parts
 */
export function isBerryEffect(
  item: string,
  kwArgs: { readonly eat?: unknown; readonly from?: unknown },
): boolean {
  return toId(item) === 'micleberry' && kwArgs.eat === undefined && kwArgs.from === undefined;
}

/** The item that goes over by itself. */
export const BARB = 'stickybarb';

/**
 * A Sticky Barb goes over to whoever touches its holder; no line says so before it hurts the new one, or a request tells it.
 *
 * @param stung Pokémon that a barb has hurt in this turn: they still hold it
 */
export function passBarb(pokemon: Pokemon, stung: ReadonlySet<Pokemon> = new Set()): void {
  if (pokemon.item === BARB) return;
  const present = pokemon.side.battle.getAllActive();
  const [holder, ...others] = present.filter((other) => other.item === BARB && !stung.has(other));
  if (holder && others.length === 0) lose(holder, BARB as Id);
  pokemon.item = BARB as Id;
}

/** Who gives an item away by Bestow has it no more. */
export function bestow(giver: Pokemon | undefined): void {
  if (giver) lose(giver, giver.item);
}

/** A Pokémon has used up what it held, whatever that was, and no line says so. */
export function loseUnseen(pokemon: Pokemon): void {
  const isKnown = Boolean(pokemon.item);
  lose(pokemon, pokemon.item);
  // The client's word for one that holds nothing, whatever it held.
  if (!isKnown) pokemon.itemEffect = 'knocked off';
  noteLostItem(pokemon);
}

/** Symbiosis works even where nobody says what changes hands. */
export function handOver(from: Pokemon, to: Pokemon, item: string): void {
  lose(from, item as Id);
  to.item = item as Id;
  to.removeVolatile(ITEM_REMOVED);
}

/** Unburden does not notice what is lost while it is suppressed. */
export function noteLostItem(pokemon: Pokemon): void {
  if (pokemon.hasVolatile('gastroacid' as Id)) pokemon.removeVolatile(ITEM_REMOVED);
}

/** Items that go over to others as the battle goes on. */
export class HeldItems {
  /** Whom a Sticky Barb has hurt in this turn. */
  private readonly stung = new Set<Pokemon>();

  /** @param effect id of what hurts a Pokémon */
  hurtBy(pokemon: Pokemon, effect: string): void {
    if (effect !== BARB) return;
    passBarb(pokemon, this.stung);
    this.stung.add(pokemon);
  }

  turnEnded(): void {
    this.stung.clear();
  }
}
