import { table } from '../util/table.ts';
import { type Combatant, isGrounded, itemInEffect } from './combatant.ts';
import { generation, type Move } from './dex.ts';
import { inForm, type MoveUse } from './move-form.ts';
import { moveTypeNow, TYPELESS } from './move-type.ts';
import { isImmuneByMove } from './own-immunity.ts';
import { priorityNow } from './priority.ts';
import { isSun, type Setting } from './setting.ts';

/** Abilities that give immunity to a type; some only from a generation on. */
const TYPE_ABSORBERS: Readonly<Record<string, { readonly type: string; readonly since?: number }>> = table({
  dryskin: { type: 'Water' },
  eartheater: { type: 'Ground' },
  flashfire: { type: 'Fire' },
  lightningrod: { type: 'Electric', since: 5 },
  motordrive: { type: 'Electric' },
  sapsipper: { type: 'Grass' },
  stormdrain: { type: 'Water', since: 5 },
  voltabsorb: { type: 'Electric' },
  waterabsorb: { type: 'Water' },
  wellbakedbody: { type: 'Fire' },
});

/** Abilities that give immunity to a kind of move. */
const FLAG_BLOCKERS: Readonly<Record<string, 'bullet' | 'sound' | 'wind'>> = table({
  bulletproof: 'bullet',
  soundproof: 'sound',
  windrider: 'wind',
});

const PRIORITY_BLOCKERS = new Set(['armortail', 'dazzling', 'queenlymajesty']);
const MOLD_BREAKERS = new Set(['moldbreaker', 'teravolt', 'turboblaze']);
const GHOST_SEERS = new Set(['scrappy', 'mindseye']);

/** Types that are immune to a status, with the generation since which they are. */
const STATUS_IMMUNE: Readonly<Record<string, readonly (readonly [type: string, since: number])[]>> = table({
  brn: [['Fire', 1]],
  par: [['Electric', 6]],
  psn: [
    ['Poison', 1],
    ['Steel', 2],
  ],
  tox: [
    ['Poison', 1],
    ['Steel', 2],
  ],
  frz: [['Ice', 1]],
});

/** The target's ability as far as it affects this move: none against Mold Breaker and similar abilities. */
export function abilityAgainst(setting: Setting, user: Combatant, target: Combatant, move: Move): string {
  const ignores = ignoresAbilities(user, move);
  if (!ignores || itemInEffect(setting, target) === 'abilityshield') return target.ability;
  return isBreakable(setting.gen, target.ability) ? '' : target.ability;
}

/** Whether a use of a move ignores abilities that can be ignored. */
export function ignoresAbilities(user: Combatant, move: Move): boolean {
  return MOLD_BREAKERS.has(user.ability) || move.ignoreAbility === true;
}

/** Whether Mold Breaker and similar abilities ignore an ability. */
export function isBreakable(gen: number, ability: string): boolean {
  return Boolean(generation(gen).dex.abilities.get(ability).flags?.breakable);
}

/**
 * Type multiplier of a move on a target now: 0–8, and 0 when an ability, an item or the terrain makes the target
 * immune. 1 for moves of fixed damage and status moves, unless the target is immune. Modifiers that are not about types
 * (Thick Fat, Filter, berries) belong to the damage and are not included.
 */
export function effectivenessOf(use: MoveUse): number {
  const { setting, user, target } = use;
  const move = withOwnStatus(user, inForm(use));
  const type = moveTypeNow(setting, user, move);
  const ability = abilityAgainst(setting, user, target, move);
  const formed: FormedUse = { setting, user, target, move, type, ability };
  if (isImmuneByMove(setting, user, target, move)) return 0;
  if (move.category === 'Status') return statusMoveWorks(formed) ? 1 : 0;
  if (blockedByAbility(formed) || blockedByTerrain(formed)) return 0;
  const multiplier = typeMultiplier(formed);
  const fixed = hasFixedDamage(move);
  if (fixed && setting.gen === 1 && !move.ohko) return 1;
  if (ability === 'wonderguard' && multiplier <= 1 && type !== TYPELESS) return 0;
  if (fixed && multiplier > 0) return blockedOhko(formed) ? 0 : 1;
  const isShelled = ability === 'terashell' && target.species.name === 'Terapagos-Terastal';
  if (isShelled && target.pokemon.hp === 1 && multiplier > 0.5) return 0.5;
  return multiplier;
}

