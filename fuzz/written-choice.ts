import { type Action, type SlotAction, slotActions, type TeamAction } from '../src/battle/action.ts';
import type { Random } from '../src/util/random.ts';
import type { Moment } from '../test/support/simulated-battle.ts';
import type { PlannedSet } from './planned-set.ts';

/**
 * One answer to a request, one entry per slot of the field, in terms that survive a change of the team: the id of a
 * move, or the key of a Pokémon.
 */
export type WrittenChoice = readonly WrittenSlot[];

interface WrittenSlot {
  readonly move?: string;
  readonly target?: number;
  readonly gimmick?: string;
  /** Keys of the Pokémon that come in, or the order in which the team is led. */
  readonly members?: readonly (number | undefined)[];
}

/** Writes down what was chosen. */
export function write(moment: Moment, action: Action): WrittenChoice {
  return slotActions(action).map((slot) => writeSlot(moment, slot));
}

function writeSlot({ sim, side }: Moment, slot: SlotAction | TeamAction): WrittenSlot {
  const key = (position: number): number | undefined =>
    (sim.getSide(side).pokemon[position - 1]?.set as PlannedSet | undefined)?.key;
  switch (slot.type) {
    case 'move':
      return { move: slot.move, target: slot.target, gimmick: slot.gimmick };
    case 'switch':
      return { members: [key(slot.slot)] };
    case 'team':
      return { members: slot.order.map(key) };
    case 'pass':
      return {};
  }
}

/** The written choice if it is legal, otherwise a random action. Rarely a switch, so that there is fighting. */
export function chooseAgain(moment: Moment, written: WrittenChoice | undefined, random: Random): Action {
  const { actions } = moment;
  if (written) {
    const wanted = JSON.stringify(written);
    const found = actions.find((action) => JSON.stringify(write(moment, action)) === wanted);
    if (found) return found;
  }
  for (let tries = 0; tries < 3; tries++) {
    const action = random.pick(actions);
    const switches = slotActions(action).some(({ type }) => type === 'switch');
    if (!switches || moment.request.type !== 'move' || random.next() < 0.2) return action;
  }
  return random.pick(actions);
}
