import { type Action, type SwitchAction, slotActions } from '../../battle/action.ts';
import type { Pairing, TurnAssessment } from '../../knowledge/assessment.ts';
import { expectedThreat } from '../../knowledge/expected-threat.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import { isSwitchOnly, switchStreak } from '../../memory/switch-streak.ts';
import type { SwitchAudit } from '../agent.ts';

/**
 * Measures a voluntary switch: how many there were in a row, and whether it takes more damage than staying would,
 * counting hazards on entry and the opponent's expected next attack. In doubles the damage is that of the slots that
 * switch, and the switch counts as one in a row when no slot uses a move.
 *
 * @param assessment without it only the switches are counted
 * @returns undefined for a decision that is not a voluntary switch
 */
export function auditSwitch(
  action: Action,
  turn: Pick<DecisionContext, 'request' | 'memory'>,
  assessment?: TurnAssessment,
): SwitchAudit | undefined {
  if (turn.request.type !== 'move') return undefined;
  const switching = slotActions(action).flatMap((slot, position) =>
    slot.type === 'switch' ? [{ slot, position }] : [],
  );
  if (switching.length === 0) return undefined;
  const consecutive = isSwitchOnly(action) ? switchStreak(turn.memory) + 1 : 0;
  if (!assessment) return { consecutive, intoMoreDamage: false };
  const expectedDamageSwitching = mean(switching.map(({ slot }) => damageComingIn(slot, assessment)));
  const expectedDamageStaying = mean(switching.map(({ position }) => damageStaying(position, assessment)));
  const intoMoreDamage =
    expectedDamageSwitching !== undefined &&
    expectedDamageStaying !== undefined &&
    expectedDamageSwitching > expectedDamageStaying;
  return { consecutive, expectedDamageSwitching, expectedDamageStaying, intoMoreDamage };
}

function damageComingIn({ slot }: SwitchAction, { switches }: TurnAssessment): number | undefined {
  const entering = switches.find(({ pokemon }) => pokemon.requestSlot === slot);
  if (!entering) return undefined;
  return entering.hazardDamage + (entering.faintsOnEntry ? 0 : damageFrom(entering.pairings));
}

function damageStaying(position: number, { state, pairings }: TurnAssessment): number | undefined {
  const active = state.own.active[position];
  return active ? damageFrom(pairings.filter(({ own }) => own.id === active.id)) : undefined;
}

/** Expected damage to one Pokémon from all opponents that face it. */
function damageFrom(pairings: readonly Pairing[]): number {
  return pairings.reduce((sum, { foeMoves }) => sum + expectedThreat(foeMoves).expected, 0);
}

/** Undefined if one of the values is. */
function mean(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum / values.length;
}
