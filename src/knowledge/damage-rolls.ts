import { calculate } from '@smogon/calc';
import { powerChances } from './base-power.ts';
import { calcField } from './calc-field.ts';
import {
  calcMove,
  isNameless,
  isStellarBoosted,
  MAX_CACHED,
  type Outcome,
  strikesOne,
  usesInARow,
} from './calc-move.ts';
import { type CalcOverrides, calcGeneration, calcPokemon, combatantKey } from './calc-pokemon.ts';
import type { Combatant } from './combatant.ts';
import { damageFactor } from './damage-factor.ts';
import type { Move } from './dex.ts';
import { dropInactiveAbility } from './drop-inactive-ability.ts';
import { chart, effectivenessOf } from './effectiveness.ts';
import { oldRolls } from './first-generation-damage.ts';
import { hpPoints } from './fixed-damage.ts';
import { inForm, isPlainUse, type MoveUse } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import { secondGenerationRolls } from './second-generation-damage.ts';
import { isSand, type Setting } from './setting.ts';
import { sportFactor, weakenedPower } from './sports.ts';
import { raisedByItem } from './third-generation-items.ts';

/** A damage calculation's outcome in HP points: the equally likely rolls of every hit, ascending. */
export interface DamageRolls {
  readonly strikes: readonly (readonly number[])[];
  /** What was actually used: the Z-move's or Max Move's name if one applies. */
  readonly name: string;
  readonly basePower: number;
}

/** Items without an effect on damage; one of them stands for all, so that results are shared. */
const PLAIN_ITEM = 'leftovers';
const PLAIN_ITEMS = new Set([
  'blacksludge',
  'chestoberry',
  'ejectpack',
  'focussash',
  'heatrock',
  'heavydutyboots',
  'lightclay',
  'lumberry',
  'mentalherb',
  'powerherb',
  'redcard',
  'rockyhelmet',
  'safetygoggles',
  'shedshell',
  'sitrusberry',
  'throatspray',
  'weaknesspolicy',
]);
/** Moves that depend on which item is held, not only on whether there is one. */
const ITEM_MOVES = new Set(['fling', 'naturalgift']);

/** Moves whose damage depends on the HP of either side in finer steps than the classes of {@link hpClass}. */
const HP_MOVES = new Set([
  'crushgrip',
  'dragonenergy',
  'eruption',
  'flail',
  'hardpress',
  'reversal',
  'waterspout',
  'wringout',
]);

function damageItem(setting: Setting, combatant: Combatant, move: Move): string {
  const item = combatant.pokemon.volatiles.embargo ? '' : combatant.item;
  return PLAIN_ITEMS.has(item) && !ITEM_MOVES.has(move.id) && setting.gen >= 2 ? PLAIN_ITEM : item;
}

const cache = new Map<string, DamageRolls>();

/**
 * The damage of one use of a move in HP points by the games' formulas, with all its hits, for moves with a base power.
 * Results are cached by everything they depend on. When the calculator lacks a species or move, a neutral estimate
 * takes its place.
 *
 * @param outcome when left out: no critical hit, the most likely power
 */
export function damageRolls(use: MoveUse, outcome: Outcome = likeliest(use)): DamageRolls {
  const { setting, user, target, move, form = 'plain' } = use;
  if (setting.gen === 1) {
    return alike(move, oldRolls(user, target, move, outcome.crit), move.basePower);
  }
  if (setting.gen === 2) {
    const power = outcome.power ?? move.basePower;
    const rolls = secondGenerationRolls(use, { power, crit: outcome.crit });
    const factor = damageFactor(setting, user, target, move);
    if (rolls) return alike(move, scaled(rolls, factor), power);
  }
  const striking = dropInactiveAbility(use);
  if (striking !== use) return damageRolls(striking, outcome);
  const items = { user: damageItem(setting, user, move), target: damageItem(setting, target, move) };
  const raised = raisedByItem(setting, user, move, { item: items.user, crit: outcome.crit });
  if (raised) return damageRolls({ ...use, user: { ...raised, item: PLAIN_ITEM } }, outcome);
  const formed = inForm(use);
  const sport = outcome.isSportCounted ? 1 : sportFactor(setting, user, target, formed);
  if (sport < 1) return weakenedRolls(use, outcome, sport);
  const factor = damageFactor(setting, user, target, formed);
  const key = [
    setting.gen,
    combatantKey(user),
    combatantKey(target),
    items.user,
    items.target,
    target.pokemon.volatiles.embargo ? target.item : '',
    move.name,
    form,
    outcome.power ?? '',
    outcome.crit,
    factor,
    usesInARow(setting, user, items.user, move),
    isNameless(setting, user, move),
    isStellarBoosted(setting, user, move),
    strikesOne(use),
    HP_MOVES.has(move.id) ? `${hpPoints(user)}/${hpPoints(target)}` : '',
    calcField(setting, user, target, move).key,
  ].join('|');
  let rolls = cache.get(key);
  if (!rolls) {
    const found = calculateRolls(use, items, outcome) ?? {
      strikes: [neutralEstimate(user, target, move)],
      name: move.name,
      basePower: move.basePower,
    };
    rolls = {
      strikes: factor === 1 ? found.strikes : found.strikes.map((strike) => scaled(strike, factor)),
      name: found.name || move.name,
      basePower: found.basePower,
    };
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, rolls);
  }
  return rolls;
}

