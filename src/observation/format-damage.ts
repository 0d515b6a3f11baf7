import type { DamageRange, MoveAssessment } from '../knowledge/assessment.ts';
import type { ImpactView } from './view.ts';

/** A fraction as whole percent without the sign: `41`. */
function whole(fraction: number): number {
  return Math.round(fraction * 100);
}

/** A chance as whole percent; only the impossible reads as 0%, and only the certain as 100%. */
export function chance(probability: number): string {
  const rounded = whole(probability);
  if (rounded === 0 && probability > 0) return '1%';
  return rounded === 100 && probability < 1 ? '99%' : `${rounded}%`;
}

/** `41-49%`, or `50%` when both ends round to the same. */
function rangeWords({ min, max }: Pick<DamageRange, 'min' | 'max'>): string {
  return whole(min) === whole(max) ? `${whole(max)}%` : `${whole(min)}-${whole(max)}%`;
}

/** From here on a probability counts as 1. */
export const CERTAIN = 0.995;
const MOST_HITS = 9;

/** A critical hit less likely than this is nothing to plan with. */
const NOTABLE = 0.1;

/** `KO`, `12% to KO`, `KO in 2-3`; empty when it would take too long to matter. */
function koWords({ koChance, hitsToKo: [fewest, most] }: DamageRange): string {
  if (koChance >= CERTAIN) return 'KO';
  if (koChance > 0 && (fewest === 1 || koChance >= NOTABLE)) return `${chance(koChance)} to KO`;
  if (fewest > MOST_HITS) return '';
  if (fewest === most) return `KO in ${fewest}`;
  return most > MOST_HITS ? `KO in ${fewest}+` : `KO in ${fewest}-${most}`;
}

/** `47% crit for 24-28%` when critical hits are likely but not certain; otherwise empty. */
function critWords({ crit }: DamageRange): string {
  return crit && crit.chance >= NOTABLE ? `${chance(crit.chance)} crit for ${rangeWords(crit)}` : '';
}

/** `misses: target underground`; empty when the target can be reached. */
function awayWords({ accuracy, targetAway }: MoveAssessment): string {
  if (!targetAway) return '';
  return accuracy === 0 ? `misses: target ${targetAway}` : `target may be ${targetAway}`;
}

/** Why a move is useless now; undefined when it may be of use. */
function inVain({ effectiveness, damage, accuracy }: MoveAssessment, away: string): string | undefined {
  if (effectiveness === 0) return 'no effect';
  if (accuracy === 0) return away || 'fails now';
  return damage ? undefined : away || undefined;
}

/** The effect of an attack, e.g. `x2, 41-49%, KO in 3`, or `no effect`; undefined for status moves that work. */
export function attackWords(assessed: MoveAssessment): string | undefined {
  const { effectiveness, damage } = assessed;
  const away = awayWords(assessed);
  const vain = inVain(assessed, away);
  if (vain !== undefined || !damage) return vain;
  const multiplier = effectiveness === 1 ? '' : `x${effectiveness}`;
  return listed([away, multiplier, rangeWords(damage), critWords(damage), koWords(damage)]);
}

/** Numbers stay in a small range, so that a small model has seen each of them in training. */
const MOST_DAMAGE = 150;
const MOST_USES = 10;

/** Beyond this many hits a KO is too far away for the brief form. */
const NEAR = 2;

/** The same in as few characters as possible, e.g. `41-49%`, `60-71%, KO in 2`. */
export function briefAttackWords(assessed: MoveAssessment): string | undefined {
  const { damage } = assessed;
  const away = awayWords(assessed);
  const vain = inVain(assessed, away);
  if (vain !== undefined || !damage) return vain;
  const ko = damage.hitsToKo[0] > NEAR ? '' : koWords(damage);
  return listed([away, rangeWords(damage), critWords(damage), ko]);
}

/** Expected effect of an attack on a target with this share of its HP left, in numbers; undefined when it has none. */
export function impactOf(assessed: MoveAssessment, hp: number): ImpactView | undefined {
  const { damage, accuracy } = assessed;
  if (!damage || inVain(assessed, awayWords(assessed)) !== undefined || damage.mean <= 0) return undefined;
  const uses = Math.ceil(hp / damage.mean);
  const outcome = damage.koChance >= NOTABLE ? chance(damage.koChance) : `${Math.min(uses, MOST_USES)}`;
  return { damage: `${Math.min(whole(damage.mean * accuracy), MOST_DAMAGE)}`, outcome };
}

function listed(words: readonly string[]): string {
  return words.filter((text) => text !== '').join(', ');
}
