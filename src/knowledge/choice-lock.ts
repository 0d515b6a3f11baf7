import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState } from '../battle/state.ts';
import { CHOICE_ITEMS } from './evidence-limits.ts';

/** Conditions under which held items have no effect, or the lock is suspended. */
const LIFTED_BY = ['embargo', 'dynamax'];

/** A move that a Choice item may have locked a Pokémon into. */
export interface ChoiceLock {
  readonly move: string;
  /** Chance that it holds such an item, 0–1. */
  readonly chance: number;
}

/** What a Pokémon may hold and can use. */
interface Options {
  /** Items it may hold, with the chance of each. */
  readonly items: readonly (readonly [id: string, probability: number])[];
  /** What it can use now: its own moves, or those it has copied. */
  readonly moves: readonly string[];
}

/**
 * The move that an opponent's Pokémon is locked into until it leaves the field (except for Struggle) if it holds a
 * Choice item, and how likely it holds one; it must have held it since its last move.
 *
 * @param turns what has happened so far
 * @returns undefined when it is free to choose
 */
export function choiceLock(
  { field }: Pick<BattleState, 'field'>,
  foe: PokemonState,
  { items, moves }: Options,
  turns: readonly TurnEvents[],
): ChoiceLock | undefined {
  if (foe.ability === 'klutz' || field.conditions.magicroom || LIFTED_BY.some((id) => id in foe.volatiles))
    return undefined;
  const held = foe.item === undefined ? items : [[foe.item, 1] as const];
  const chance = held.reduce(
    (sum, [item, probability]) => sum + (CHOICE_ITEMS.includes(item) ? probability : 0),
    0,
  );
  if (chance <= 0) return undefined;
  const move = lastMoveWithItem(foe.id, turns);
  return move !== undefined && moves.includes(move) ? { move, chance: Math.min(1, chance) } : undefined;
}

function lastMoveWithItem(id: string, turns: readonly TurnEvents[]): string | undefined {
  for (const event of turns.toReversed().flatMap(({ events }) => events.toReversed())) {
    if (!('pokemon' in event) || event.pokemon.id !== id) continue;
    if (event.type === 'switch') return undefined;
    // Frisk reveals the held item; anything else (Trick, Magician, …) gives a new one, which locks nothing yet.
    if (event.type === 'item' && event.cause?.id !== 'frisk') return undefined;
    if (event.type === 'move' && !event.cause) return event.move;
  }
  return undefined;
}
