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

/** What one slot of the field may do, under the number it is listed with. */
export interface Option {
  readonly number: number;
  readonly action: SlotAction | TeamAction;
  readonly words: string;
}

/** The options of one slot. */
export interface SlotOptions {
  /** 0-based position on the field. */
  readonly position: number;
  readonly options: readonly Option[];
}

/** The legal actions as they are listed and numbered. */
export interface Choices {
  /** One list of options, or two in doubles when both slots have a choice to make. */
  readonly slots: readonly SlotOptions[];
  readonly candidates: readonly Candidate[];
}

/** In doubles a candidate's number is this many times the left option's number, plus the right one's. */
export const LEFT_FACTOR = 100;

/**
 * Numbers the legal actions. At team preview there is one candidate for each set of leads: the first legal order
 * that has them. In doubles each slot's options are listed by themselves, and a candidate's number joins both;
 * attacks on one's own ally are left out.
 */
export function numberChoices(actions: readonly Action[], state: BattleState): Choices {
  const pairs = withoutFriendlyFire(
    actions.filter((action) => action.type === 'pair'),
    state.gen,
  );
  if (pairs.length === 0) return oneList(distinctLeads(actions), 0, state);
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

/** Lists actions that differ in the slot at `position` alone. */
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
  const words = actions.map((action) => optionWords(action, state));
  const options = actions.map((action, index) => {
    const own = words[index] ?? '';
    // Several moves turn into the same Max Move.
    const isTwin = action.type === 'move' && words.filter((other) => other === own).length > 1;
    return {
      number: index + 1,
      action,
      words: isTwin ? `${own} (from ${findMove(state.gen, action.move)?.name ?? action.move})` : own,
    };
  });
  return { position, options };
}

function distinct(actions: readonly SlotAction[]): SlotAction[] {
  return [...new Map(actions.map((action) => [toChoice(action), action])).values()];
}

/** Moves that do damage and still help the ally they are aimed at. */
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

function distinctLeads(actions: readonly Action[]): (SlotAction | TeamAction)[] {
  const seen = new Set<string>();
  return actions.flatMap((action): readonly (SlotAction | TeamAction)[] => {
    if (action.type === 'pair') return [];
    if (action.type !== 'team') return [action];
    // Which of two leads stands left and which right makes no difference.
    const leads = action.order
      .slice(0, action.leads.length)
      .sort((a, b) => a - b)
      .join(' ');
    if (seen.has(leads)) return [];
    seen.add(leads);
    return [action];
  });
}

function optionWords(action: SlotAction | TeamAction, state: BattleState): string {
  const target = action.type === 'move' ? targetWords(action, state) : undefined;
  if (action.type !== 'move' || target === undefined) return safeLine(describeAction(action), 120);
  const { target: _, ...untargeted } = action;
  return safeLine(`${describeAction(untargeted)} ${target}`, 120);
}

/** `on Garchomp`, `on your Pelipper`: whom a move of a doubles battle is aimed at; undefined for no target. */
function targetWords(action: MoveAction, state: BattleState): string | undefined {
  const { target } = action;
  if (target === undefined) return undefined;
  const [side, whose, place] = target > 0 ? [state.foe, 'foe', target - 1] : [state.own, 'your', -target - 1];
  const pokemon = side.active[place];
  const twins = side.active.filter((other) => other?.species === pokemon?.species).length > 1;
  const where = place === 0 ? 'left' : 'right';
  if (!pokemon || pokemon.fainted) return `on the empty ${whose} slot on the ${where}`;
  return `on ${whose} ${pokemon.species}${twins ? ` (${where})` : ''}`;
}
