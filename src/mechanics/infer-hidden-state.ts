import type { BattleEvent, TurnEvents } from '../battle/event.ts';
import { FUTURE_MOVES } from '../battle/future-moves.ts';
import type { PokemonState, SideState } from '../battle/state.ts';

/** The events about a Pokémon, oldest first. */
function eventsOf(id: string, turns: readonly TurnEvents[]): readonly BattleEvent[] {
  return turns.flatMap(({ events }) =>
    events.filter((event) => 'pokemon' in event && event.pokemon.id === id),
  );
}

/** The turns in which a Pokémon has acted. */
function actedTurns(turns: readonly TurnEvents[]): readonly TurnEvents[] {
  return turns.filter(({ events }) => events.some(({ type }) => type === 'move' || type === 'cant'));
}

/**
 * Turns in a row, up to the last one, in which a Pokémon has protected itself: each makes success less likely.
 *
 * @param isShield whether a move protects its user
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

/** Whether a sleeping Pokémon has put itself to sleep. */
export function hasRested({ id }: PokemonState, turns: readonly TurnEvents[]): boolean {
  const last = eventsOf(id, turns).findLast((event) => event.type === 'status' && event.status === 'slp');
  return last?.type === 'status' && last.cause?.id === 'rest';
}

/** Id of the move disabled by Disable or a similar ability: the one its target had used last when it began. */
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

/** Ids of the moves a Pokémon has used since it came in, oldest first. */
export function movesSinceEntry({ id }: PokemonState, turns: readonly TurnEvents[]): readonly string[] {
  const events = eventsOf(id, turns);
  const entry = events.findLastIndex(({ type }) => type === 'switch');
  return events.slice(Math.max(0, entry)).flatMap((event) => (event.type === 'move' ? [event.move] : []));
}

/** Whether the events after a move show that it hit an opposing Pokémon or its protection. */
function hasHit(side: SideState['id'], after: readonly BattleEvent[]): boolean {
  return after.some(
    (event) =>
      'pokemon' in event &&
      event.pokemon.side !== side &&
      ((event.type === 'damage' && event.cause === undefined) ||
        (event.type === 'volatile' && event.effect === 'substitute')),
  );
}

/** How often Pokémon of a side have fainted, including those revived since. */
export function timesFainted({ id }: SideState, turns: readonly TurnEvents[]): number {
  let times = 0;
  for (const { events } of turns) {
    for (const event of events) if (event.type === 'faint' && event.pokemon.side === id) times++;
  }
  return times;
}

/**
 * How often in a row, up to the last turn, a Pokémon has used a move such as Outrage, which no line announces; 0 when
 * it is free again. From generation 3 on the lock ends when the move hits nothing, or when its user cannot move.
 *
 * @param isRampage whether a move continues for two or three turns
 */
export function rampageTurns(
  gen: number,
  pokemon: PokemonState,
  turns: readonly TurnEvents[],
  isRampage: (move: string) => boolean,
): number {
  const { id, volatiles, lastMove } = pokemon;
  if (lastMove === undefined || !isRampage(lastMove) || volatiles.confusion) return 0;
  let count = 0;
  for (const { events } of actedTurns(turns).toReversed()) {
    const at = events.findIndex((event) => event.type === 'move' && event.pokemon.id === id);
    const used = events[at];
    if (used?.type !== 'move' || used.move !== lastMove) break;
    const after = events.slice(at + 1);
    const end = after.findIndex(({ type }) => type === 'move' || type === 'upkeep');
    if (gen >= 3 && !hasHit(pokemon.side, after.slice(0, end < 0 ? undefined : end))) break;
    count++;
    // Every use but the first names its cause.
    if (used.cause?.id !== 'lockedmove') return count;
  }
  return gen < 3 ? count : 0;
}

/**
 * Whether a Pokémon with Truant loafs next: it acted the last time it could, or would have but for a flinch, confusion
 * or paralysis. In generation 3 every other turn on the field is lost, whatever happens.
 */
export function isLoafing(gen: number, { id }: PokemonState, turns: readonly TurnEvents[]): boolean {
  if (gen === 3) return loafsByTurns(id, turns);
  const last = eventsOf(id, turns).findLast(
    (event) =>
      event.type === 'move' || event.type === 'switch' || (event.type === 'cant' && !isEarlier(event.reason)),
  );
  return last?.type === 'move' || (last?.type === 'cant' && !isTruant(last));
}

function loafsByTurns(id: string, turns: readonly TurnEvents[]): boolean {
  const isEntry = (event: BattleEvent): boolean => event.type === 'switch' && event.pokemon.id === id;
  const entered = turns.findLast(({ events }) => events.some(isEntry));
  if (!entered) return false;
  const since = (turns.at(-1)?.turn ?? 0) - entered.turn;
  const { events } = entered;
  const isAfterEnd = events.findLastIndex(isEntry) > events.findIndex(({ type }) => type === 'upkeep');
  return (since % 2 === 0) !== (isAfterEnd && events.some(({ type }) => type === 'upkeep'));
}

/** Reasons that stop a Pokémon before Truant does. */
function isEarlier(reason: string): boolean {
  return /^(slp|frz|recharge)/.test(reason);
}

function isTruant(event: BattleEvent): boolean {
  return event.type === 'cant' && /truant/i.test(event.reason);
}

/** The delayed move of a side, and the Pokémon that used it last with success. */
export function delayedBy(
  { id }: SideState,
  turns: readonly TurnEvents[],
): { readonly user: string; readonly move: string } | undefined {
  const started = turns
    .flatMap(({ events }) => events)
    .findLast(
      (event) => event.type === 'volatile' && event.pokemon.side === id && FUTURE_MOVES.has(event.effect),
    );
  return started?.type === 'volatile' ? { user: started.pokemon.id, move: started.effect } : undefined;
}

/** The turn in which a side last used Wish with success, and its user. */
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
