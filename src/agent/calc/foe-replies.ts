import type { MoveAssessment } from '../../knowledge/assessment.ts';

/** A move that the opponent may use this turn, with its chance. */
export interface Reply {
  readonly move: MoveAssessment;
  readonly weight: number;
}

/** The largest share of status moves among the opponent's choices. */
const STATUS_SHARE = 0.2;

/**
 * Likely moves of the opponent against one of our Pokémon: the most damaging one that it has, and now and then a status
 * move.
 *
 * @param ownHp damage beyond this HP fraction does not count
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
