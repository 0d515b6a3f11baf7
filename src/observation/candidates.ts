import {
  type Action,
  describeAction,
  type MoveAction,
  type PairAction,
  type SlotAction,
  type TeamAction,
  toChoice,
} from '../battle/action.ts';
import type { BattleState } from '../battle/state.ts';
import { findMove } from '../knowledge/dex.ts';
import { safeLine } from '../util/safe-text.ts';
import type { Candidate } from './prompt.ts';

/** A possible action of one slot of the field, with its number in the list. */
export interface Option {
  readonly number: number;
  readonly action: SlotAction | TeamAction;
  readonly words: string;
  /** The target of a move in doubles, e.g. `foe Garchomp`. */
  readonly aim?: string | undefined;
  /** At team preview: request slots of those that lead, or that come along. */
  readonly members?: readonly number[];
}

/** The options of one slot. */
export interface SlotOptions {
  /** 0-based position on the field; at team preview `leads` or, when only some come along, `back`. */
  readonly position: number | 'leads' | 'back';
  readonly options: readonly Option[];
}

/** The legal actions as listed and numbered. */
export interface Choices {
  /** One list of options, or two: in doubles when both slots have a choice to make, at team preview leads and back. */
  readonly slots: readonly SlotOptions[];
  readonly candidates: readonly Candidate[];
}

/** In doubles a candidate's number is this many times the left option's number, plus the right one's. */
export const LEFT_FACTOR = 100;

/**
 * Numbers the legal actions. At team preview there is one candidate for each set of leads, combined with each set of
 * those that come along when not all do: the first legal order that has them. In doubles each slot's options are listed
 * separately, and a candidate's number joins both; attacks on one's own ally are left out.
 */
export function numberChoices(actions: readonly Action[], state: BattleState): Choices {
  const teams = actions.filter((action) => action.type === 'team');
  if (teams.length > 0) return previewChoices(teams, state);
  const pairs = withoutFriendlyFire(
    actions.filter((action) => action.type === 'pair'),
    state.gen,
  );
  if (pairs.length === 0) return oneList(actions, 0, state);
  const left = distinct(pairs.map((pair) => pair.left));
  const right = distinct(pairs.map((pair) => pair.right));
  if (left.length === 1) return oneList(pairs, 1, state);
  if (right.length === 1) return oneList(pairs, 0, state);
  const slots = [listed(left, 0, state), listed(right, 1, state)];
  const byChoice = slots.map(
    ({ options }) => new Map(options.map((option) => [toChoice(option.action), option])),
  );
  const candidates = pairs.flatMap((pair) => {
    const [one, two] = [byChoice[0]?.get(toChoice(pair.left)), byChoice[1]?.get(toChoice(pair.right))];
    if (!one || !two) return [];
    return [
      { number: LEFT_FACTOR * one.number + two.number, action: pair, words: `${one.words}; ${two.words}` },
    ];
  });
  return { slots, candidates };
}

/** Lists actions that differ only in the slot at `position`. */
function oneList(
  actions: readonly (SlotAction | TeamAction | PairAction)[],
  position: number,
  state: BattleState,
): Choices {
  const own = actions.map((action) =>
    action.type !== 'pair' ? action : position === 0 ? action.left : action.right,
  );
  const slot = listed(own, position, state);
  return {
    slots: [slot],
    candidates: slot.options.flatMap(({ number, words }, index) => {
      const action = actions[index];
      return action ? [{ number, action, words }] : [];
    }),
  };
}

function listed(
  actions: readonly (SlotAction | TeamAction)[],
  position: number,
  state: BattleState,
): SlotOptions {
  const aims = actions.map((action) => (action.type === 'move' ? aimOf(action, state) : undefined));
  const words = actions.map((action, index) => optionWords(action, aims[index]));
  const options = actions.map((action, index) => {
    const own = words[index] ?? '';
    // Several moves turn into the same Max Move.
    const isTwin = action.type === 'move' && words.filter((other) => other === own).length > 1;
    return {
      number: index + 1,
      action,
      words: isTwin ? `${own} (from ${findMove(state.gen, action.move)?.name ?? action.move})` : own,
      aim: aims[index],
    };
  });
  return { position, options };
}

