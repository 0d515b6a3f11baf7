import type { MoveAssessment, Threat } from './assessment.ts';

/**
 * How much damage to expect from the next attack of a side that has these moves: it uses the best of those it
 * really has. Moves it may have count by their probability, taken as independent of each other.
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
