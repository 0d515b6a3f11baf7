import { UNSUPPRESSABLE, UNSWAPPABLE } from './ability-flags.ts';
import { hasBench } from './bench.ts';
import { boostStat } from './boosts.ts';
import { SWITCH } from './choices.ts';
import { abilityNow, isGrounded } from './effects-now.ts';
import { heal } from './hp.ts';
import { curesStatus, loseItem } from './lose-item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { startAbility } from './start-ability.ts';
import { NO_TYPE } from './types.ts';

/** Restores a fraction of maximum HP. Returns whether there was anything to restore. */
export function healSelf(user: Side, share: number): boolean {
  const { active } = user;
  if (active.hp >= active.maxHp || user.volatiles.healBlock > 0) return false;
  heal(user, Math.round(active.maxHp * share));
  return true;
}

export function rest(p: SearchState, user: Side): boolean {
  const { active } = user;
  if (active.hp >= active.maxHp || user.volatiles.healBlock > 0) return false;
  const ability = abilityNow(user);
  if (ability === 'insomnia' || ability === 'vitalspirit' || ability === 'purifyingsalt') return false;
  if (isGrounded(p, user) && (p.terrain === 'electricterrain' || p.terrain === 'mistyterrain')) return false;
  active.hp = active.maxHp;
  active.status = 'slp';
  active.counter = 2;
  if (curesStatus(p, active.item, 'slp')) {
    active.status = '';
    loseItem(user);
  }
  return true;
}

/** Heal Bell and similar moves. */
export function cureTeam({ pokemon: team }: Side): boolean {
  let cured = false;
  for (const pokemon of team) {
    if (pokemon.hp > 0 && pokemon.status !== '') {
      pokemon.status = '';
      cured = true;
    }
  }
  return cured;
}

/** Jungle Healing and similar moves. */
export function cureAndHeal(user: Side): boolean {
  const { active } = user;
  const needed = active.status !== '' || active.hp < active.maxHp;
  active.status = '';
  heal(user, active.maxHp / 4);
  return needed;
}

/** Revives the first fainted Pokémon of the team with half its HP; the player's own choice is not modelled. */
export function revive(user: Side): boolean {
  const fallen = user.pokemon.find(({ hp }) => hp <= 0);
  if (!fallen) return false;
  fallen.hp = Math.max(1, Math.floor(fallen.maxHp / 2));
  fallen.status = '';
  user.fainted--;
  return true;
}

/** Makes a substitute for a quarter of maximum HP. */
export function makeSubstitute(user: Side): boolean {
  const { active, volatiles } = user;
  if (volatiles.substitute > 0 || active.hp <= Math.ceil(active.maxHp / 4)) return false;
  active.hp -= Math.floor(active.maxHp / 4);
  volatiles.substitute = Math.max(1, Math.floor(active.maxHp / 4));
  return true;
}

/** Makes Shed Tail's substitute for the next Pokémon, for half of maximum HP. */
export function shedTail(user: Side): boolean {
  const { active, volatiles } = user;
  const points = Math.ceil(active.maxHp / 2);
  if (volatiles.substitute > 0 || active.hp <= points || !hasBench(user)) return false;
  active.hp -= points;
  volatiles.substitute = Math.max(1, Math.floor(active.maxHp / 4));
  return true;
}

/** Takes a fraction of maximum HP for a move that raises stages. Returns whether its user can afford it. */
export function payHp({ active }: Side, share: number): boolean {
  const price = Math.floor(active.maxHp * share);
  if (active.hp <= price) return false;
  active.hp -= price;
  return true;
}

const SIDE_CONDITIONS = [
  'stealthRock',
  'spikes',
  'toxicSpikes',
  'stickyWeb',
  'reflect',
  'lightScreen',
  'auroraVeil',
  'tailwind',
  'safeguard',
] as const;

export function swapSides(user: Side): boolean {
  const { foe } = user;
  for (const key of SIDE_CONDITIONS) {
    const own = user[key];
    user[key] = foe[key];
    foe[key] = own;
  }
  return true;
}

/** Uses up the layers of Stockpile, and the stages they gave. */
export function useStockpile(p: SearchState, user: Side): void {
  const { volatiles } = user;
  boostStat(p, user, 'def', -volatiles.stockpile);
  boostStat(p, user, 'spd', -volatiles.stockpile);
  volatiles.stockpile = 0;
}

export function loseType(side: Side, type: number): void {
  if (side.type1 === type) side.type1 = NO_TYPE;
  if (side.type2 === type) side.type2 = NO_TYPE;
}

/**
 * Gives a Pokémon another ability, which starts at once, unless its own cannot be replaced. Returns whether it changed.
 */
export function giveAbility(p: SearchState, side: Side, ability: string): boolean {
  if (UNSUPPRESSABLE.has(side.ability) || side.ability === ability) return false;
  side.ability = ability;
  startAbility(p, side);
  return true;
}

export function swapAbilities(p: SearchState, user: Side): boolean {
  const { foe, ability } = user;
  if (UNSWAPPABLE.has(ability) || UNSWAPPABLE.has(foe.ability)) return false;
  user.ability = foe.ability;
  foe.ability = ability;
  startAbility(p, user);
  startAbility(p, foe);
  return true;
}

/** Whether all other moves have been used, as Last Resort requires. */
export function hasUsedAllOthers({ forme: { moves }, volatiles }: Side): boolean {
  if (moves.length < 2) return false;
  return moves.every(({ id }, slot) => id === 'lastresort' || (volatiles.usedMoves & (1 << slot)) !== 0);
}

/** Counts a use of Echoed Voice, whose power grows with each turn in a row in which any Pokémon uses it. */
export function countEchoedVoice(p: SearchState): void {
  if (p.echoedIn === p.turn) return;
  p.echo = p.echoedIn === p.turn - 1 ? Math.min(5, p.echo + 1) : 1;
  p.echoedIn = p.turn;
}

/** Whether the other side is still to attack this turn. */
export function isAboutToAttack(side: Side): boolean {
  if (side.pending === 0 || side.active.hp <= 0 || side.choice >= SWITCH) return false;
  return side.forme.moves[side.choice & 3]?.category !== 'Status';
}
