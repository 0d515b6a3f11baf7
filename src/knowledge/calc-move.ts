import { Move as CalcMove } from '@smogon/calc';
import { calcGeneration } from './calc-pokemon.ts';
import type { Combatant } from './combatant.ts';
import { abilityName, findMove, findSpecies, generation, itemName, type Move } from './dex.ts';
import { hasFixedDamage } from './effectiveness.ts';
import { moveCategoryNow } from './move-category.ts';
import { isPlainUse, type MoveUse } from './move-form.ts';
import { moveTypeNow } from './move-type.ts';
import type { Setting } from './setting.ts';

type MoveOptions = NonNullable<ConstructorParameters<typeof CalcMove>[2]>;

/** One of the possible outcomes of using a move. */
export interface Outcome {
  readonly crit: boolean;
  /** Base power, unless the calculator is to find it out. */
  readonly power?: number;
  /** The power already includes Mud Sport and Water Sport. */
  readonly isSportCounted?: boolean;
}

class ReusableMove extends CalcMove {
  override clone(): ReusableMove {
    const copy = Object.assign(Object.create(ReusableMove.prototype) as ReusableMove, this);
    copy.flags = { ...this.flags };
    return copy;
  }
}

/**
 * A cache that reaches this size is emptied, so that memory does not grow in long runs. An entry takes one to three
 * kilobytes.
 */
export const MAX_CACHED = 3_000;

const moves = new Map<string, ReusableMove>();

/** Moves for which the calculator would change the power it is given. */
const OWN_POWER = new Set([
  'acrobatics',
  'boltbeak',
  'dragonenergy',
  'eruption',
  'fishiousrend',
  'fling',
  'payback',
  'powertrip',
  'punishment',
  'storedpower',
  'waterspout',
]);

/**
 * Moves for which the calculator decides immunity differently from the game: by types, or in generation 5 by weight.
 */
const OWN_IMMUNITY = new Set(['skydrop', 'synchronoise', 'thousandarrows']);

/** Moves that raise the user's Sp. Atk in their first turn, which the calculator applies in every turn. */
const RAISED_BEFORE = new Set(['electroshot', 'meteorbeam']);

/** Moves with a given power that Tera does not raise to 60 because it depends on something else. */
const NEVER_RAISED = new Set(['beatup', 'trumpcard']);

/** The type of a move now, when the calculator would use another. */
function givenType(setting: Setting, user: Combatant, move: Move): string | undefined {
  const { terastallized, teraType } = user.pokemon;
  const isStellar = terastallized && teraType === 'Stellar';
  const isMistaken =
    move.id === 'revelationdance' ? isStellar : isOldGift(setting, user, move) || isStarstorm(user, move);
  return isMistaken ? moveTypeNow(setting, user, move) : undefined;
}

/**
 * Tera Starstorm of Terapagos' last forme, which hits both opponents; the calculator weakens it even when there is only
 * one.
 */
function isStarstorm({ species }: Combatant, { id }: Move): boolean {
  return id === 'terastarstorm' && species.name === 'Terapagos-Stellar';
}

/** Natural Gift with a berry of generation 2, which the calculator lacks. */
function isOldGift({ gen }: Setting, { item }: Combatant, move: Move): boolean {
  return move.id === 'naturalgift' && generation(gen).dex.items.get(item).gen === 2;
}

/** Whether a move was prepared in the turn before. */
function isCharged({ pokemon }: Combatant, move: Move): boolean {
  return Boolean(pokemon.volatiles.twoturnmove) && pokemon.lastMove === move.id;
}

/** Whether to hide the move's name from the calculator, which treats some moves specially by name. */
export function isNameless(setting: Setting, user: Combatant, move: Move): boolean {
  const { gen, weather } = setting;
  if (OWN_POWER.has(move.id) || OWN_IMMUNITY.has(move.id)) return true;
  if (isOldGift(setting, user, move) || isStarstorm(user, move)) return true;
  if (isCharged(user, move) && RAISED_BEFORE.has(move.id)) return true;
  // It treats all three kicks as equal.
  if (move.id === 'triplekick') return gen <= 6;
  if (gen > 4) return false;
  // It makes Gyro Ball's power one too low, and in generation 3 takes a Weather Ball without weather for special.
  return move.id === 'gyroball' || (move.id === 'weatherball' && weather === undefined);
}

/** What the calculator has to know about a use of a move. */
interface MoveInput {
  readonly move: Move;
  readonly ability: string;
  readonly item: string;
  readonly power: number | undefined;
  readonly crit: boolean;
  readonly useZ: boolean;
  readonly useMax: boolean;
  readonly gigantamax: string;
  readonly strikesOne: boolean;
  readonly isStellarFirstUse: boolean;
  readonly usesInARow: number;
  readonly isNameless: boolean;
  readonly type: string | undefined;
  /** Set when it depends on the user's stats and the calculator must not find it out itself. */
  readonly category: string | undefined;
}

/**
 * A move in the calculator's form; it is cached and must not be changed.
 *
 * @param item the user's, as far as it matters
 */
