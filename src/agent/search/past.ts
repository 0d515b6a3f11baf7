import type { BattleEvent, TurnEvents } from '../../battle/event.ts';
import type { PokemonState, SideState } from '../../battle/state.ts';

/** What a Pokémon did and what was done to it, oldest first. */
function eventsOf(id: string, turns: readonly TurnEvents[]): readonly BattleEvent[] {
  return turns.flatMap(({ events }) =>
    events.filter((event) => 'pokemon' in event && event.pokemon.id === id),
  );
}

/** The turns in which somebody has acted. */
function actedTurns(turns: readonly TurnEvents[]): readonly TurnEvents[] {
  return turns.filter(({ events }) => events.some(({ type }) => type === 'move' || type === 'cant'));
}

/**
 * Turns in a row, up to the last one, in which a Pokémon has protected itself: they make it less likely to work again.
 *
 * @param isShield tells whether a move protects its user
 */
export function shieldsInARow(
  { id }: PokemonState,
  turns: readonly TurnEvents[],
  isShield: (move: string) => boolean,
): number {
  let count = 0;
  for (const turn of actedTurns(turns).toReversed()) {
    const mine = eventsOf(id, [turn]);
    if (!mine.some((event) => event.type === 'move' && isShield(event.move))) break;
    if (mine.some(({ type }) => type === 'fail' || type === 'switch')) break;
    count++;
  }
  return count;
}

/** Whether a Pokémon that sleeps has put itself to sleep. */
export function hasRested({ id }: PokemonState, turns: readonly TurnEvents[]): boolean {
  const last = eventsOf(id, turns).findLast((event) => event.type === 'status' && event.status === 'slp');
  return last?.type === 'status' && last.cause?.id === 'rest';
}

/** Id of the move that Disable, or an ability like it, holds back: what its target had used last when it began. */
export function disabledMove({ id }: PokemonState, turns: readonly TurnEvents[]): string | undefined {
  let last: string | undefined;
  let disabled: string | undefined;
  for (const event of eventsOf(id, turns)) {
    if (event.type === 'move') last = event.move;
    else if (event.type === 'volatile' && event.change === 'start' && event.effect === 'disable')
      disabled = last;
  }
  return disabled;
}

/**
 * How often, up to the last turn, a Pokémon has gone on with a move such as Outrage, which nobody announces; 0 where it
 * is free again.
 *
 * @param isRampage tells whether a move goes on for two or three turns
 */
export function rampageTurns(
  { id, volatiles, lastMove }: PokemonState,
  turns: readonly TurnEvents[],
  isRampage: (move: string) => boolean,
): number {
  if (lastMove === undefined || !isRampage(lastMove) || volatiles.confusion) return 0;
  let count = 0;
  for (const { events } of actedTurns(turns).toReversed()) {
    const used = events.find((event) => event.type === 'move' && event.pokemon.id === id);
    if (used?.type !== 'move' || used.move !== lastMove || used.missed || used.noTarget) break;
    if (events.some((event) => event.type === 'immune' && event.pokemon.id !== id)) break;
    count++;
    // Every use but the first says what it comes from.
    if (used.cause?.id !== 'lockedmove') return count;
  }
  return count;
}

/** Whether a Pokémon with the ability Truant loafs next time: it has acted the last time it could. */
export function isLoafing({ id }: PokemonState, turns: readonly TurnEvents[]): boolean {
  const last = eventsOf(id, turns).findLast(
    (event) => event.type === 'move' || event.type === 'switch' || isTruant(event),
  );
  return last?.type === 'move';
}

function isTruant(event: BattleEvent): boolean {
  return event.type === 'cant' && /truant/i.test(event.reason);
}

/** The move of a side that strikes later, and who has used it last with success. */
export function delayedBy(
  { id }: SideState,
  turns: readonly TurnEvents[],
): { readonly user: string; readonly move: string } | undefined {
  const started = turns
    .flatMap(({ events }) => events)
    .findLast(
      (event) =>
        event.type === 'volatile' &&
        event.pokemon.side === id &&
        (event.effect === 'futuresight' || event.effect === 'doomdesire'),
    );
  return started?.type === 'volatile' ? { user: started.pokemon.id, move: started.effect } : undefined;
}

/** The turn in which a side has wished last with success, and who did. */
export function lastWish(
  { id }: SideState,
  turns: readonly TurnEvents[],
): { readonly user: string; readonly turn: number } | undefined {
  for (const { turn, events } of turns.toReversed()) {
    const at = events.findLastIndex(
      (event) => event.type === 'move' && event.move === 'wish' && event.pokemon.side === id,
    );
    const wish = events[at];
    if (wish?.type !== 'move') continue;
    const next = events.slice(at + 1).find((event) => 'pokemon' in event);
    if (next?.type !== 'fail') return { user: wish.pokemon.id, turn };
  }
  return undefined;
}
