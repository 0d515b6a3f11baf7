import { Move as CalcMove, calculate } from '@smogon/calc';
import { powerChances } from './base-power.ts';
import { calcField } from './calc-field.ts';
import { type CalcOverrides, calcGeneration, calcPokemon, combatantKey } from './calc-pokemon.ts';
import type { Combatant } from './combatant.ts';
import { damageFactor } from './damage-factor.ts';
import { abilityName, findMove, findSpecies, generation, itemName, type Move } from './dex.ts';
import { chart, effectivenessOf, hasFixedDamage } from './effectiveness.ts';
import { oldRolls } from './first-generation-damage.ts';
import { hpPoints } from './fixed-damage.ts';
import { inForm, type MoveForm } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import { secondGenerationRolls } from './second-generation-damage.ts';
import { isSand, type Setting } from './setting.ts';
import { sportFactor, weakenedPower } from './sports.ts';
import { raisedByItem } from './third-generation-items.ts';

type MoveOptions = NonNullable<ConstructorParameters<typeof CalcMove>[2]>;

/** A damage calculation's outcome in HP points: for every strike its equally likely rolls, ascending. */
export interface DamageRolls {
  readonly strikes: readonly (readonly number[])[];
  /** What was really used: the Z-move's or Max Move's name where one applies. */
  readonly name: string;
  readonly basePower: number;
}

/** One of the ways in which a use of a move may turn out. */
export interface Outcome {
  readonly crit: boolean;
  /** Base power, where the calculator is not to find it out. */
  readonly power?: number;
  /** What Mud Sport and Water Sport do is in the power already. */
  readonly isSportCounted?: boolean;
}

/** Items without a say in damage; one of them stands for all, so that results are shared. */
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
/** Moves that care which item is held, and not only whether. */
const ITEM_MOVES = new Set(['fling', 'naturalgift']);

/** Moves whose damage follows the HP of either side in finer steps than the classes of {@link hpClass}. */
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

class ReusableMove extends CalcMove {
  override clone(): ReusableMove {
    const copy = Object.assign(Object.create(ReusableMove.prototype) as ReusableMove, this);
    copy.flags = { ...this.flags };
    return copy;
  }
}

function damageItem(setting: Setting, combatant: Combatant, move: Move): string {
  const item = combatant.pokemon.volatiles.embargo ? '' : combatant.item;
  return PLAIN_ITEMS.has(item) && !ITEM_MOVES.has(move.id) && setting.gen >= 2 ? PLAIN_ITEM : item;
}

/** A cache that reaches this size is emptied: long runs must not grow. An entry takes one to three kilobytes. */
const MAX_CACHED = 3_000;
const moves = new Map<string, ReusableMove>();

/** Moves for which the calculator would change the power it is given. */
const OWN_POWER = new Set(['acrobatics', 'boltbeak', 'fishiousrend', 'fling', 'payback']);
/** Moves of which the calculator judges otherwise than the game whom they concern: by types, or in generation 5 by weight. */
const OWN_IMMUNITY = new Set(['skydrop', 'synchronoise', 'thousandarrows']);
/** Moves that raise the user's Sp. Atk in their first turn, which the calculator does for them whatever the turn. */
const RAISED_BEFORE = new Set(['electroshot', 'meteorbeam']);

/** The type of a move now, where the calculator would take it for another. */
function givenType(setting: Setting, user: Combatant, move: Move): string | undefined {
  const { terastallized, teraType } = user.pokemon;
  const isStellar = terastallized && teraType === 'Stellar';
  const isMistaken = move.id === 'revelationdance' ? isStellar : isOldGift(setting, user, move);
  return isMistaken ? moveTypeNow(setting, user, move) : undefined;
}

/** Natural Gift with a berry of generation 2, which the calculator does not know. */
function isOldGift({ gen }: Setting, { item }: Combatant, move: Move): boolean {
  return move.id === 'naturalgift' && generation(gen).dex.items.get(item).gen === 2;
}