export function calcMove(use: MoveUse, item: string, { power, crit }: Outcome): CalcMove {
  const { setting, user, move } = use;
  const useMax = Boolean(user.pokemon.volatiles.dynamax);
  const isPlain = isPlainUse(use);
  const input: MoveInput = {
    move,
    ability: user.ability,
    item,
    power,
    crit,
    useZ: use.form === 'zmove',
    useMax,
    gigantamax: useMax ? gigantamaxMove(setting.gen, user) : '',
    strikesOne: strikesOne(use),
    isStellarFirstUse: isStellarBoosted(setting, user, move),
    usesInARow: usesInARow(setting, user, item, move),
    isNameless: isPlain && isNameless(setting, user, move),
    type: isPlain ? givenType(setting, user, move) : undefined,
    category: isStarstorm(user, move) ? moveCategoryNow(setting, user, move) : undefined,
  };
  // By name, because all Hidden Powers share an id.
  const key = [setting.gen, ...Object.values({ ...input, move: move.name })].join(',');
  const known = moves.get(key);
  if (known) return known;
  if (moves.size >= MAX_CACHED) moves.clear();
  const built = buildMove(setting.gen, input);
  moves.set(key, built);
  return built;
}

function buildMove(gen: number, input: MoveInput): ReusableMove {
  const { move, type } = input;
  const most = Array.isArray(move.multihit) ? move.multihit[1] : move.multihit;
  const built = new ReusableMove(calcGeneration(gen), move.name, {
    ability: abilityName(gen, input.ability),
    item: itemName(gen, input.item),
    hits: most,
    useZ: input.useZ,
    useMax: input.useMax,
    isStellarFirstUse: input.isStellarFirstUse,
    timesUsedWithMetronome: input.usesInARow,
    overrideMove: input.gigantamax,
    overrides: overridesOf(gen, input),
  } as MoveOptions);
  built.isCrit = input.crit;
  if (input.isNameless) built.name = '' as typeof built.name;
  if (type !== undefined) built.originalName = '';
  return built;
}

/** What the calculator's own data of a move lack. */
function overridesOf(
  gen: number,
  { move, type, category: categoryNow, power, strikesOne: isSingle }: MoveInput,
): Record<string, unknown> {
  const known = calcGeneration(gen).moves;
  // The calculator lacks some moves that exist in the game, such as those of Let's Go.
  const isKnown = known.get(move.id as Parameters<typeof known.get>[0]) !== undefined;
  const { basePower, category, flags, priority, target } = move;
  return {
    ...(isKnown ? {} : { basePower, type: move.type, category, flags, priority, target }),
    ...(type === undefined ? {} : { type }),
    ...(power === undefined ? {} : { basePower: power }),
    // The calculator recognizes moves that Tera does not raise by this flag only.
    ...(NEVER_RAISED.has(move.id) ? { multiaccuracy: true } : {}),
    // Only a spread move has a target.
    ...(categoryNow === undefined ? {} : { category: categoryNow, target: 'allAdjacentFoes' }),
    ...(isSingle ? { target: 'normal' } : {}),
  };
}

/**
 * How often a holder of Metronome has used a move in the turns before this one; Max Moves of one type count as one
 * move.
 */
export function usesInARow(setting: Setting, user: Combatant, item: string, move: Move): number {
  if (item !== 'metronome') return 0;
  const { streak, metronomeRow: row, volatiles } = user.pokemon;
  const isSame = (last: string | undefined): boolean => {
    if (last === undefined || !volatiles.dynamax) return last === move.id;
    const used = findMove(setting.gen, last);
    return Boolean(used?.isMax) && used?.type === moveTypeNow(setting, user, move);
  };
  const isSecondTurn = isCharged(user, move);
  if (setting.gen <= 4) return !isSecondTurn && streak && isSame(streak.move) ? streak.uses : 0;
  // From generation 5 on the charging turn counts, before the first hit.
  if (isSecondTurn) return isSame(row?.move) ? (row?.count ?? 0) + 1 : 1;
  return streak && isSame(streak.move) && isSame(row?.move) ? (row?.count ?? 0) + 1 : 0;
}

/** Logs do not show the type of a Hidden Power, but its user's own request does; with the usual IVs it is Dark. */
function typedHiddenPower({ pokemon }: Combatant, id: string): string {
  if (id !== 'hiddenpower') return id;
  return pokemon.moves.find((move) => move.id.startsWith(id) && move.id !== id)?.id ?? 'hiddenpowerdark';
}

/** Whether the Stellar type strengthens a move now: once for each type, and for Terapagos always. */
export function isStellarBoosted(setting: Setting, user: Combatant, move: Move): boolean {
  const { teraType, stellarMoves = [] } = user.pokemon;
  if (teraType !== 'Stellar') return false;
  if (user.species.name === 'Terapagos-Stellar') return true;
  const type = moveTypeNow(setting, user, move);
  return !stellarMoves.some((id) => {
    const used = findMove(setting.gen, typedHiddenPower(user, id));
    return used && !hasFixedDamage(used) && moveTypeNow(setting, user, used) === type;
  });
}

/** Name of the G-Max Move of a Pokémon in its Gigantamax forme, `''` in any other. */
function gigantamaxMove(gen: number, { species }: Combatant): string {
  if (!species.name.endsWith('-Gmax')) return '';
  return findSpecies(gen, species.changesFrom ?? species.baseSpecies)?.canGigantamax ?? '';
}

/** Whether a spread move would hit only one target now, and so keep its full damage. */
export function strikesOne({ setting, user, target, move }: MoveUse): boolean {
  const aim = isStarstorm(user, move) ? 'allAdjacentFoes' : move.target;
  if (!setting.doubles || !/^allAdjacent/.test(aim)) return true;
  const standing = (side: Combatant['side']): number =>
    side.active.filter((pokemon) => pokemon && !pokemon.fainted && pokemon.id !== user.pokemon.id).length;
  const targets = aim === 'allAdjacent' ? standing(user.side) + standing(target.side) : standing(target.side);
  return targets <= 1;
}
