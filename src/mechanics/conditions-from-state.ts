import type { ConditionState, PokemonState, SideState } from '../battle/state.ts';
import { table } from '../util/table.ts';
import type { Side } from './side.ts';
import { NO_TYPE, typeNumber } from './types.ts';
import { isOutOfReach } from './use-move.ts';

/** A number of turns drawn from a range. */
export function turnsLeft([least, most]: readonly [number, number], random: () => number): number {
  return Math.max(1, least + Math.floor(random() * (most - least + 1)));
}

/** Turns that a condition has left; 0 without one, 999 for one without an end. */
export function conditionTurns(condition: ConditionState | undefined, random: () => number): number {
  if (!condition) return 0;
  return condition.turnsLeft ? turnsLeft(condition.turnsLeft, random) : 999;
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

/** Sets the volatile conditions of the active Pokémon; what nobody can know of them is drawn. */
export function setVolatiles(side: Side, pokemon: PokemonState, random: () => number): void {
  const { volatiles: v, active } = side;
  const { boosts, volatiles } = pokemon;
  const [type1, type2] = pokemon.types;
  side.type1 = typeNumber(type1);
  side.type2 = type2 ? typeNumber(type2) : NO_TYPE;
  v.atk = boosts.atk ?? 0;
  v.def = boosts.def ?? 0;
  v.spa = boosts.spa ?? 0;
  v.spd = boosts.spd ?? 0;
  v.spe = boosts.spe ?? 0;
  v.accuracy = boosts.accuracy ?? 0;
  v.evasion = boosts.evasion ?? 0;
  const slot = pokemon.moves.findIndex(({ id }) => id === pokemon.lastMove) + 1;
  v.lastMove = slot;
  // Whoever may choose has seen the end of a turn on the field.
  v.turnsActive = 1;
  v.movesMade = pokemon.justSwitchedIn ? 0 : 1;
  v.stockpile = volatiles.stockpile ?? 0;
  v.curled = volatiles.defensecurl ? 1 : 0;
  v.minimized = volatiles.minimize ? 1 : 0;
  // In generation 1 screens are its own, and last while it stays.
  if (volatiles.reflect) side.reflect = 999;
  if (volatiles.lightscreen) side.lightScreen = 999;
  if (volatiles.substitute) v.substitute = Math.max(1, Math.floor(active.forme.maxHp / 4));
  if (volatiles.confusion) v.confusion = 1 + Math.floor(random() * 4);
  if (volatiles.leechseed) v.leechSeed = 1;
  if (volatiles.taunt) v.taunt = 2;
  if (volatiles.encore && slot > 0) {
    v.encore = 2;
    v.encoreMove = slot;
  }
  if (volatiles.mustrecharge) v.recharging = 1;
  if (volatiles.yawn) v.yawn = 1;
  if (volatiles.perishsong) v.perish = volatiles.perishsong;
  if (volatiles.flashfire) v.flashFire = 1;
  if (volatiles.partiallytrapped || volatiles.trapping) v.bound = 2;
  if (volatiles.trapped || volatiles.noretreat) v.held = 1;
  if (volatiles.saltcure) v.saltCure = 1;
  if (volatiles.curse) v.cursed = 1;
  if (volatiles.aquaring) v.aquaRing = 1;
  if (volatiles.ingrain) v.ingrain = 1;
  if (volatiles.focusenergy || volatiles.dragoncheer) v.focus = 2;
  if (volatiles.charge) v.charged = 1;
  if (volatiles.slowstart) v.slowStart = 3;
  if (volatiles.magnetrise) v.magnetRise = 3;
  if (volatiles.smackdown) v.smackedDown = 1;
  if (volatiles.syrupbomb) v.syrup = 2;
  if (volatiles.glaiverush) v.exposed = 1;
  if (volatiles.healblock) v.healBlock = 2;
  if (volatiles.typechange) v.changedType = 1;
  if (volatiles.dynamax) v.dynamax = 2;
  if (volatiles.itemremoved && active.item === '' && side.ability === 'unburden') {
    v.unburdened = 1;
  }
  for (const id of Object.keys(volatiles)) {
    const paradox = /^(?:protosynthesis|quarkdrive)(atk|def|spa|spd|spe)$/.exec(id);
    if (paradox) v.paradoxStat = PARADOX[paradox[1] ?? ''] ?? 0;
  }
  if (volatiles.twoturnmove && slot > 0) {
    v.charging = slot;
    if (isOutOfReach(pokemon.lastMove)) v.protected = 2;
  }
  if (volatiles.lockedmove && slot > 0) {
    v.rampage = 1 + Math.floor(random() * 2);
    v.lockedMove = slot;
  }
  const chosen = /^choice(band|specs|scarf)$/.test(active.item) && !volatiles.dynamax;
  if (slot > 0 && (chosen || side.ability === 'gorillatactics')) v.lockedMove = slot;
}
