import { stageFactor } from '../knowledge/stat-stages.ts';
import { changeStance } from './ability-formes.ts';
import { attack } from './attack.ts';
import { boostStat } from './boosts.ts';
import { abilityNow, isSunny, itemNow } from './effects-now.ts';
import { applyDamage } from './hp.ts';
import { loseItem } from './lose-item.ts';
import type { ModelMove } from './model-move.ts';
import { typeOf } from './move-type.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { NO_TYPE } from './types.ts';
import { useStatusMove } from './use-status-move.ts';
import { FAILED_NOW, OUT_OF_REACH, SHIELDED } from './volatiles.ts';

const HIDING_MOVES = new Set(['fly', 'dig', 'dive', 'bounce', 'phantomforce', 'shadowforce', 'skydrop']);

/** Whether its user is out of reach while it prepares this move. */
export function isOutOfReach(move: string | undefined): boolean {
  return move !== undefined && HIDING_MOVES.has(move);
}

/**
 * Lets the active Pokémon try a move: everything that may prevent it, then the move itself.
 *
 * @param slot slot of the move, 0–3; −1 for a move in no slot (Struggle)
 */
export function useMove(p: SearchState, user: Side, move: ModelMove, slot: number): void {
  const { volatiles, active } = user;
  if (active.hp <= 0) return;
  volatiles.moved = 1;
  volatiles.destinyBond = 0;
  volatiles.exposed = 0;
  if (!canMove(p, user, move, slot)) {
    volatiles.charging = 0;
    volatiles.protected = 0;
    if (volatiles.rampage > 0)
      endRampage(p, user, p.gen > 2 && volatiles.rampage === 1 && active.status !== 'slp');
    volatiles.rolling = 0;
    volatiles.stalled = 0;
    volatiles.streak = 0;
    volatiles.failed = FAILED_NOW;
    return;
  }
  volatiles.movesMade++;
  if (slot >= 0) {
    if (volatiles.lastMove !== slot + 1) volatiles.streak = 0;
    volatiles.usedMoves |= 1 << slot;
  }
  const chosen = move.id === 'sleeptalk' ? sleepTalk(p, user, slot) : move;
  if (slot >= 0 && volatiles.charging === 0 && volatiles.rampage === 0) {
    active.usePp(slot, abilityNow(user.foe) === 'pressure' && move.aimed ? 2 : 1);
  }
  volatiles.lastMove = slot + 1;
  if (isChoiceLocked(user) && slot >= 0) volatiles.lockedMove = slot + 1;
  if (chosen && mustCharge(p, user, chosen, slot)) return;
  volatiles.charging = 0;
  volatiles.protected = 0;
  if (!chosen) return;
  takeMoveType(p, user, chosen);
  carryOut(p, user, chosen, slot);
}

function carryOut(p: SearchState, user: Side, move: ModelMove, slot: number): void {
  const { volatiles } = user;
  changeStance(user, move);
  if (move.protects) {
    protect(p, user);
    return;
  }
  volatiles.stalled = 0;
  const fails = p.effects.moves[move.number]?.onTry?.(p, user) === false;
  const done = fails
    ? false
    : move.category === 'Status'
      ? useStatusMove(p, user, move)
      : isDelayed(move)
        ? startDelayedAttack(user, move)
        : attack(p, user, move);
  if (done && move.sound && itemNow(user) === 'throatspray' && user.active.hp > 0) {
    loseItem(user);
    boostStat(p, user, 'spa', 1);
  }
  volatiles.streak = done ? volatiles.streak + 1 : 0;
  if (!done && user.foe.volatiles.protected === 0) volatiles.failed = FAILED_NOW;
  if (move.rampages) continueRampage(p, user, slot, done);
  if (ROLLING.has(move.id)) continueRolling(user, slot, done);
  if (move.recharges && done && user.active.hp > 0) {
    // In generation 1 a knock-out saves the user from recharging.
    if (p.gen > 1 || user.foe.active.hp > 0) volatiles.recharging = 1;
  }
}

function canMove(p: SearchState, user: Side, move: ModelMove, slot: number): boolean {
  const { volatiles, active } = user;
  if (volatiles.recharging) {
    volatiles.recharging = 0;
    return false;
  }
  if (active.status !== '' && !wakesOrThaws(p, user, move)) return false;
  if (abilityNow(user) === 'truant' && loafsThisTurn(p, user)) return false;
  if (volatiles.flinched) return false;
  if (isForbidden(user, move, slot)) return false;
  // In generation 1 a bound Pokémon cannot act.
  if (p.gen === 1 && volatiles.bound > 0) return false;
  if (volatiles.confusion > 0 && hurtsItself(p, user)) return false;
  return !(active.status === 'par' && p.chance(0.25));
}

/** Whether a sleeping or frozen Pokémon can move: it wakes or thaws, or the move allows it. */
function wakesOrThaws(p: SearchState, { active }: Side, move: ModelMove): boolean {
  if (active.status === 'frz') {
    if (!move.thawsUser && !(p.gen > 1 && p.chance(0.2))) return false;
    active.status = '';
  }
  if (active.status !== 'slp') return true;
  if (active.counter <= 0) {
    active.status = '';
    return true;
  }
  active.counter--;
  // In generation 1 waking up takes the turn.
  if (active.counter <= 0 && p.gen === 1) active.status = '';
  return move.usableAsleep;
}

/** Whether Disable, Taunt or Heal Block, possibly set this turn, forbids a move. */
function isForbidden({ volatiles }: Side, move: ModelMove, slot: number): boolean {
  if (volatiles.disable > 0 && slot + 1 === volatiles.disabledMove) return true;
  if (volatiles.taunt > 0 && move.category === 'Status') return true;
  return volatiles.healBlock > 0 && move.heals;
}

