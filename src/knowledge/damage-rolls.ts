import { Move as CalcMove, calculate } from '@smogon/calc';
import { knownBasePower } from './base-power.ts';
import { calcField } from './calc-field.ts';
import { calcGeneration, calcPokemon, combatantKey } from './calc-pokemon.ts';
import type { Combatant } from './combatant.ts';
import { abilityName, findSpecies, itemName, type Move } from './dex.ts';
import { hpPoints } from './fixed-damage.ts';
import type { Setting } from './setting.ts';

type MoveOptions = NonNullable<ConstructorParameters<typeof CalcMove>[2]>;

/** A damage calculation's outcome in HP points: for every strike its equally likely rolls, ascending. */
export interface DamageRolls {
  readonly strikes: readonly (readonly number[])[];
  /** What was really used: the Z-move's or Max Move's name where one applies. */
  readonly name: string;
  readonly basePower: number;
}

/** What a move is used as. */
export type MoveForm = 'plain' | 'zmove';

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

function buildMove(
  setting: Setting,
  user: Combatant,
  item: string,
  move: Move,
  form: MoveForm,
  single: boolean,
) {
  const basePower = knownBasePower(user, move);
  const max = Boolean(user.pokemon.volatiles.dynamax);
  const gmax = max ? gigantamaxMove(setting.gen, user) : '';
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
    user.pokemon.teraType === 'Stellar',
  ].join(',');
  let built = moves.get(key);
  if (!built) {
    const gen = calcGeneration(setting.gen);
    const overrides: Record<string, unknown> = {};
    if (basePower !== undefined) overrides.basePower = basePower;
    if (single) overrides.target = 'normal';
    const most = Array.isArray(move.multihit) ? move.multihit[1] : move.multihit;
    built = new ReusableMove(gen, move.name, {
      ability: abilityName(setting.gen, user.ability),
      item: itemName(setting.gen, item),
      hits: most,
      useZ: form === 'zmove',
      useMax: max,
      // Once a type and battle; not tracked, so taken as still to come.
      isStellarFirstUse: user.pokemon.teraType === 'Stellar',
      overrideMove: gmax,
      overrides,
    } as MoveOptions);
    if (moves.size >= MAX_CACHED) moves.clear();
    moves.set(key, built);
  }
  return built;
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
 */
export function damageRolls(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
  form: MoveForm = 'plain',
): DamageRolls {
  const items = [damageItem(setting, user, move), damageItem(setting, target, move)] as const;
  const single = strikesOne(setting, user, target, move);
  const key = [
    setting.gen,
    combatantKey(user),
    combatantKey(target),
    ...items,
    move.name,
    form,
    knownBasePower(user, move) ?? '',
    single,
    HP_MOVES.has(move.id) ? `${hpPoints(user)}/${hpPoints(target)}` : '',
    calcField(setting, user, target).key,
  ].join('|');
  let rolls = cache.get(key);
  if (!rolls) {
    const [userItem, targetItem] = items;
    const calcMove = (): CalcMove => buildMove(setting, user, userItem, move, form, single);
    rolls = calculateRolls(setting, user, userItem, target, targetItem, calcMove) ?? {
      strikes: [neutralEstimate(user, target, move)],
      name: move.name,
      basePower: move.basePower,
    };
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, rolls);
  }
  return rolls;
}

/** What the calculator says, or undefined where it does not know the species or the move. */
function calculateRolls(
  setting: Setting,
  user: Combatant,
  userItem: string,
  target: Combatant,
  targetItem: string,
  move: () => CalcMove,
): DamageRolls | undefined {
  try {
    const result = calculate(
      calcGeneration(setting.gen),
      calcPokemon(setting, user, userItem),
      calcPokemon(setting, target, targetItem),
      move(),
      calcField(setting, user, target).field,
    );
    const strikes = strikesOf(result.damage);
    if (!strikes.flat().every(Number.isFinite)) return undefined;
    return { strikes, name: result.move.name, basePower: result.rawDesc.moveBP ?? result.move.bp };
  } catch {
    return undefined;
  }
}

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
