import type { MoveAssessment } from '../../knowledge/assessment.ts';

/** A move the foe may use this turn, with the chance that it does. */
export interface Reply {
  readonly move: MoveAssessment;
  readonly weight: number;
}

/** The most that status moves share of the foe's choices. */
const STATUS_SHARE = 0.2;

/**
 * What the foe will do to an own Pokémon: it picks its most damaging move, as far as it has it, and now and then a
 * status move.
 *
 * @param ownHp damage beyond this HP fraction counts for nothing
 */
export function likelyReplies(moves: readonly MoveAssessment[], ownHp: number): Reply[] {
  const appeal = ({ damage, accuracy }: MoveAssessment): number =>
    damage ? Math.min(ownHp, damage.mean) * accuracy + 0.3 * damage.koChance : 0;
  const attacks = moves.filter(({ damage }) => damage && damage.max > 0);
  const ranked = [...attacks].sort((a, b) => appeal(b) - appeal(a));
  const replies: Reply[] = [];
  let left = 1;
  for (const move of ranked) {
    const weight = left * move.probability;
    if (weight > 0.02) replies.push({ move, weight });
    left -= weight;
  }
  const quiet = moves.filter(({ category }) => category === 'Status');
  const quietTotal = quiet.reduce((sum, { probability }) => sum + probability, 0);
  const quietShare = replies.length === 0 ? 1 : Math.min(STATUS_SHARE, quietTotal * 0.1);
  const total = replies.reduce((sum, { weight }) => sum + weight, 0);
  return [
    ...replies.map(({ move, weight }) => ({ move, weight: (weight / total) * (1 - quietShare) })),
    ...quiet.map((move) => ({ move, weight: (move.probability / quietTotal) * quietShare })),
  ];
}