function distinct(actions: readonly SlotAction[]): SlotAction[] {
  return [...new Map(actions.map((action) => [toChoice(action), action])).values()];
}

/** Damaging moves that help the ally they are aimed at. */
const FRIENDLY_ATTACKS = new Set(['pollenpuff']);

function withoutFriendlyFire(pairs: readonly PairAction[], gen: number): readonly PairAction[] {
  const hurtsAlly = (action: SlotAction): boolean =>
    action.type === 'move' &&
    (action.target ?? 1) < 0 &&
    findMove(gen, action.move)?.category !== 'Status' &&
    !FRIENDLY_ATTACKS.has(action.move);
  const sensible = pairs.filter(({ left, right }) => !hurtsAlly(left) && !hurtsAlly(right));
  return sensible.length > 0 ? sensible : pairs;
}

/** Which of two leads is on the left makes no difference, nor does the order of those at the back. */
function previewChoices(teams: readonly TeamAction[], state: BattleState): Choices {
  const picksBack = teams.some(
    ({ order, leads }) => order.length > leads.length && order.length < state.own.pokemon.length,
  );
  const leads = new Map<string, Option>();
  const back = new Map<string, Option>();
  const candidates = new Map<number, Candidate>();
  for (const action of teams) {
    const count = action.leads.length;
    let { number, words } = optionIn(leads, action, named('lead with', action.order.slice(0, count), state));
    if (picksBack) {
      const rest = optionIn(back, action, named('bring', action.order.slice(count), state));
      number = LEFT_FACTOR * number + rest.number;
      words = `${words}; ${rest.words}`;
    }
    if (!candidates.has(number)) candidates.set(number, { number, action, words });
  }
  return {
    slots: [
      { position: 'leads', options: [...leads.values()] },
      ...(picksBack ? [{ position: 'back' as const, options: [...back.values()] }] : []),
    ],
    candidates: [...candidates.values()].sort((a, b) => a.number - b.number),
  };
}

/** Team members by their request slots, and what to do with them in words, e.g. `lead with Gengar and Snorlax`. */
type Named = Required<Pick<Option, 'members' | 'words'>>;

function named(verb: string, slots: readonly number[], { own }: BattleState): Named {
  const members = [...slots].sort((a, b) => a - b);
  const species = members.flatMap((slot) =>
    own.pokemon.flatMap((pokemon) => (pokemon.requestSlot === slot ? [pokemon.species] : [])),
  );
  return { members, words: safeLine(`${verb} ${species.join(' and ')}`, 120) };
}

/** The option for these team members, numbered when it is first needed. */
function optionIn(list: Map<string, Option>, action: TeamAction, { members, words }: Named): Option {
  const key = members.join(' ');
  const option = list.get(key) ?? { number: list.size + 1, action, members, words };
  list.set(key, option);
  return option;
}

function optionWords(action: SlotAction | TeamAction, aim: string | undefined): string {
  if (action.type !== 'move' || aim === undefined) return safeLine(describeAction(action), 120);
  const { target: _, ...untargeted } = action;
  return safeLine(`${describeAction(untargeted)} on ${aim}`, 120);
}

/** `foe Garchomp`, `your Pelipper`: the target of a move in doubles; undefined for no target. */
function aimOf({ target }: MoveAction, state: BattleState): string | undefined {
  if (target === undefined) return undefined;
  const [side, whose, place] = target > 0 ? [state.foe, 'foe', target - 1] : [state.own, 'your', -target - 1];
  const pokemon = side.active[place];
  const twins = side.active.filter((other) => other?.species === pokemon?.species).length > 1;
  const where = place === 0 ? 'left' : 'right';
  if (!pokemon || pokemon.fainted) return `the empty ${whose} slot on the ${where}`;
  return `${whose} ${pokemon.species}${twins ? ` (${where})` : ''}`;
}
