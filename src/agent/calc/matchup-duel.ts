import { FREE_ENTRY, type Stakes, worth } from './worth.ts';

/** An attack used again and again: fractions of the target's maximum HP. */
export interface Attack {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Chance that a use hits; full paralysis and similar failures count as misses. */
  readonly accuracy: number;
}

/** What one side of a duel does to the other with its attacks. */
export interface Offence {
  /** Chance that this many uses take at least `hp`. */
  chanceToDown(uses: number, hp: number): number;
  /** Expected damage of a use. */
  readonly perUse: number;
}

/** One side of a duel. */
export interface DuelSide {
  /** HP fraction. */
  readonly hp: number;
  readonly offence: Offence;
  /**
   * HP fraction lost at the end of each turn (burn, poison, Leech Seed); negative for Leftovers and similar healing.
   */
  readonly residual: number;
  /** Turns in which it cannot act (asleep, recharging). */
  readonly idleTurns: number;
}

/** Two Pokémon that fight on. */
export interface Duel {
  readonly own: DuelSide;
  readonly foe: DuelSide;
  /** Chance that our Pokémon acts first. */
  readonly ownFirst: number;
  readonly stakes: Stakes;
  /** Worth of going on with another Pokémon once ours has fainted, by the opponent's HP then. */
  afterLoss(foeHp: number): number;
}

/** After this many turns a duel counts as undecided. */
const HORIZON = 8;
/** Discount per turn ahead: the opponent may leave, luck may turn. */
export const DISCOUNT = 0.93;

/**
 * Worth to us, in healthy Pokémon, of both fighting on with these attacks: what the opponent is expected to lose minus
 * what we are.
 */
export function duelWorth({ own, foe, ownFirst, stakes, afterLoss }: Duel): number {
  const ownWorth = worth(own.hp, stakes.own);
  const foeWorth = worth(foe.hp, stakes.foe);
  let value = 0;
  let weight = 1;
  let [foeDown, ownDown] = [0, 0];
  for (let turn = 1; turn <= HORIZON; turn++) {
    const foeDownNow = Math.max(foeDown, downBy(turn, own, foe));
    const ownDownNow = Math.max(ownDown, downBy(turn, foe, own));
    const wins = (foeDownNow - foeDown) * (ownFirst * (1 - ownDown) + (1 - ownFirst) * (1 - ownDownNow));
    const losses = (ownDownNow - ownDown) * ((1 - ownFirst) * (1 - foeDown) + ownFirst * (1 - foeDownNow));
    weight *= DISCOUNT;
    if (wins > 0.001) value += weight * wins * (foeWorth - FREE_ENTRY - lossAfter(turn - ownFirst, foe, own));
    if (losses > 0.001) {
      const left = leftAfter(turn - 1 + ownFirst, own, foe);
      value += weight * losses * (worth(foe.hp) - worth(left) - ownWorth + afterLoss(left));
    }
    [foeDown, ownDown] = [foeDownNow, ownDownNow];
  }
  const undecided = (1 - foeDown) * (1 - ownDown);
  return value + weight * undecided * (lossAfter(HORIZON, own, foe) - lossAfter(HORIZON, foe, own));
}

/** Chance that the target has fainted once the attacker has acted in its turn number `turn`. */
function downBy(turn: number, attacker: DuelSide, target: DuelSide): number {
  const uses = turn - attacker.idleTurns;
  return attacker.offence.chanceToDown(uses, target.hp - target.residual * (turn - 1));
}

/** Chance that this many uses of an attack take at least `hp`. */
export function chanceToDown(attack: Attack, uses: number, hp: number): number {
  if (hp <= 0) return 1;
  if (uses <= 0) return 0;
  const { min, mean, max, accuracy } = attack;
  if (max * uses < hp) return 0;
  if (uses === 1) return accuracy * (hp <= min ? 1 : (max - hp) / Math.max(max - min, 1e-9));
  // A use does a uniform roll or nothing; the sum of several is roughly normal.
  const variance = accuracy * (mean * mean + (max - min) ** 2 / 12) - (accuracy * mean) ** 2;
  const spread = Math.sqrt(uses * variance) + 1e-6;
  return normalCdf((uses * accuracy * mean - hp) / spread);
}

/** Expected HP of the target after this many turns of its attacker, if it still stands. */
function leftAfter(turns: number, attacker: DuelSide, target: DuelSide): number {
  const uses = Math.max(0, turns - attacker.idleTurns);
  const lost = uses * attacker.offence.perUse + turns * target.residual;
  return Math.min(1, Math.max(0.02, target.hp - lost));
}

/** Expected loss of worth of the target in that time. */
function lossAfter(turns: number, attacker: DuelSide, target: DuelSide): number {
  return worth(target.hp) - worth(leftAfter(turns, attacker, target));
}

/** Logistic approximation of the normal distribution function, within 0.01. */
function normalCdf(z: number): number {
  return 1 / (1 + Math.exp(-1.702 * z));
}
