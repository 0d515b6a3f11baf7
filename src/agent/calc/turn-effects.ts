import type { BattleState, PokemonState } from '../../battle/state.ts';
import { sleepClause } from './lasting-worth.ts';
import type { MoveEffects, Stages } from './move-effects.ts';

/** Changes by a turn since the position was assessed. */
export interface Shift {
  /** Stages gained or lost. */
  readonly ownStages: Stages;
  readonly foeStages: Stages;
  /** Factors on the opponent's Speed, physical damage and chance to act and hit. */
  readonly foeSpeed: number;
  readonly foePhysical: number;
  readonly foeAccuracy: number;
  /** Additional HP fractions lost per turn. */
  readonly foeResidual: number;
  readonly ownResidual: number;
  /** Additional turns without acting. */
  readonly foeIdle: number;
  readonly ownIdle: number;
}

export const NO_SHIFT: Shift = {
  ownStages: {},
  foeStages: {},
  foeSpeed: 1,
  foePhysical: 1,
  foeAccuracy: 1,
  foeResidual: 0,
  ownResidual: 0,
  foeIdle: 0,
  ownIdle: 0,
};

/** Lasting effects of a move in the running duel, once it has hit. */
export function shiftAfter(
  effects: MoveEffects,
  own: PokemonState,
  foe: PokemonState,
  state: BattleState,
): Shift {
  const { gen } = state;
  let shift: Shift = { ...NO_SHIFT, ownStages: effects.ownStages, foeStages: effects.foeStages };
  if (effects.leechSeeds && !foe.volatiles.leechseed) {
    shift = { ...shift, foeResidual: 1 / 8, ownResidual: -1 / 10 };
  }
  if (effects.hinders) shift = { ...shift, foeAccuracy: 1 - 0.3 * Math.min(1, effects.hinders) };
  if (effects.heal === 1 && own.hp < 1) shift = { ...shift, ownIdle: 2 };
  for (const [status, chance] of effects.statuses) {
    if (foe.status || chance < 0.3) continue;
    switch (status) {
      case 'brn':
        shift = {
          ...shift,
          foePhysical: 1 - 0.5 * chance,
          foeResidual: shift.foeResidual + chance / (gen >= 7 ? 16 : 8),
        };
        break;
      case 'par':
        shift = {
          ...shift,
          foeSpeed: 1 - chance * (gen >= 7 ? 0.5 : 0.75),
          foeAccuracy: shift.foeAccuracy * (1 - 0.25 * chance),
        };
        break;
      case 'psn':
        shift = { ...shift, foeResidual: shift.foeResidual + chance / 8 };
        break;
      case 'tox':
        shift = { ...shift, foeResidual: shift.foeResidual + (chance * 2.5) / 16 };
        break;
      case 'slp':
      case 'frz':
        if (!sleepClause(status, state.foe)) shift = { ...shift, foeIdle: 1.5 * chance };
        break;
    }
  }
  return shift;
}
