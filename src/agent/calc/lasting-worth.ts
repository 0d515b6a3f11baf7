import type { Gimmick } from '../../battle/action.ts';
import type { PokemonState, SideState, StatusId } from '../../battle/state.ts';
import type { MoveAssessment } from '../../knowledge/assessment.ts';
import type { MoveEffects, Stages } from './move-effects.ts';
import { alive } from './worth.ts';

// Effects that outlast the running duel, in healthy Pokémon.

/** Worth of an unused once-per-battle gimmick while the whole team is alive. */
const GIMMICK_WORTH: Readonly<Record<Gimmick, number>> = {
  terastallize: 0.15,
  dynamax: 0.25,
  zmove: 0.1,
  mega: 0,
  megax: 0,
  megay: 0,
  ultra: 0,
};

/** Cost of using a gimmick now. */
export function gimmickCost(gimmick: Gimmick | undefined, own: SideState): number {
  return gimmick ? GIMMICK_WORTH[gimmick] * Math.min(1, (alive(own) - 1) / 3) : 0;
}

/** Worth of our stat stages to a Pokémon at full HP, by its moves. */
export function stageWorth(moves: readonly MoveAssessment[], stages: Stages): number {
  const offences = (['atk', 'spa'] as const).flatMap((stat) => {
    const category = stat === 'atk' ? 'Physical' : 'Special';
    return moves.some((move) => move.category === category && move.damage) ? [stages[stat] ?? 0] : [];
  });
  const value =
    rise(Math.max(0, ...offences)) +
    0.06 * Math.min(0, ...offences) +
    0.08 * (stages.spe ?? 0) +
    0.04 * ((stages.def ?? 0) + (stages.spd ?? 0));
  return Math.max(-0.3, Math.min(0.6, value));
}

/** Each further stage is worth less than the one before. */
function rise(stages: number): number {
  return 0.14 * Math.min(2, stages) + 0.08 * Math.max(0, stages - 2);
}

/** Worth to us of stages that the opponent has; lowered ones count only in the duel. */
export function foeStageWorth(stages: Stages): number {
  return -0.04 * Object.values(stages).reduce((sum, stage) => sum + Math.max(0, stage ?? 0), 0);
}

const STATUS_WORTH: Readonly<Record<StatusId, number>> = {
  brn: 0.12,
  par: 0.12,
  psn: 0.06,
  tox: 0.12,
  slp: 0.2,
  frz: 0.3,
};

/** Worth of the statuses that a move gives the opponent. */
export function statusWorth(
  effects: MoveEffects,
  foe: PokemonState,
  foeSide: SideState,
  foeHp: number,
): number {
  if (foe.status) return 0;
  const value = effects.statuses.reduce(
    (sum, [status, chance]) => sum + (sleepClause(status, foeSide) ? 0 : chance * STATUS_WORTH[status]),
    0,
  );
  return value * (0.5 + 0.5 * foeHp);
}

/** Whether Sleep Clause protects the opponent's team from a second sleeper. */
export function sleepClause(status: StatusId, foeSide: SideState): boolean {
  return status === 'slp' && foeSide.pokemon.some((pokemon) => pokemon.status === 'slp' && !pokemon.fainted);
}
