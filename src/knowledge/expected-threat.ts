import type { MoveAssessment, Threat } from './assessment.ts';

/**
 * Expected damage of the next attack of a side with these moves: it uses the best one that it really has. Moves that it
 * may have count by their probability, as if independent of each other.
 */
export function expectedThreat(moves: readonly MoveAssessment[]): Threat {
  const attacks = moves
    .flatMap((move) => (move.damage ? [{ move, value: Math.min(1, move.damage.mean) * move.accuracy }] : []))
    .sort((a, b) => b.value - a.value);
  let expected = 0;
  let hasNoneSoFar = 1;
  for (const { move, value } of attacks) {
    expected += value * move.probability * hasNoneSoFar;
    hasNoneSoFar *= 1 - move.probability;
  }
  let worst: MoveAssessment | undefined;
  for (const { move } of attacks) {
    if ((move.damage?.max ?? 0) > (worst?.damage?.max ?? 0)) worst = move;
  }
  return worst ? { expected, worst } : { expected };
}
