import { shareAbove } from './hit.ts';

/** One of our attacks on one opponent. */
export interface AttackOdds {
  readonly min: number;
  readonly max: number;
  readonly accuracy: number;
  /** Chance to act before that opponent. */
  readonly first: number;
  /** Chance that the opponent flinches if it is hit first. */
  readonly flinch: number;
}

/** Chance that attacks together take at least `hp`, each of which may hit or miss. */
export function chanceOfKo(attacks: readonly AttackOdds[], hp: number): number {
  let chance = 0;
  for (let hits = 0; hits < 2 ** attacks.length; hits++) {
    let probability = 1;
    let [min, max] = [0, 0];
    for (const [index, attack] of attacks.entries()) {
      const landed = (hits >> index) % 2 === 1;
      probability *= landed ? attack.accuracy : 1 - attack.accuracy;
      if (landed) [min, max] = [min + attack.min, max + attack.max];
    }
    if (max > 0) chance += probability * shareAbove(min, max, hp);
  }
  return chance;
}
