import type { BattleEvent, PokemonRef, TurnEvents } from '../battle/event.ts';
import { QUEUE_JUMPERS } from './episodes.ts';
import { capitalize, label } from './format-feedback.ts';
import type { Viewpoint } from './viewpoint.ts';

type MoveEvent = Extract<BattleEvent, { type: 'move' }>;

// Effects that make a Pokémon use an extra move, which says nothing about its own place in the order.
const BORROWED_TURNS = new Set(['dancer', 'instruct', 'magicbounce', 'magiccoat', 'snatch']);

// Effects that change the order, or the move used, after the order was settled.
const ORDER_MEDDLERS = new Set(['afteryou', 'quash', 'encore']);

interface Act {
  readonly index: number;
  readonly event: MoveEvent;
}

/** The move each Pokémon chose and carried out, by id; one that switched, flinched or fainted first has none. */
function ownActs(turn: TurnEvents): ReadonlyMap<string, Act> {
  const acts = new Map<string, Act>();
  const settled = new Set<string>();
  for (const [index, event] of turn.events.entries()) {
    if (event.type === 'cant' || event.type === 'switch') settled.add(event.pokemon.id);
    if (event.type !== 'move' || (event.cause && BORROWED_TURNS.has(event.cause.id))) continue;
    if (!settled.has(event.pokemon.id)) acts.set(event.pokemon.id, { index, event });
    settled.add(event.pokemon.id);
  }
  return acts;
}

/**
 * Whether Trick Room was in effect, from the log of its beginning and end; undefined when it changed during the turn.
 */
function trickRoomDuring(
  before: readonly TurnEvents[],
  turn: TurnEvents,
  until: number,
): boolean | undefined {
  let on = false;
  for (const { events } of before)
    for (const event of events)
      if (event.type === 'field' && event.condition === 'trickroom') on = event.change === 'start';
  const changed = turn.events
    .slice(0, until)
    .some((event) => event.type === 'field' && event.condition === 'trickroom');
  return changed ? undefined : on;
}

/** What let a Pokémon act first in its bracket, if anything did. */
function queueJumper(events: readonly BattleEvent[], { id }: PokemonRef): string | undefined {
  for (const event of events) {
    // Generation 4 only logs that a Custap Berry was eaten.
    const isEaten = event.type === 'item' && event.change === 'end';
    const effect = event.type === 'volatile' ? event.effect : isEaten ? event.item : undefined;
    const name = effect === undefined ? undefined : QUEUE_JUMPERS.get(effect);
    if (name && 'pokemon' in event && event.pokemon.id === id) return name;
  }
  return undefined;
}

/** A turn and those before it. */
interface TurnWithPast {
  readonly turn: TurnEvents;
  readonly before: readonly TurnEvents[];
}

function reasonFor(
  first: Act,
  second: Act,
  { turn, before }: TurnWithPast,
  view: Viewpoint,
): string | undefined {
  const upTo = turn.events.slice(0, second.index);
  if (upTo.some((event) => event.type === 'volatile' && ORDER_MEDDLERS.has(event.effect))) return undefined;
  const jumped = queueJumper(turn.events.slice(0, first.index), first.event.pokemon);
  if (jumped) return jumped;
  if (first.event.move === 'pursuit' && upTo.some(({ type }) => type === 'switch')) return undefined;
  const priority = view.priorityOf(first.event.move, first.event.pokemon);
  const other = view.priorityOf(second.event.move, second.event.pokemon);
  if (priority === undefined || other === undefined || priority < other) return undefined;
  if (priority > other) {
    const decisive = priority > 0 ? first.event : second.event;
    const value = priority > 0 ? priority : other;
    return `${view.nameOf(decisive.move)} has priority ${value > 0 ? '+' : ''}${value}`;
  }
  const trickRoom = trickRoomDuring(before, turn, second.index);
  if (trickRoom === undefined) return undefined;
  return trickRoom ? 'same priority, slower or tied under Trick Room' : 'same priority, faster or tied';
}

/**
 * The order of each pair of opponents that both used a move this turn, and its reason. Nothing is said of one that
 * switched, could not move or fainted first: that shows neither speed nor priority.
 *
 * @param before the turns before it, for Trick Room
 */
export function turnOrderFeedback(
  turn: TurnEvents,
  before: readonly TurnEvents[],
  view: Viewpoint,
): readonly string[] {
  const acts = [...ownActs(turn).values()];
  const name = (pokemon: PokemonRef): string => label(pokemon, view.side);
  const sentences: string[] = [];
  for (const own of acts.filter(({ event }) => event.pokemon.side === view.side)) {
    for (const foe of acts.filter(({ event }) => event.pokemon.side !== view.side)) {
      const [first, second] = own.index < foe.index ? [own, foe] : [foe, own];
      const reason = reasonFor(first, second, { turn, before }, view);
      const words = `${name(first.event.pokemon)} acted before ${name(second.event.pokemon)}`;
      sentences.push(`${capitalize(words)}${reason ? ` (${reason})` : ''}.`);
    }
  }
  return sentences;
}
