import type { PokemonState } from '../battle/state.ts';
import type { Combatant } from './combatant.ts';

/** Factors of stages −6 to 6 in generations 1 and 2, in hundredths. */
const OLD_STAGES = [25, 28, 33, 40, 50, 66, 100, 150, 200, 250, 300, 350, 400];

/** The factor of a stage in generations 1 and 2, in hundredths. */
export function stageHundredths(stage: number): number {
  return OLD_STAGES[Math.max(-6, Math.min(6, stage)) + 6] ?? 100;
}

/**
 * The factor of a stage −6 to 6 on an attacking or defending stat or on Speed since generation 3; stages beyond count
 * as the nearest.
 */
export function stageFactor(stage: number): number {
  const clamped = Math.max(-6, Math.min(6, stage));
  return clamped >= 0 ? (2 + clamped) / 2 : 2 / (2 - clamped);
}

/** The factor of a stage −6 to 6 of accuracy or evasion; stages beyond count as the nearest. */
export function accuracyFactor(stage: number): number {
  const clamped = Math.max(-6, Math.min(6, stage));
  return clamped >= 0 ? (3 + clamped) / 3 : 3 / (3 - clamped);
}

/** A stat at a stage, in points, before items and abilities. */
export function staged(gen: number, stat: number, stage: number): number {
  const clamped = Math.max(-6, Math.min(6, stage));
  if (gen <= 2) return Math.min(999, Math.floor((stat * stageHundredths(stage)) / 100));
  return clamped >= 0 ? Math.floor((stat * (2 + clamped)) / 2) : Math.floor((stat * 2) / (2 - clamped));
}

/** Effective stages: in generation 4 Simple doubles them while it is active, and not when they are gained. */
export function stagesInEffect(gen: number, ability: string, stages: number): number {
  return gen === 4 && ability === 'simple' ? 2 * stages : stages;
}

/** Points times a factor, rounded as in the games from generation 3 on: to the nearest, halves down. */
export function multiplied(points: number, factor: number): number {
  return Math.floor((points * Math.floor(factor * 4096) + 2047) / 4096);
}

/**
 * A stat of generation 1 in effect, in points: its stages, and the reductions by burn and paralysis, made when they
 * were inflicted or when an opponent changed a stage.
 */
export function oldStat({ stats, pokemon }: Combatant, stat: 'atk' | 'def' | 'spa' | 'spd' | 'spe'): number {
  const value = staged(1, stats[stat], pokemon.boosts[stat] ?? 0);
  if (stat !== 'atk' && stat !== 'spe') return value;
  const factor = stat === 'atk' ? 1 / 2 : 1 / 4;
  let reduced = value;
  for (let times = penaltiesOf(pokemon)[stat]; times > 0; times--)
    reduced = Math.max(1, Math.floor(reduced * factor));
  return reduced;
}

/** A Pokémon on the bench gets one reduction when it comes in. */
function penaltiesOf({ statPenalties, status }: PokemonState): NonNullable<PokemonState['statPenalties']> {
  return statPenalties ?? { atk: status === 'brn' ? 1 : 0, spe: status === 'par' ? 1 : 0 };
}