/** Whether a move is to go without a name, by which the calculator would know it. */
function isNameless(setting: Setting, user: Combatant, move: Move): boolean {
  const { gen, weather } = setting;
  const { pokemon } = user;
  const isCharged = Boolean(pokemon.volatiles.twoturnmove) && pokemon.lastMove === move.id;
  if (OWN_POWER.has(move.id) || OWN_IMMUNITY.has(move.id) || isOldGift(setting, user, move)) return true;
  if (isCharged && RAISED_BEFORE.has(move.id)) return true;
  // It takes all three kicks for the same.
  if (move.id === 'triplekick') return gen <= 6;
  if (gen > 4) return false;
  // It takes one off a Gyro Ball's power, and in generation 3 a Weather Ball without weather for special.
  return move.id === 'gyroball' || (move.id === 'weatherball' && weather === undefined);
}

function buildMove(
  setting: Setting,
  user: Combatant,
  item: string,
  move: Move,
  form: MoveForm,
  single: boolean,
  { power: basePower, crit }: Outcome,
) {
  const max = Boolean(user.pokemon.volatiles.dynamax);
  const metronomeUses = usesInARow(setting, user, item, move);
  const nameless = form === 'plain' && !max && isNameless(setting, user, move);
  const gmax = max ? gigantamaxMove(setting.gen, user) : '';
  const isStellarFirstUse = isStellarBoosted(setting, user, move);
  const type = form === 'plain' && !max ? givenType(setting, user, move) : undefined;
  // By name, because all Hidden Powers share an id.
  const key = [
    setting.gen,
    move.name,
    user.ability,
    item,
    basePower ?? '',
    form,
    max,
    gmax,
    single,
    isStellarFirstUse,
    crit,
    metronomeUses,
    nameless,
    type,
  ].join(',');
  let built = moves.get(key);
  if (!built) {
    const gen = calcGeneration(setting.gen);
    // The calculator lacks some moves that a game has, such as those of Let's Go.
    const isKnown = gen.moves.get(move.id as Parameters<typeof gen.moves.get>[0]) !== undefined;
    const { basePower: plainPower, category, flags, priority, target } = move;
    const overrides: Record<string, unknown> = isKnown
      ? {}
      : { basePower: plainPower, type: move.type, category, flags, priority, target };
    if (type !== undefined) overrides.type = type;
    if (basePower !== undefined) overrides.basePower = basePower;
    if (single) overrides.target = 'normal';
    const most = Array.isArray(move.multihit) ? move.multihit[1] : move.multihit;
    built = new ReusableMove(gen, move.name, {
      ability: abilityName(setting.gen, user.ability),
      item: itemName(setting.gen, item),
      hits: most,
      useZ: form === 'zmove',
      useMax: max,
      isStellarFirstUse,
      timesUsedWithMetronome: metronomeUses,
      overrideMove: gmax,
      overrides,
    } as MoveOptions);
    built.isCrit = crit;
    if (nameless) built.name = '' as typeof built.name;
    if (type !== undefined) built.originalName = '';
    if (moves.size >= MAX_CACHED) moves.clear();
    moves.set(key, built);
  }
  return built;
}

/** How often a holder of Metronome has used a move in the turns before this one; Max Moves of one type are the same move. */
function usesInARow(setting: Setting, user: Combatant, item: string, move: Move): number {
  const { streak, volatiles } = user.pokemon;
  if (!streak || item !== 'metronome') return 0;
  const last = volatiles.dynamax ? findMove(setting.gen, streak.move) : undefined;
  const isSame = last?.isMax ? last.type === moveTypeNow(setting, user, move) : streak.move === move.id;
  return isSame ? streak.uses : 0;
}

/** Whether the Stellar type strengthens a move now: once for each type, and for Terapagos always. */
function isStellarBoosted(setting: Setting, user: Combatant, move: Move): boolean {
  const { teraType, stellarMoves = [] } = user.pokemon;
  if (teraType !== 'Stellar') return false;
  if (user.species.name === 'Terapagos-Stellar') return true;
  const type = moveTypeNow(setting, user, move);
  return !stellarMoves.some((id) => {
    const used = findMove(setting.gen, id);
    return used && !hasFixedDamage(used) && moveTypeNow(setting, user, used) === type;
  });
}

