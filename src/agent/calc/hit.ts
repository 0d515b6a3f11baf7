import type { MoveAssessment } from '../../knowledge/assessment.ts';

/** Effect of a hit on a target. */
export interface Strike {
  /** Chance that the target faints. */
  readonly ko: number;
  /** Expected HP fraction otherwise. */
  readonly left: number;
}

/**
 * Effect of a move on a target with this many HP, given that it hits.
 *
 * @param assessedHp the HP that the assessment's KO chance assumes
 * @param factor on the damage, for stat stages that have changed since
 */
export function strikeOf(move: MoveAssessment, hp: number, assessedHp: number, factor: number): Strike {
  const { damage } = move;
  if (!damage || damage.max === 0) return { ko: 0, left: hp };
  const [min, mean, max] = [damage.min * factor, damage.mean * factor, damage.max * factor];
  const isAssessed = hp === assessedHp && factor === 1 && move.accuracy > 0;
  const ko = isAssessed ? Math.min(1, damage.koChance / move.accuracy) : shareAbove(min, max, hp);
  const typical = ko > 0 ? Math.min(mean, (min + Math.min(max, hp)) / 2) : mean;
  return { ko, left: Math.max(0.01, hp - typical) };
}

/** Chance that a uniform roll between two bounds reaches a threshold. */
export function shareAbove(min: number, max: number, threshold: number): number {
  if (threshold <= min) return 1;
  return threshold > max ? 0 : (max - threshold) / Math.max(max - min, 1e-9);
}

/** Chance that our Pokémon acts before the opponent's. */
export function orderChance(ownPriority: number, foePriority: number, ownFirst: number): number {
  if (ownPriority === foePriority) return ownFirst;
  return ownPriority > foePriority ? 1 : 0;
}
