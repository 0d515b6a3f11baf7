import { powerChances } from './base-power.ts';
import { beatUpPowers, oldBeatUp } from './beat-up.ts';
import type { Combatant } from './combatant.ts';
import { critChance } from './crit-chance.ts';
import { damageRolls } from './damage-rolls.ts';
import type { Move } from './dex.ts';
import { isPlainUse, type MoveUse } from './move-form.ts';
import { bindingChance, bindingDamage } from './old-binding.ts';
import type { Setting } from './setting.ts';

/** One hit of a move: its possible damage, in HP points, with the chance of each value. */
export interface Strike {
  readonly rolls: readonly (readonly [damage: number, probability: number])[];
  /** Lowest and highest damage of a plain hit; of a critical one when all are. */
  readonly least: number;
  readonly most: number;
}

/** A use of a move. */
export interface Strikes {
  readonly strikes: readonly Strike[];
  /** Critical hits, when a hit may but need not be one: their chance, and each hit's lowest and highest damage. */
  readonly crit?: { readonly chance: number; readonly strikes: readonly (readonly [number, number])[] };
}

/** A hit that is fully described by its rolls. */
export function strikeOf(rolls: Strike['rolls']): Strike {
  const damages = rolls.map(([damage]) => damage);
  return { rolls, least: Math.min(...damages), most: Math.max(...damages) };
}

/** Does nothing. */
export const NO_STRIKE: Strike = strikeOf([[0, 1]]);

/** Hits outside of the damage formula, which cannot be critical; the damages of each are equally likely. */
export function certainStrikes(rolls: readonly (readonly number[])[]): Strikes {
  return { strikes: rolls.map((damages) => strikeOf(damages.map((damage) => [damage, 1 / damages.length]))) };
}

type Rolls = readonly (readonly number[])[];

/** The hits of one use: repeated if the move keeps binding its target, otherwise new ones. */
export function strikesOf(use: MoveUse): Strikes {
  const { user, target, move } = use;
  const chance = bindingChance(user, target, move);
  const damages = chance > 0 ? bindingDamage(user, target) : undefined;
  if (!damages) return strikesAnew(use);
  const held = strikeOf(weighted(damages, chance));
  if (chance === 1) return { strikes: [held] };
  const anew = strikesAnew(use);
  return { ...anew, strikes: anew.strikes.map((strike) => mixed(held, strike, 1 - chance)) };
}

/** One hit or, with a chance, another. */
function mixed(one: Strike, other: Strike, chance: number): Strike {
  return {
    rolls: [...one.rolls, ...other.rolls.map(([damage, p]) => [damage, p * chance] as const)],
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
  };
}

/** Every power that a use may have, plain and critical. */
function strikesAnew(use: MoveUse): Strikes {
  const { setting, user, target, move } = use;
  const isPlain = isPlainUse(use);
  const one = (power: number | undefined, crit: boolean): Rolls =>
    damageRolls(use, { crit, ...(power === undefined ? {} : { power }) }).strikes;
  const several = isPlain ? (beatUpPowers(setting, user, move) ?? oldTripleKick(setting, move)) : undefined;
  const given = isPlain ? oldBeatUp(setting, user, target, move) : undefined;
  const rollsOf = (power: number | undefined, crit: boolean): Rolls =>
    given ?? (several ? several.map((each) => one(each, crit)[0] ?? [0]) : one(power, crit));
  const powers = (isPlain ? powerChances(setting, user, target, move) : undefined) ?? [
    [undefined, 1] as const,
  ];
  const chance = critChance(setting, user, target, isPlain ? move : withoutOwnCrits(move));
  const ignores = chance > 0 && chance < 1 && critIgnoresSomething(setting, user, target);
  const ways = powers.map(([power, probability]) => {
    const plain = rollsOf(power, chance >= 1);
    const crit = ignores ? rollsOf(power, true) : plain.map((rolls) => strengthened(setting, user, rolls));
    return { probability, plain, crit };
  });
  const length = ways[0]?.plain.length ?? 0;
  const isMixed = chance > 0 && chance < 1;
  const strikes = Array.from({ length }, (_, index): Strike => {
    const plain = strikeOf(ways.flatMap((way) => weighted(way.plain[index], way.probability)));
    if (!isMixed) return plain;
    const crits = ways.flatMap((way) => weighted(way.crit[index], way.probability * chance));
    return {
      ...plain,
      rolls: [...plain.rolls.map(([damage, p]) => [damage, p * (1 - chance)] as const), ...crits],
    };
  });
  if (!isMixed) return { strikes };
  const ranges = Array.from({ length }, (_, index): readonly [number, number] => {
    const { least, most } = strikeOf(ways.flatMap((way) => weighted(way.crit[index], 1)));
    return [least, most];
  });
  return { strikes, crit: { chance, strikes: ranges } };
}

/** Powers of the three kicks, which the calculator treats as equal up to generation 6. */
function oldTripleKick({ gen }: Setting, { id, basePower }: Move): readonly number[] | undefined {
  return gen >= 2 && gen <= 6 && id === 'triplekick' ? [1, 2, 3].map((kick) => kick * basePower) : undefined;
}

/** Max Moves and Z-Moves lose the critical-hit properties of their base move. */
function withoutOwnCrits(move: Move): Move {
  return move.willCrit || (move.critRatio ?? 1) > 1 ? { ...move, willCrit: undefined, critRatio: 1 } : move;
}

/** Equally likely rolls that share a chance. */
function weighted(rolls: readonly number[] = [0], share: number): (readonly [number, number])[] {
  return rolls.map((damage) => [damage, share / rolls.length]);
}

/** Whether a critical hit ignores stages or screens, so that it is more than a multiple of a plain one. */
function critIgnoresSomething({ gen }: Setting, user: Combatant, target: Combatant): boolean {
  const isStaged = ({ pokemon }: Combatant): boolean =>
    Object.values(pokemon.boosts).some((stage) => stage !== 0);
  const covers = { ...target.side.conditions, ...target.pokemon.volatiles };
  const isScreened = Boolean(covers.reflect ?? covers.lightscreen ?? covers.auroraveil);
  return (
    gen === 1 ||
    isStaged(user) ||
    isStaged(target) ||
    isScreened ||
    (gen === 2 && user.pokemon.status === 'brn')
  );
}

/** Rolls of a critical hit that ignores nothing. */
function strengthened({ gen }: Setting, user: Combatant, rolls: readonly number[]): readonly number[] {
  const factor = (gen >= 6 ? 1.5 : 2) * (user.ability === 'sniper' ? 1.5 : 1);
  return rolls.map((roll) => Math.floor(roll * factor));
}