/**
 * The damage of a move weakened by Mud Sport or Water Sport: its power is weakened, or its damage if the calculator
 * finds the power out.
 */
function weakenedRolls(use: MoveUse, outcome: Outcome, sport: number): DamageRolls {
  const counted = { ...outcome, isSportCounted: true };
  const full = damageRolls(use, counted);
  const power = outcome.power ?? use.move.basePower;
  if (!isPlainUse(use) || full.basePower !== power)
    return { ...full, strikes: full.strikes.map((strike) => scaled(strike, sport)) };
  return damageRolls(use, { ...counted, power: weakenedPower(power, sport) });
}

/** As many hits as a move may have, all with the same rolls. */
function alike(move: Move, rolls: readonly number[], basePower: number): DamageRolls {
  const hits = Array.isArray(move.multihit) ? move.multihit[1] : (move.multihit ?? 1);
  return { strikes: Array.from({ length: hits ?? 1 }, () => rolls), name: move.name, basePower };
}

/** The most likely outcome: no critical hit, with the likeliest power. */
function likeliest({ setting, user, target, move }: MoveUse): Outcome {
  const [first, ...others] = powerChances(setting, user, target, move) ?? [];
  if (!first) return { crit: false };
  return { crit: false, power: others.reduce((best, one) => (one[1] > best[1] ? one : best), first)[0] };
}

function scaled(rolls: readonly number[], factor: number): readonly number[] {
  return rolls.map((roll) => Math.floor(roll * factor));
}

/** The calculator's result, or undefined when it lacks the species or the move. */
function calculateRolls(
  use: MoveUse,
  items: { readonly user: string; readonly target: string },
  outcome: Outcome,
): DamageRolls | undefined {
  const { setting, user, target, move } = use;
  const rolls = (item: string, overrides?: CalcOverrides): DamageRolls | undefined => {
    const result = calculate(
      calcGeneration(setting.gen),
      calcPokemon(setting, user, items.user),
      calcPokemon(setting, target, item, overrides),
      calcMove(use, items.user, outcome),
      calcField(setting, user, target, move).field,
    );
    const strikes = alikeIfStellar(setting, user, move, strikesOf(result.damage));
    if (!strikes.flat().every(Number.isFinite)) return undefined;
    return { strikes, name: result.move.name, basePower: result.rawDesc.moveBP ?? result.move.bp };
  };
  const exposed = (overrides: CalcOverrides): DamageRolls | undefined => {
    const found = rolls(items.target === 'airballoon' ? '' : items.target, overrides);
    const effectiveness = effectivenessOf(use);
    return found && { ...found, strikes: found.strikes.map((strike) => scaled(strike, effectiveness)) };
  };
  try {
    // The calculator handles two types only.
    const isTriple = target.pokemon.types.length > 2 && !target.pokemon.terastallized;
    const calculated =
      isTriple || isEvenedOut(setting, user, target, move)
        ? exposed({ types: TYPELESS_TARGET, ability: target.ability })
        : rolls(items.target);
    if (!calculated || calculated.strikes.some((strike) => strike.some((roll) => roll > 0)))
      return calculated;
    // It may see an immunity that is not there, e.g. of a Pokémon grounded by Smack Down.
    return effectivenessOf(use) === 0 ? calculated : exposed({ types: TYPELESS_TARGET, ability: '' });
  } catch {
    return undefined;
  }
}

/**
 * Whether one type is weak to a move and the other resists it: in generations 3 and 4 the calculator halves before it
 * doubles.
 */
function isEvenedOut(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  const { gen } = setting;
  const { types } = target.pokemon;
  // In a sandstorm the Sp. Def of Rock types is raised.
  if (gen < 3 || gen > 4 || types.length < 2 || (isSand(setting) && types.includes('Rock'))) return false;
  const factors = types.map((type) => chart(gen, moveTypeNow(setting, user, move), type));
  return Math.max(...factors) === 2 && Math.min(...factors) === 0.5;
}

/**
 * The calculator lets Stellar strengthen only the first hit of a move; in the game it strengthens all hits of that use.
 */
function alikeIfStellar(setting: Setting, user: Combatant, move: Move, strikes: number[][]): number[][] {
  const [first] = strikes;
  const isConcerned = first && strikes.length > 1 && !RISING.has(move.id) && user.pokemon.terastallized;
  return isConcerned && isStellarBoosted(setting, user, move) ? strikes.map(() => first) : strikes;
}

/** Moves whose power grows with each hit. */
const RISING = new Set(['tripleaxel', 'triplekick']);

/** A type that is immune, weak or resistant to nothing. */
const TYPELESS_TARGET = ['???'];

function strikesOf(damage: number | number[] | number[][]): number[][] {
  if (typeof damage === 'number') return [[damage]];
  const [first] = damage;
  return typeof first === 'number' || first === undefined ? [damage as number[]] : (damage as number[][]);
}

/** The damage formula without any modifier, for what the calculator cannot handle. */
function neutralEstimate(user: Combatant, target: Combatant, move: Move): number[] {
  const physical = move.category === 'Physical';
  const attack = physical ? user.stats.atk : user.stats.spa;
  const defence = Math.max(1, physical ? target.stats.def : target.stats.spd);
  const level = Math.floor((2 * user.pokemon.level) / 5) + 2;
  const base = Math.floor(Math.floor((level * (move.basePower || 60) * attack) / defence) / 50) + 2;
  return Array.from({ length: 16 }, (_, roll) => Math.floor((base * (85 + roll)) / 100));
}
