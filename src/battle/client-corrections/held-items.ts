import type { Pokemon } from '@pkmn/client';
import { toId } from '../generations.ts';

type Id = Pokemon['ability'];

/** Unburden is active. */
const ITEM_REMOVED = 'itemremoved' as Id;

function hold(pokemon: Pokemon, item: Id): void {
  Object.assign(pokemon, { item, itemEffect: '' });
}

function lose(pokemon: Pokemon, item: Id): void {
  Object.assign(pokemon, { item: '', lastItem: item });
  pokemon.addVolatile(ITEM_REMOVED);
}

/**
 * Whether an item's end line is about the effect of a Micle Berry eaten earlier, which made a move more accurate. A
 * Pokémon that the berry was flung at may hold something else.
 *
 * @param kwArgs the line's named parts
 */
export function isBerryEffect(
  item: string,
  kwArgs: { readonly eat?: unknown; readonly from?: unknown },
): boolean {
  return toId(item) === 'micleberry' && kwArgs.eat === undefined && kwArgs.from === undefined;
}

/** The item that moves to another Pokémon by itself. */
export const BARB = 'stickybarb';

/**
 * A Sticky Barb moves to a Pokémon that touches its holder. The log is silent about it until the barb hurts the new
 * holder or a request lists it.
 *
 * @param stung Pokémon hurt by a barb this turn: they still hold it
 */
export function passBarb(pokemon: Pokemon, stung: ReadonlySet<Pokemon> = new Set()): void {
  if (pokemon.item === BARB) return;
  const present = pokemon.side.battle.getAllActive();
  const [holder, ...others] = present.filter((other) => other.item === BARB && !stung.has(other));
  if (holder && others.length === 0) lose(holder, BARB as Id);
  hold(pokemon, BARB as Id);
}

/** The item that a Pokémon is known to hold, `''` for none; undefined when nobody knows. */
export function knownItem(pokemon: Pokemon): string | undefined {
  if (pokemon.itemEffect === 'knocked off') return '';
  if (pokemon.item) return pokemon.item;
  return pokemon.lastItem ? '' : undefined;
}

/** A Pokémon that gives its item away by Bestow no longer has it. */
export function bestow(giver: Pokemon | undefined): void {
  if (giver) lose(giver, giver.item);
}

/** A Pokémon has used up its item, known or not, without a line that says so. */
export function loseUnseen(pokemon: Pokemon): void {
  const isKnown = Boolean(pokemon.item);
  lose(pokemon, pokemon.item);
  // This is how the client marks an empty hand when the lost item is unknown.
  if (!isKnown) pokemon.itemEffect = 'knocked off';
  noteLostItem(pokemon);
}

/** Symbiosis works even when the line does not say what changes hands. */
export function handOver(from: Pokemon, to: Pokemon, item: string): void {
  lose(from, item as Id);
  hold(to, item as Id);
  to.removeVolatile(ITEM_REMOVED);
}

/** Unburden does not notice an item lost while it is suppressed. */
export function noteLostItem(pokemon: Pokemon): void {
  if (pokemon.hasVolatile('gastroacid' as Id)) pokemon.removeVolatile(ITEM_REMOVED);
}

/** Items that change hands during the battle. */
export class HeldItems {
  /** Pokémon that a Sticky Barb has hurt this turn. */
  private readonly stung = new Set<Pokemon>();
  /** The Pokémon that held a Sticky Barb when one of unknown item touched it. */
  private doubtful: Pokemon | undefined;

  /** @param effect id of what hurts a Pokémon */
  hurtBy(pokemon: Pokemon, effect: string): void {
    if (effect !== BARB) return;
    if (this.doubtful && pokemon.item !== BARB && pokemon !== this.doubtful) lose(this.doubtful, BARB as Id);
    this.doubtful = undefined;
    passBarb(pokemon, this.stung);
    this.stung.add(pokemon);
  }

  /**
   * A Pokémon has struck another: if that one holds a Sticky Barb and was touched, a Pokémon with empty hands takes the
   * barb over. Where nobody knows what it holds, nobody knows who has the barb until it hurts again.
   *
   * @param move id of the move
   */
  touched(user: Pokemon, holder: Pokemon, move: string): void {
    if (!hasActiveBarb(holder) || !touches(user, move)) return;
    const held = knownItem(user);
    if (held === '') {
      lose(holder, BARB as Id);
      hold(user, BARB as Id);
    } else if (held === undefined) {
      Object.assign(holder, { item: '', lastItem: '', itemEffect: '' });
      this.doubtful = holder;
    }
  }

  turnEnded(): void {
    this.doubtful = undefined;
    this.stung.clear();
  }
}

function hasActiveBarb(pokemon: Pokemon): boolean {
  const isIdle = pokemon.hasVolatile('embargo' as Id) || pokemon.ability === 'klutz';
  return pokemon.item === BARB && !isIdle && !pokemon.side.battle.field.hasPseudoWeather('magicroom' as Id);
}

function touches({ ability, side }: Pokemon, move: string): boolean {
  return Boolean(side.battle.gen.moves.get(move)?.flags.contact) && ability !== 'longreach';
}
