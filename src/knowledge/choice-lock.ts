import type { TurnEvents } from '../battle/event.ts';
import type { BattleState, PokemonState } from '../battle/state.ts';

const CHOICE_ITEMS = new Set(['choiceband', 'choicescarf', 'choicespecs']);

/** Conditions under which held items do nothing, or the lock rests. */
const LIFTED_BY = ['embargo', 'dynamax', 'transform'];

/**
 * The only move that a foe's Pokémon can use until it leaves the field (but for Struggle), where that is certain: it
 * is known to hold a Choice item, and has held it since its last move.
 *
 * @param turns what has happened so far
 * @returns its id; undefined where it may be free to choose
 */
export function choiceLock(
  { field }: Pick<BattleState, 'field'>,
  foe: PokemonState,
  turns: readonly TurnEvents[],
): string | undefined {
  const holds = CHOICE_ITEMS.has(foe.item ?? '') && foe.ability !== 'klutz' && !field.conditions.magicroom;
  if (!holds || LIFTED_BY.some((id) => id in foe.volatiles)) return undefined;
  const used = lastMoveWithItem(foe.id, turns);
  return foe.moves.some(({ id }) => id === used) ? used : undefined;
}

function lastMoveWithItem(id: string, turns: readonly TurnEvents[]): string | undefined {
  for (const event of turns.toReversed().flatMap(({ events }) => events.toReversed())) {
    if (!('pokemon' in event) || event.pokemon.id !== id) continue;
    if (event.type === 'switch') return undefined;
    // Frisk tells what is held; anything else (Trick, Magician, …) hands over a new item, which locks nothing yet.
    if (event.type === 'item' && event.cause?.id !== 'frisk') return undefined;
    if (event.type === 'move' && !event.cause) return event.move;
  }
  return undefined;
}