/** A use of a move with its form applied. */
interface FormedUse extends Omit<MoveUse, 'form'> {
  /** The move's type now. */
  readonly type: string;
  /** The target's ability as far as it affects the move. */
  readonly ability: string;
}

/** Whether a move's damage does not come from the damage formula (Seismic Toss, Super Fang, OHKO moves …). */
export function hasFixedDamage(move: Move): boolean {
  return move.damage !== undefined || move.ohko !== undefined || FIXED_DAMAGE.has(move.id);
}

const FIXED_DAMAGE = new Set([
  'bide',
  'comeuppance',
  'counter',
  'endeavor',
  'finalgambit',
  'guardianofalola',
  'metalburst',
  'mirrorcoat',
  'naturesmadness',
  'psywave',
  'ruination',
  'superfang',
]);

function blockedOhko({ setting, user, target, move, ability }: FormedUse): boolean {
  if (!move.ohko) return false;
  if (setting.gen >= 2 && target.pokemon.level > user.pokemon.level) return true;
  return ability === 'sturdy' || target.pokemon.types.includes(String(move.ohko)) || isDynamaxed(target);
}

const isDynamaxed = (combatant: Combatant): boolean => Boolean(combatant.pokemon.volatiles.dynamax);

function blockedByAbility({ setting, user, target, move, type, ability }: FormedUse): boolean {
  if (absorbs(setting, target, type, ability)) return true;
  const flag = FLAG_BLOCKERS[ability];
  if (flag && move.flags[flag]) return true;
  if (PRIORITY_BLOCKERS.has(ability) && priorityNow(setting, user, move) > 0) return true;
  return type === 'Ground' && move.id !== 'thousandarrows' && floatsAgainst(setting, target, ability);
}

function absorbs({ gen }: Setting, target: Combatant, type: string, ability: string): boolean {
  const absorber = TYPE_ABSORBERS[ability];
  if (absorber?.type !== type || gen < (absorber.since ?? 1)) return false;
  // In generations 3 and 4 Flash Fire does not work while its bearer is frozen.
  return !(ability === 'flashfire' && gen <= 4 && target.pokemon.status === 'frz');
}

/** Off the ground for another reason than being a Flying type. */
function floatsAgainst(setting: Setting, target: Combatant, ability: string): boolean {
  const { volatiles } = target.pokemon;
  const item = itemInEffect(setting, target);
  if (setting.conditions.gravity || volatiles.smackdown || volatiles.ingrain || item === 'ironball') {
    return false;
  }
  return (
    ability === 'levitate' || item === 'airballoon' || Boolean(volatiles.magnetrise || volatiles.telekinesis)
  );
}

function blockedByTerrain({ setting, user, target, move }: FormedUse): boolean {
  return (
    setting.terrain === 'psychicterrain' &&
    priorityNow(setting, user, move) > 0 &&
    isGrounded(setting, target)
  );
}

function typeMultiplier(use: FormedUse): number {
  const { setting, target, move, type } = use;
  if (type === TYPELESS) return 1;
  if (type === 'Stellar') return target.pokemon.terastallized ? 2 : 1;
  let product = 1;
  for (const defending of target.pokemon.types) {
    product *= againstType(use, defending);
  }
  if (type === 'Fire' && target.pokemon.volatiles.tarshot) product *= 2;
  const reached = move.id === 'thousandarrows' || itemInEffect(setting, target) === 'ironball';
  if (product === 0 && type === 'Ground' && reached) return 1;
  return product;
}

function againstType({ setting, user, target, move, type }: FormedUse, defending: string): number {
  const { volatiles } = target.pokemon;
  if (move.id === 'freezedry' && defending === 'Water') return 2;
  if (defending === 'Flying' && type === 'Ground') {
    const grounded = volatiles.smackdown || volatiles.ingrain || setting.conditions.gravity;
    if (grounded) return 1;
  }
  const seen = volatiles.foresight || volatiles.odorsleuth || GHOST_SEERS.has(user.ability);
  if (defending === 'Ghost' && seen && (type === 'Normal' || type === 'Fighting')) return 1;
  if (defending === 'Dark' && volatiles.miracleeye && type === 'Psychic') return 1;
  let multiplier = chart(setting.gen, type, defending);
  if (multiplier === 0 && itemInEffect(setting, target) === 'ringtarget') multiplier = 1;
  if (move.id === 'flyingpress') multiplier *= chart(setting.gen, 'Flying', defending);
  if (defending === 'Flying' && multiplier > 1 && setting.weather === 'deltastream') return 1;
  return multiplier;
}

const charts = new Map<string, number>();