/** In generation 3 Truant counts turns, at their end; since then it counts what its bearer has tried. */
function loafsThisTurn({ gen }: SearchState, { volatiles }: Side): boolean {
  if (gen === 3) return volatiles.loafing > 0;
  volatiles.loafing = 1 - volatiles.loafing;
  return volatiles.loafing === 0;
}

function hurtsItself(p: SearchState, user: Side): boolean {
  const { volatiles, forme } = user;
  volatiles.confusion--;
  if (volatiles.confusion <= 0 || !p.chance(p.rules.confusionChance)) return false;
  const attackNow = forme.atk * stageFactor(volatiles.atk);
  const defenceNow = forme.def * stageFactor(volatiles.def);
  const base = Math.floor((Math.floor((2 * forme.level) / 5 + 2) * 40 * attackNow) / defenceNow / 50) + 2;
  applyDamage(p, user, base * (0.85 + 0.15 * p.random()));
  return true;
}

function isChoiceLocked(user: Side): boolean {
  const item = itemNow(user);
  const band = item === 'choiceband' || item === 'choicespecs' || item === 'choicescarf';
  return (band && user.volatiles.dynamax === 0) || abilityNow(user) === 'gorillatactics';
}

/** The move that Sleep Talk calls, at random; undefined when its user is awake. */
function sleepTalk(p: SearchState, user: Side, slot: number): ModelMove | undefined {
  if (user.active.status !== 'slp') return undefined;
  let found: ModelMove | undefined;
  let seen = 0;
  const { moves } = user.forme;
  for (let index = 0; index < moves.length; index++) {
    const move = moves[index];
    if (!move || index === slot || move.charges || move.id === 'rest') continue;
    seen++;
    if (p.random() * seen < 1) found = move;
  }
  return found;
}

function mustCharge(p: SearchState, user: Side, move: ModelMove, slot: number): boolean {
  const { volatiles } = user;
  if (!move.charges || volatiles.charging > 0) return false;
  if ((move.id === 'solarbeam' || move.id === 'solarblade') && isSunny(p)) return false;
  if (move.id === 'meteorbeam' || move.id === 'electroshot') {
    volatiles.spa = Math.min(6, volatiles.spa + 1);
    if (move.id === 'electroshot' && (p.weather === 'rain' || p.weather === 'heavyrain')) return false;
  }
  if (user.active.item === 'powerherb') {
    loseItem(user);
    return false;
  }
  volatiles.charging = slot + 1;
  if (isOutOfReach(move.id)) volatiles.protected = OUT_OF_REACH;
  return true;
}

/** Protean and Libero: since generation 9 once each time their bearer is on the field. */
function takeMoveType(p: SearchState, user: Side, move: ModelMove): void {
  const ability = abilityNow(user);
  if (ability !== 'protean' && ability !== 'libero') return;
  if (user.active.terastallized || (p.gen >= 9 && user.volatiles.changedType)) return;
  const type = typeOf(p, user, move);
  if (type === NO_TYPE || (user.type1 === type && user.type2 === NO_TYPE)) return;
  user.type1 = type;
  user.type2 = NO_TYPE;
  user.volatiles.changedType = 1;
}

function protect(p: SearchState, user: Side): void {
  const { volatiles } = user;
  const odds = p.rules.stallingOdds ** volatiles.stalled;
  const works = user.foe.pending > 0 && p.chance(1 / Math.min(odds, 729));
  volatiles.stalled = works ? volatiles.stalled + 1 : 0;
  if (works) volatiles.protected = SHIELDED;
}

const isDelayed = (move: ModelMove): boolean => move.id === 'futuresight' || move.id === 'doomdesire';

function startDelayedAttack(user: Side, move: ModelMove): boolean {
  const { foe } = user;
  if (foe.futureTurns > 0) return false;
  foe.futureTurns = 3;
  foe.futureUser = user.active.index;
  foe.futureMove = move;
  return true;
}

/**
 * Outrage and similar moves continue for two or three turns and end in confusion. Since generation 3 they end as soon
 * as they hit nothing, and then confuse only if that was their last turn anyway; in generation 1 they take one turn
 * more.
 */
function continueRampage(p: SearchState, user: Side, slot: number, done: boolean): void {
  const { volatiles } = user;
  if (user.active.hp <= 0) return;
  const goesOn = done || p.gen <= 2;
  if (volatiles.rampage === 0) {
    if (!goesOn) return;
    volatiles.rampage = p.rules.fewestRampageTurns + Math.floor(p.random() * 2);
    volatiles.lockedMove = slot + 1;
  }
  volatiles.rampage--;
  if (volatiles.rampage === 0 || !goesOn) endRampage(p, user, volatiles.rampage === 0);
}

function endRampage(p: SearchState, user: Side, confuses: boolean): void {
  const { volatiles } = user;
  volatiles.rampage = 0;
  if (!isChoiceLocked(user)) volatiles.lockedMove = 0;
  if (confuses && volatiles.confusion === 0 && abilityNow(user) !== 'owntempo' && user.safeguard === 0)
    volatiles.confusion = 2 + Math.floor(p.random() * 4);
}

const ROLLING = new Set(['rollout', 'iceball']);
/** Rollout and Ice Ball end after this many turns. */
const MOST_ROLLS = 5;

/** Rollout and Ice Ball continue, twice as strong each time, until they hit nothing. */
function continueRolling(user: Side, slot: number, done: boolean): void {
  const { volatiles } = user;
  volatiles.rolling = done && volatiles.rolling + 1 < MOST_ROLLS ? volatiles.rolling + 1 : 0;
  volatiles.lockedMove = volatiles.rolling > 0 || isChoiceLocked(user) ? slot + 1 : 0;
}
