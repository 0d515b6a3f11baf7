import type { ConditionState, PokemonState, SideState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import { ENDLESS, type Side } from './side.ts';
import { NO_TYPE, typeNumber } from './types.ts';
import { isOutOfReach } from './use-move.ts';
import { OUT_OF_REACH, type Volatiles } from './volatiles.ts';

/** A number of turns drawn from a range. */
export function turnsLeft([least, most]: readonly [number, number], random: () => number): number {
  return Math.max(1, least + Math.floor(random() * (most - least + 1)));
}

/** Turns that a condition has left; 0 without one, {@link ENDLESS} for one without an end. */
export function conditionTurns(condition: ConditionState | undefined, random: () => number): number {
  if (!condition) return 0;
  return condition.turnsLeft ? turnsLeft(condition.turnsLeft, random) : ENDLESS;
}

/** Sets the conditions of a side. */
export function setConditions(side: Side, { conditions }: SideState, random: () => number): void {
  side.stealthRock = conditions.stealthrock ? 1 : 0;
  side.spikes = conditions.spikes?.layers ?? 0;
  side.toxicSpikes = conditions.toxicspikes?.layers ?? 0;
  side.stickyWeb = conditions.stickyweb ? 1 : 0;
  side.reflect = conditionTurns(conditions.reflect, random);
  side.lightScreen = conditionTurns(conditions.lightscreen, random);
  side.auroraVeil = conditionTurns(conditions.auroraveil, random);
  side.tailwind = conditionTurns(conditions.tailwind, random);
  side.safeguard = conditionTurns(conditions.safeguard, random);
}

const PARADOX: Readonly<Record<string, number>> = table({ atk: 1, def: 2, spa: 3, spd: 4, spe: 5 });

/** Sets the volatile conditions of the active Pokémon; hidden details are drawn. */
export function setVolatiles(side: Side, pokemon: PokemonState, random: () => number): void {
  const { volatiles: v } = side;
  const { volatiles } = pokemon;
  const [type1, type2] = pokemon.types;
  side.type1 = typeNumber(type1);
  side.type2 = type2 ? typeNumber(type2) : NO_TYPE;
  setStages(v, pokemon.boosts);
  // A Pokémon that may choose has been on the field at the end of a turn.
  v.turnsActive = 1;
  v.movesMade = pokemon.justSwitchedIn ? 0 : 1;
  v.stockpile = volatiles.stockpile ?? 0;
  v.perish = volatiles.perishsong ?? 0;
  for (const [id, name, value] of MARKS) if (volatiles[id]) v[name] = value;
  // In generation 1 screens belong to the Pokémon and last while it stays.
  if (volatiles.reflect) side.reflect = ENDLESS;
  if (volatiles.lightscreen) side.lightScreen = ENDLESS;
  if (volatiles.substitute) v.substitute = Math.max(1, Math.floor(side.active.forme.maxHp / 4));
  if (volatiles.confusion) v.confusion = 1 + Math.floor(random() * 4);
  setAbilityMarks(side, pokemon);
  const slot = pokemon.moves.findIndex(({ id }) => id === pokemon.lastMove) + 1;
  v.lastMove = slot;
  if (slot > 0) lockIntoLastMove(side, pokemon, slot, random);
}

/** Conditions that are either there or not: the id in a state, the field here and its value. */
const MARKS = [
  ['defensecurl', 'curled', 1],
  ['minimize', 'minimized', 1],
  ['leechseed', 'leechSeed', 1],
  ['taunt', 'taunt', 2],
  ['mustrecharge', 'recharging', 1],
  ['yawn', 'yawn', 1],
  ['flashfire', 'flashFire', 1],
  ['partiallytrapped', 'bound', 2],
  ['trapping', 'bound', 2],
  ['trapped', 'held', 1],
  ['noretreat', 'held', 1],
  ['saltcure', 'saltCure', 1],
  ['curse', 'cursed', 1],
  ['aquaring', 'aquaRing', 1],
  ['ingrain', 'ingrain', 1],
  ['focusenergy', 'focus', 2],
  ['dragoncheer', 'focus', 2],
  ['charge', 'charged', 1],
  ['slowstart', 'slowStart', 3],
  ['magnetrise', 'magnetRise', 3],
  ['smackdown', 'smackedDown', 1],
  ['syrupbomb', 'syrup', 2],
  ['glaiverush', 'exposed', 1],
  ['healblock', 'healBlock', 2],
  ['typechange', 'changedType', 1],
  ['dynamax', 'dynamax', 2],
] as const;

function setStages(v: Volatiles, boosts: PokemonState['boosts']): void {
  v.atk = boosts.atk ?? 0;
  v.def = boosts.def ?? 0;
  v.spa = boosts.spa ?? 0;
  v.spd = boosts.spd ?? 0;
  v.spe = boosts.spe ?? 0;
  v.accuracy = boosts.accuracy ?? 0;
  v.evasion = boosts.evasion ?? 0;
}

/** Active Unburden, Protosynthesis and Quark Drive. */
function setAbilityMarks({ volatiles: v, active, ability }: Side, { volatiles }: PokemonState): void {
  if (volatiles.itemremoved && active.item === '' && ability === 'unburden') v.unburdened = 1;
  for (const id of Object.keys(volatiles)) {
    const paradox = /^(?:protosynthesis|quarkdrive)(atk|def|spa|spd|spe)$/.exec(id);
    if (paradox) v.paradoxStat = PARADOX[paradox[1] ?? ''] ?? 0;
  }
}

/** Locks the active Pokémon into the move last used, in slot `slot` − 1. */
function lockIntoLastMove(side: Side, pokemon: PokemonState, slot: number, random: () => number): void {
  const { volatiles: v, active } = side;
  const { volatiles } = pokemon;
  if (volatiles.encore) {
    v.encore = 2;
    v.encoreMove = slot;
  }
  if (volatiles.twoturnmove) {
    v.charging = slot;
    if (isOutOfReach(pokemon.lastMove)) v.protected = OUT_OF_REACH;
  }
  if (volatiles.lockedmove) {
    v.rampage = 1 + Math.floor(random() * 2);
    v.lockedMove = slot;
  }
  const isChoice = /^choice(band|specs|scarf)$/.test(active.item) && !volatiles.dynamax;
  if (isChoice || side.ability === 'gorillatactics') v.lockedMove = slot;
}
