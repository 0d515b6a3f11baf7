import type { BattleEvent, Cause, TurnEvents } from '../battle/event.ts';

/** What a Pokémon does with its turn. */
export type ActionEvent = Extract<BattleEvent, { type: 'move' | 'switch' | 'cant' }>;

/**
 * A coherent part of a turn: an action and its effects, the end of the turn, or something that happened by itself (a
 * terastallization, confusion damage, what precedes the first action).
 */
export interface Episode {
  readonly kind: 'action' | 'end-of-turn' | 'other';
  /** Present exactly when `kind` is `action`. */
  readonly action?: ActionEvent;
  /** In order, without the action itself. */
  readonly events: readonly BattleEvent[];
}

// Effects that occur after all actions, by the id of their cause.
const END_OF_TURN_CAUSES = new Set([
  ...['brn', 'psn', 'tox', 'curse', 'nightmare', 'leechseed', 'saltcure', 'syrupbomb', 'aquaring', 'ingrain'],
  ...['sandstorm', 'hail', 'snowscape', 'grassyterrain', 'partiallytrapped', 'wish', 'yawn', 'octolock'],
  ...['bind', 'clamp', 'firespin', 'infestation', 'magmastorm', 'sandtomb', 'snaptrap', 'thundercage'],
  ...['whirlpool', 'wrap', 'gmaxcannonade', 'gmaxvinelash', 'gmaxvolcalith', 'gmaxwildfire', 'perishsong'],
  ...['leftovers', 'blacksludge', 'stickybarb', 'flameorb', 'toxicorb', 'raindish', 'icebody', 'dryskin'],
  ...['solarpower', 'poisonheal', 'baddreams', 'speedboost', 'moody', 'harvest', 'hydration', 'shedskin'],
  ...['healer', 'hungerswitch', 'futuresight', 'doomdesire'],
]);

// Conditions of a Pokémon that run out by themselves.
const TIMED_VOLATILES = new Set([
  ...['taunt', 'encore', 'disable', 'healblock', 'throatchop', 'embargo', 'magnetrise', 'telekinesis'],
  ...['slowstart', 'futuresight', 'doomdesire'],
]);

const TIMED_SIDE_CONDITIONS = new Set([
  ...['reflect', 'lightscreen', 'auroraveil', 'safeguard', 'mist', 'luckychant', 'tailwind'],
]);

// Moves that end such conditions themselves.
const CONDITION_REMOVERS = new Set(['brickbreak', 'psychicfangs', 'ragingbull', 'defog', 'courtchange']);

/** Effects that let a Pokémon act first in its priority bracket, by the id that `-activate` names, with their names. */
export const QUEUE_JUMPERS = new Map([
  ['quickclaw', 'Quick Claw'],
  ['custapberry', 'Custap Berry'],
  ['quickdraw', 'Quick Draw'],
]);

function isConfusionDamage(event: BattleEvent): boolean {
  return event.type === 'damage' && event.cause?.id === 'confusion';
}

function isAct(event: BattleEvent): boolean {
  return event.type === 'move' || event.type === 'cant' || isConfusionDamage(event);
}

/** Whether an event belongs to no action; `next` is the action that follows. */
function standsAlone(event: BattleEvent, next: BattleEvent | undefined): boolean {
  if (isConfusionDamage(event)) return true;
  if (event.type === 'forme') return event.how === 'tera' || event.how === 'mega' || event.how === 'ultra';
  if (event.type === 'volatile' && event.change === 'activate') return QUEUE_JUMPERS.has(event.effect);
  // Waking up and snapping out of confusion precede a Pokémon's own move.
  const isRecovery =
    (event.type === 'curestatus' && (event.status === 'slp' || event.status === 'frz') && !event.cause) ||
    (event.type === 'volatile' && event.change === 'end' && event.effect === 'confusion');
  return isRecovery && next !== undefined && 'pokemon' in next && next.pokemon.id === event.pokemon.id;
}

function isEndOfTurn(cause: Cause | undefined): boolean {
  return cause !== undefined && END_OF_TURN_CAUSES.has(cause.id);
}

function endsTurn(event: BattleEvent, action: ActionEvent | undefined): boolean {
  switch (event.type) {
    case 'weather':
      return event.upkeep || event.weather === undefined;
    case 'field':
      return event.change === 'end' && event.cause === undefined;
    case 'sidecondition': {
      const removed = action?.type === 'move' && CONDITION_REMOVERS.has(action.move);
      return event.change === 'end' && TIMED_SIDE_CONDITIONS.has(event.condition) && !removed;
    }
    case 'ability':
      return END_OF_TURN_CAUSES.has(event.ability) || isEndOfTurn(event.cause);
    case 'volatile':
      return event.change === 'end' && TIMED_VOLATILES.has(event.effect);
    default:
      return 'cause' in event && isEndOfTurn(event.cause);
  }
}

/** Splits the events of a turn into episodes. */
export function episodes(turn: TurnEvents): readonly Episode[] {
  const found: { kind: Episode['kind']; action?: ActionEvent; events: BattleEvent[] }[] = [];
  const lastAct = turn.events.findLastIndex(isAct);
  for (const [index, event] of turn.events.entries()) {
    const current = found.at(-1);
    if (event.type === 'turn' || event.type === 'result') continue;
    if (event.type === 'move' || event.type === 'cant' || event.type === 'switch')
      found.push({ kind: 'action', action: event, events: [] });
    else if (standsAlone(event, index < lastAct ? turn.events.slice(index + 1).find(isAct) : undefined))
      found.push({ kind: 'other', events: [event] });
    else if (index > lastAct && current?.kind !== 'end-of-turn' && endsTurn(event, current?.action))
      found.push({ kind: 'end-of-turn', events: [event] });
    else if (current) current.events.push(event);
    else found.push({ kind: 'other', events: [event] });
  }
  return found;
}