/** Name of the G-Max Move of a Pokémon in its Gigantamax forme, `''` in any other. */
function gigantamaxMove(gen: number, { species }: Combatant): string {
  if (!species.name.endsWith('-Gmax')) return '';
  return findSpecies(gen, species.changesFrom ?? species.baseSpecies)?.canGigantamax ?? '';
}

/** Whether a spread move would strike more than one target now, and so lose a quarter of its damage. */
function strikesOne(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  if (!setting.doubles || !/^allAdjacent/.test(move.target)) return true;
  const standing = (side: Combatant['side']): number =>
    side.active.filter((pokemon) => pokemon && !pokemon.fainted && pokemon.id !== user.pokemon.id).length;
  const targets =
    move.target === 'allAdjacent' ? standing(user.side) + standing(target.side) : standing(target.side);
  return targets <= 1;
}

const cache = new Map<string, DamageRolls>();

/**
 * The damage of one use of a move in HP points by the games' formulas, with every strike it may have, for moves
 * with a base power. Results are cached by everything that matters to them. Where the calculator lacks a
 * species or move, a neutral estimate takes its place.
 *
 * @param outcome default: no critical hit, the most likely power
 */
export function damageRolls(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  form: MoveForm = 'plain',
  outcome: Outcome = likeliest(setting, user, target, move),
): DamageRolls {
  if (setting.gen === 1) {
    return alike(move, oldRolls(user, target, move, outcome.crit), move.basePower);
  }
  if (setting.gen === 2) {
    const power = outcome.power ?? move.basePower;
    const rolls = secondGenerationRolls(setting, user, target, move, power, outcome.crit);
    const factor = damageFactor(setting, user, target, move);
    if (rolls) return alike(move, scaled(rolls, factor), power);
  }
  const raised = raisedByItem(setting, user, damageItem(setting, user, move), move, outcome.crit);
  if (raised) return damageRolls(setting, { ...raised, item: PLAIN_ITEM }, target, move, form, outcome);
  const formed = inForm(setting, user, move, form);
  const sport = outcome.isSportCounted ? 1 : sportFactor(setting, user, target, formed);
  if (sport < 1) return weakenedRolls(setting, user, target, move, form, outcome, sport);
  const items = [damageItem(setting, user, move), damageItem(setting, target, move)] as const;
  const single = strikesOne(setting, user, target, move);
  const factor = damageFactor(setting, user, target, formed);
  const key = [
    setting.gen,
    combatantKey(user),
    combatantKey(target),
    ...items,
    target.pokemon.volatiles.embargo ? target.item : '',
    move.name,
    form,
    outcome.power ?? '',
    outcome.crit,
    factor,
    usesInARow(setting, user, items[0], move),
    isNameless(setting, user, move),
    isStellarBoosted(setting, user, move),
    single,
    HP_MOVES.has(move.id) ? `${hpPoints(user)}/${hpPoints(target)}` : '',
    calcField(setting, user, target, move).key,
  ].join('|');
  let rolls = cache.get(key);
  if (!rolls) {
    const [userItem, targetItem] = items;
    const calcMove = (): CalcMove => buildMove(setting, user, userItem, move, form, single, outcome);
    const found = calculateRolls(setting, user, userItem, target, targetItem, calcMove, move, form) ?? {
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

/** What a move does whose power Mud Sport or Water Sport weakens; where the calculator finds the power out, the damage. */
function weakenedRolls(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  form: MoveForm,
  outcome: Outcome,
  sport: number,
): DamageRolls {
  const counted = { ...outcome, isSportCounted: true };
  const full = damageRolls(setting, user, target, move, form, counted);
  const power = outcome.power ?? move.basePower;
  const isPlain = form === 'plain' && !user.pokemon.volatiles.dynamax;
  if (!isPlain || full.basePower !== power)
    return { ...full, strikes: full.strikes.map((strike) => scaled(strike, sport)) };
  return damageRolls(setting, user, target, move, form, { ...counted, power: weakenedPower(power, sport) });
}

/** As many strikes as a move may have, all of the same rolls. */
function alike(move: Move, rolls: readonly number[], basePower: number): DamageRolls {
  const hits = Array.isArray(move.multihit) ? move.multihit[1] : (move.multihit ?? 1);
  return { strikes: Array.from({ length: hits ?? 1 }, () => rolls), name: move.name, basePower };
}

/** The outcome that is to be expected first: no critical hit, with the likeliest power. */
function likeliest(setting: Setting, user: Combatant, target: Combatant, move: Move): Outcome {
  const [first, ...others] = powerChances(setting, user, target, move) ?? [];
  if (!first) return { crit: false };
  return { crit: false, power: others.reduce((best, one) => (one[1] > best[1] ? one : best), first)[0] };
}

function scaled(rolls: readonly number[], factor: number): readonly number[] {
  return rolls.map((roll) => Math.floor(roll * factor));
}

/** What the calculator says, or undefined where it does not know the species or the move. */
function calculateRolls(
  setting: Setting,
  user: Combatant,
  userItem: string,
  target: Combatant,
  targetItem: string,
  calcMove: () => CalcMove,
  move: Move,
  form: MoveForm,
): DamageRolls | undefined {
  const rolls = (item: string, overrides?: CalcOverrides): DamageRolls | undefined => {
    const result = calculate(
      calcGeneration(setting.gen),
      calcPokemon(setting, user, userItem),
      calcPokemon(setting, target, item, overrides),
      calcMove(),
      calcField(setting, user, target, move).field,
    );
    const strikes = alikeIfStellar(setting, user, move, strikesOf(result.damage));
    if (!strikes.flat().every(Number.isFinite)) return undefined;
    return { strikes, name: result.move.name, basePower: result.rawDesc.moveBP ?? result.move.bp };
  };
  const exposed = (overrides: CalcOverrides): DamageRolls | undefined => {
    const found = rolls(targetItem === 'airballoon' ? '' : targetItem, overrides);
    const effectiveness = effectivenessOf(setting, user, target, move, form);
    return found && { ...found, strikes: found.strikes.map((strike) => scaled(strike, effectiveness)) };
  };
  try {
    // The calculator knows of two types only.
    const isTriple = target.pokemon.types.length > 2 && !target.pokemon.terastallized;
    const told =
      isTriple || isEvenedOut(setting, user, target, move)
        ? exposed({ types: TYPELESS_TARGET, ability: target.ability })
        : rolls(targetItem);
    if (!told || told.strikes.some((strike) => strike.some((roll) => roll > 0))) return told;
    // It may see an immunity that is not there, e.g. of one that Smack Down brought to the ground.
    return effectivenessOf(setting, user, target, move, form) === 0
      ? told
      : exposed({ types: TYPELESS_TARGET, ability: '' });
  } catch {
    return undefined;
  }
}

/** One type is weak to a move and the other resists it: in generations 3 and 4 the calculator halves before it doubles. */
function isEvenedOut(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  const { gen } = setting;
  const { types } = target.pokemon;
  // Rock types stand firm in a sandstorm.
  if (gen < 3 || gen > 4 || types.length < 2 || (isSand(setting) && types.includes('Rock'))) return false;
  const factors = types.map((type) => chart(gen, moveTypeNow(setting, user, move), type));
  return Math.max(...factors) === 2 && Math.min(...factors) === 0.5;
}

/** The calculator lets Stellar strengthen only the first strike of a move; it strengthens all of that use. */
function alikeIfStellar(setting: Setting, user: Combatant, move: Move, strikes: number[][]): number[][] {
  const [first] = strikes;
  const isConcerned = first && strikes.length > 1 && !RISING.has(move.id) && user.pokemon.terastallized;
  return isConcerned && isStellarBoosted(setting, user, move) ? strikes.map(() => first) : strikes;
}

/** Moves whose power grows with each strike. */
const RISING = new Set(['tripleaxel', 'triplekick']);

/** Types that nothing is immune, weak or resistant by. */
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
