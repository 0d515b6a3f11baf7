import { type Action, describeAction } from '../../src/battle/action.ts';
import type { ChoiceRequest } from '../../src/battle/request.ts';
import type { SideId } from '../../src/battle/state.ts';
import { shortened } from '../../src/observation/action-view.ts';
import { createRandom } from '../../src/util/random.ts';

/** One decision of a battle, with all that a model can learn from it. A line of a shard is one of these as JSON. */
export interface PositionRecord {
  readonly battle: string;
  /** The battle is kept for evaluation: nothing is trained on it. */
  readonly heldOut: boolean;
  readonly format: string;
  readonly turn: number;
  readonly side: SideId;
  /** What was asked for: a turn, a replacement or the team's order. */
  readonly request: ChoiceRequest['type'];
  /** What the side knows, in the style `local`: nothing else of the other side is in it. */
  readonly prompt: string;
  /** Every candidate of the prompt, in its order. */
  readonly actions: readonly {
    /** Showdown's choice string. */
    readonly choice: string;
    readonly words: string;
    /** Its lines in the prompt, counted from 0: one, or two where it consists of two options. */
    readonly lines: readonly number[];
  }[];
  readonly teacher: { readonly name: string; readonly settings: Readonly<Record<string, number>> };
  /** The teacher's probability of each action; their sum is 1. */
  readonly policy: readonly number[];
  /** The teacher's score of each action, in its own unit. */
  readonly scores: readonly number[];
  /** The teacher's chance to win, 0–1; null where it has none. */
  readonly value: number | null;
  /** What the teacher expects to follow its best action, in words; null where it does not say. */
  readonly line: string | null;
  /** What the other side chose at the same time, e.g. `Tera Surf`, `Milotic`; null where that was no turn. */
  readonly foe: string | null;
  /** Index of the action that was played; -1 for one that the prompt does not list. */
  readonly chosen: number;
  /** Who chose it. */
  readonly player: string;
  /** How the battle ended for this side: 1, 0 or ½. */
  readonly result: number;
}

/** Of a hundred battles so many are held out. */
const HELD_OUT_PERCENT = 2;

/** Whether a battle is for evaluation: by its id alone, whoever asks. */
export function isHeldOut(battle: string): boolean {
  return createRandom(`held-out ${battle}`).below(100) < HELD_OUT_PERCENT;
}

/** An action as the prompt's lines begin: `Tera Surf`, `Milotic` for a switch to it. */
export function actionText(action: Action): string {
  if (action.type === 'pair') return `${actionText(action.left)}; ${actionText(action.right)}`;
  return shortened(describeAction(action)).replace(/^switch /, '');
}
