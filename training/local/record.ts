import { type Action, describeAction } from '../../src/battle/action.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { SideId } from '../../src/battle/state.ts';
import { shortened } from '../../src/observation/action-view.ts';
import { createRandom } from '../../src/util/random.ts';

/**
 * One decision of a battle, with everything that a model can learn from it. A line of a shard is one of these as JSON.
 */
export interface PositionRecord {
  readonly battle: string;
  /** The battle is reserved for evaluation: nothing is trained on it. */
  readonly heldOut: boolean;
  readonly format: string;
  readonly turn: number;
  readonly side: SideId;
  /** What was requested: a turn, a replacement or the team's order. */
  readonly request: ChoiceRequest['type'];
  /** What the side knows, in the style `local`, with nothing else about the other side. */
  readonly prompt: string;
  /** Every candidate of the prompt, in its order. */
  readonly actions: readonly {
    /** Showdown's choice string. */
    readonly choice: string;
    readonly words: string;
    /** Its lines in the prompt, counted from 0: one, or two if it consists of two options. */
    readonly lines: readonly number[];
  }[];
  readonly teacher: { readonly name: string; readonly settings: Readonly<Record<string, number>> };
  /** The teacher's probability of each action; their sum is 1. */
  readonly policy: readonly number[];
  /** The teacher's score of each action, in its own unit. */
  readonly scores: readonly number[];
  /** The teacher's chance to win, 0–1; null if it gives none. */
  readonly value: number | null;
  /** What the teacher expects to follow its best action, in words; null if it gives nothing. */
  readonly line: string | null;
  /** What the other side chose at the same time, e.g. `Tera Surf`, `Milotic`; null when that was not a turn. */
  readonly foe: string | null;
  /** Index of the action that was played; -1 if the prompt does not list it. */
  readonly chosen: number;
  /** The player that chose it. */
  readonly player: string;
  /** How the battle ended for this side: 1, 0 or ½. */
  readonly result: number;
}

/** Share of battles held out, in percent. */
const HELD_OUT_PERCENT = 2;

/** Whether a battle is held out for evaluation; depends on its id alone. */
export function isHeldOut(battle: string): boolean {
  return createRandom(`held-out ${battle}`).below(100) < HELD_OUT_PERCENT;
}

/** An action as it begins the prompt's line: `Tera Surf`, `Milotic` for a switch to it. */
export function actionText(action: Action): string {
  if (action.type === 'pair') return `${actionText(action.left)}; ${actionText(action.right)}`;
  return shortened(describeAction(action)).replace(/^switch /, '');
}