/** A generation's type chart: the multiplier of an attacking type on a defending one. */
export function chart(gen: number, attacking: string, defending: string): number {
  const key = `${gen}/${attacking}/${defending}`;
  let multiplier = charts.get(key);
  if (multiplier === undefined) {
    const { dex } = generation(gen);
    multiplier = dex.getImmunity(attacking, defending) ? 2 ** dex.getEffectiveness(attacking, defending) : 0;
    charts.set(key, multiplier);
  }
  return multiplier;
}

/** All ailments, for abilities that prevent every status. */
const AILMENTS = ['brn', 'par', 'psn', 'tox', 'slp', 'frz', 'yawn'];

/** What abilities protect their bearer from: statuses, conditions and moves by id. */
const STATUS_PROOF: Readonly<Record<string, readonly string[]>> = table({
  limber: ['par'],
  insomnia: ['slp', 'yawn'],
  vitalspirit: ['slp', 'yawn'],
  sweetveil: ['slp', 'yawn'],
  immunity: ['psn', 'tox'],
  pastelveil: ['psn', 'tox'],
  waterveil: ['brn'],
  waterbubble: ['brn'],
  thermalexchange: ['brn'],
  oblivious: ['taunt', 'attract', 'captivate'],
  aromaveil: ['taunt', 'encore', 'disable', 'torment', 'healblock', 'attract'],
  owntempo: ['confusion'],
  purifyingsalt: AILMENTS,
  comatose: AILMENTS,
});

/** Whether abilities currently protect a Pokémon from every status: its own, or an ally's. */
function isWell(setting: Setting, target: Combatant, ability: string): boolean {
  const { pokemon, side, species } = target;
  if (ability === 'shieldsdown') return species.name === 'Minior-Meteor' && !pokemon.volatiles.transform;
  if (ability === 'leafguard') return isSun(setting);
  const veils = setting.doubles
    ? side.active.flatMap((ally) => (ally && !ally.fainted && ally.id !== pokemon.id ? ally.ability : []))
    : [];
  return pokemon.types.includes('Grass') && [ability, ...veils].includes('flowerveil');
}

/** Targets of moves that are aimed at an opponent. */
const AIMED = ['normal', 'any', 'adjacentFoe', 'allAdjacent', 'allAdjacentFoes', 'randomNormal'];

/** Psycho Shift gives the target the status of its user. */
function withOwnStatus({ pokemon: { status } }: Combatant, move: Move): Move {
  return move.id === 'psychoshift' && status ? ({ ...move, status } as Move) : move;
}

/** Whether a status move aimed at an opponent works, e.g. Thunder Wave; as far as types go, all others always do. */
function statusMoveWorks(use: FormedUse): boolean {
  const { move } = use;
  if (!AIMED.includes(move.target) && move.id !== 'perishsong') return true;
  if (isProofByType(use) || isProofByAbility(use) || blockedByTerrain(use)) return false;
  if (move.ignoreImmunity !== false) return true;
  return !blockedByAbility(use) && typeMultiplier(use) > 0;
}

/** Whether its type or its goggles make the target immune to a status move. */
function isProofByType({ setting, user, target, move }: FormedUse): boolean {
  const { gen } = setting;
  const { types } = target.pokemon;
  if (gen >= 7 && user.ability === 'prankster' && types.includes('Dark')) return true;
  const isPowder = gen >= 6 && move.flags.powder;
  if (isPowder && (types.includes('Grass') || itemInEffect(setting, target) === 'safetygoggles')) return true;
  const corrodes = user.ability === 'corrosion' && (move.status === 'psn' || move.status === 'tox');
  const immune = corrodes ? [] : (STATUS_IMMUNE[move.status ?? ''] ?? []);
  return immune.some(([type, since]) => gen >= since && types.includes(type));
}

/** Whether its ability makes the target immune to a status move. */
function isProofByAbility({ setting, target, move, type, ability }: FormedUse): boolean {
  if (ability === 'goodasgold') return true;
  if (ability === 'soundproof' && move.flags.sound) return true;
  if (ability === 'overcoat' && setting.gen >= 6 && move.flags.powder) return true;
  if (ability === 'magicbounce' && move.flags.reflectable) return true;
  const condition = move.status ?? move.volatileStatus ?? '';
  if ([condition, move.id].some((id) => STATUS_PROOF[ability]?.includes(id))) return true;
  if (AILMENTS.includes(condition) && isWell(setting, target, ability)) return true;
  return absorbs(setting, target, type, ability);
}
