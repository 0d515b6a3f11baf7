import { table } from '../util/table.ts';
import { abilityEffects, itemNow } from './effects-now.ts';
import { inflict } from './inflict-status.ts';
import { loseItem } from './lose-item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { GRASS } from './types.ts';
import type { Volatiles } from './volatiles.ts';

/** Gives the target a volatile condition by id. Returns whether it took. */
export function addVolatile(p: SearchState, user: Side, target: Side, id: string): boolean {
  if (target.active.hp <= 0) return false;
  const { volatileproof } = abilityEffects(p, target);
  if (volatileproof.length > 0 && volatileproof.includes(id)) return false;
  return VOLATILES[id]?.(p, target, user) ?? false;
}

type Give = (p: SearchState, target: Side, user: Side) => boolean;

/** A mark that can be set again while it lasts. */
const setAlways =
  (name: Mark, value = 1): Give =>
  (_, { volatiles }) => {
    volatiles[name] = value;
    return true;
  };

/** A mark that fails while it lasts. */
const setOnce =
  (name: Mark, value = 1): Give =>
  (_, { volatiles }) => {
    if (volatiles[name] > 0) return false;
    volatiles[name] = value;
    return true;
  };

type Mark = { [Key in keyof Volatiles]: Volatiles[Key] extends number ? Key : never }[keyof Volatiles];

/** Turns of a condition that counts down at the end of a turn: one more if the target has moved already. */
const turnsFor = ({ volatiles }: Side, turns: number): number => turns + (volatiles.moved ? 1 : 0);

const VOLATILES: Readonly<Record<string, Give>> = table<Give>({
  aquaring: setAlways('aquaRing'),
  charge: setAlways('charged'),
  confusion: (p, target, user) => {
    const { volatiles } = target;
    if (volatiles.confusion > 0 || (user !== target && target.safeguard > 0)) return false;
    if (itemNow(target) === 'lumberry' || itemNow(target) === 'persimberry') loseItem(target);
    else volatiles.confusion = 2 + Math.floor(p.random() * 4);
    return true;
  },
  curse: setOnce('cursed'),
  destinybond: setAlways('destinyBond'),
  disable: (_, target) => {
    const { volatiles } = target;
    if (volatiles.disable > 0 || volatiles.lastMove === 0) return false;
    volatiles.disable = turnsFor(target, 4);
    volatiles.disabledMove = volatiles.lastMove;
    return useMentalHerb(target);
  },
  dragoncheer: setOnce('focus', 2),
  encore: (_, target) => {
    const { volatiles } = target;
    if (volatiles.encore > 0 || volatiles.lastMove === 0) return false;
    volatiles.encore = turnsFor(target, 3);
    volatiles.encoreMove = volatiles.lastMove;
    return useMentalHerb(target);
  },
  flinch: (p, target) => {
    if (target.volatiles.moved) return false;
    target.volatiles.flinched = 1;
    abilityEffects(p, target).onFlinch?.(target);
    return true;
  },
  focusenergy: setOnce('focus', 2),
  glaiverush: setAlways('exposed'),
  healblock: setAlways('healBlock', 2),
  ingrain: setAlways('ingrain'),
  laserfocus: setOnce('focus', 2),
  leechseed: (_, target) => {
    if (target.volatiles.leechSeed || target.hasType(GRASS)) return false;
    target.volatiles.leechSeed = 1;
    return true;
  },
  magnetrise: setAlways('magnetRise', 5),
  mustrecharge: setAlways('recharging'),
  noretreat: setAlways('held'),
  partiallytrapped: (p, { volatiles }, user) => {
    if (volatiles.bound > 0) return false;
    volatiles.bound = bindingTurns(p, itemNow(user) === 'gripclaw');
    return true;
  },
  perishsong: setOnce('perish', 4),
  saltcure: setAlways('saltCure'),
  sleep: (p, target, user) => inflict(p, target, 'slp', user),
  smackdown: setAlways('smackedDown'),
  sparklingaria: (_, { active }) => {
    if (active.status === 'brn') active.status = '';
    return true;
  },
  syrupbomb: setAlways('syrup', 3),
  taunt: (_, target) => {
    if (target.volatiles.taunt > 0) return false;
    target.volatiles.taunt = turnsFor(target, 3);
    return useMentalHerb(target);
  },
  trapped: setAlways('held'),
  yawn: (_, { volatiles, active, safeguard }) => {
    if (volatiles.yawn > 0 || active.status !== '' || safeguard > 0) return false;
    volatiles.yawn = 2;
    return true;
  },
});

/** Number of turn ends until the target is free: it takes damage at all but the last. */
function bindingTurns({ rules, random }: SearchState, hasClaw: boolean): number {
  if (hasClaw) return rules.gripClawTurns;
  return rules.fewestBindingTurns + Math.floor(random() * rules.bindingSpread);
}

/** A Mental Herb cures its holder of conditions that restrict its choice. */
function useMentalHerb(target: Side): boolean {
  if (target.active.item !== 'mentalherb') return true;
  const { volatiles: v } = target;
  v.taunt = 0;
  v.encore = 0;
  v.disable = 0;
  loseItem(target);
  return true;
}
