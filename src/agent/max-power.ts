import type { SlotAction, TeamAction } from '../battle/action.ts';
import { slotActions } from '../battle/action.ts';
import { findMove } from '../knowledge/dex.ts';
import type { Agent } from './agent.ts';

/**
 * Uses the move with the highest listed base power, whatever its type or accuracy. On a tie, and when it has no attack,
 * it draws at random. It never switches by choice and never uses a gimmick.
 */
export const maxPowerAgent: Agent = {
  name: 'max-power',
  async decide(turn) {
    const { gen } = turn.state;
    const powers = turn.actions.map((action) =>
      slotActions(action).reduce((sum, part) => sum + power(part, gen), 0),
    );
    const most = Math.max(...powers);
    return { action: turn.random.pick(turn.actions.filter((_, index) => powers[index] === most)) };
  },
};

/** Listed base power; negative for actions that it never takes by choice. */
function power(action: SlotAction | TeamAction, gen: number): number {
  if (action.type === 'pass') return -2;
  if (action.type !== 'move') return action.type === 'switch' ? -1 : 0;
  const atAlly = action.target !== undefined && action.target < 0;
  if (action.gimmick !== undefined || atAlly) return -1;
  return findMove(gen, action.name)?.basePower ?? 0;
}
