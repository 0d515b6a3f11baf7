import type { DamageRange, MoveAssessment } from '../knowledge/assessment.ts';

/** A fraction as whole percent without the sign: `41`. */
function whole(fraction: number): number {
  return Math.round(fraction * 100);
}

/** A chance as whole percent; what is possible does not read as 0%, nor what is uncertain as 100%. */
export function chance(probability: number): string {
  const rounded = whole(probability);
  if (rounded === 0 && probability > 0) return '1%';
  return rounded === 100 && probability < 1 ? '99%' : `${rounded}%`;
}

/** `41-49%`, or `50%` when both ends round to the same. */
export function rangeWords({ min, max }: DamageRange): string {
  return whole(min) === whole(max) ? `${whole(max)}%` : `${whole(min)}-${whole(max)}%`;
}

/** From here on a probability is as good as 1. */
export const CERTAIN = 0.995;
const MOST_HITS = 9;

/** `KO`, `12% to KO`, `KO in 2-3`; empty when it would take too long to matter. */
export function koWords({ koChance, hitsToKo: [fewest, most] }: DamageRange): string {
  if (koChance >= CERTAIN) return 'KO';
  if (koChance > 0) return `${chance(koChance)} to KO`;
  if (fewest > MOST_HITS) return '';
  if (fewest === most) return `KO in ${fewest}`;
  return most > MOST_HITS ? `KO in ${fewest}+` : `KO in ${fewest}-${most}`;
}

/** What an attack does, e.g. `x2, 41-49%, KO in 3`, or `no effect`; undefined for status moves that work. */
export function attackWords(assessed: MoveAssessment): string | undefined {
  const { effectiveness, damage } = assessed;
  if (effectiveness === 0) return 'no effect';
  if (!damage) return undefined;
  const multiplier = effectiveness === 1 ? '' : `x${effectiveness}`;
  return [multiplier, rangeWords(damage), koWords(damage)].filter((text) => text !== '').join(', ');
}

/** Beyond so many hits a KO is too far away for the brief form. */
const NEAR = 2;

/** The same in as few characters as possible, e.g. `41-49%`, `60-71%, KO in 2`. */
export function briefAttackWords(assessed: MoveAssessment): string | undefined {
  const { effectiveness, damage } = assessed;
  if (effectiveness === 0) return 'no effect';
  if (!damage) return undefined;
  return damage.hitsToKo[0] > NEAR ? rangeWords(damage) : `${rangeWords(damage)}, ${koWords(damage)}`;
}
