import { abilityEffects, itemNow } from './effects-now.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { GHOST } from './types.ts';

/**
 * What a side does, as a number: 0–3 a move, 4–7 a move with the gimmick (terastallization, Dynamax, Mega Evolution),
 * 8–11 a move as a Z-move, 12–17 a switch to that team member, 18 when there is nothing to choose (Struggle,
 * recharging, while only the other side must bring in a Pokémon).
 */
export const GIMMICK = 4;
export const Z_MOVE = 8;
export const SWITCH = 12;
export const NO_CHOICE = 18;
/** How many choice numbers there are. */
export const CHOICES = 19;

/** Whether a choice is a switch. */
export function isSwitch(choice: number): boolean {
  return choice >= SWITCH && choice !== NO_CHOICE;
}

/** Id of what a side chooses: the move, or the species that comes in; undefined when it has nothing to choose. */
export function chosenId(side: Side, choice: number): string | undefined {
  if (choice === NO_CHOICE) return undefined;
  return isSwitch(choice) ? side.pokemon[choice - SWITCH]?.forme.species : side.forme.moves[choice & 3]?.id;
}

/** Whether a side must choose now. */
export function mustChoose(p: SearchState, side: Side): boolean {
  if (p.stage === 'over') return false;
  return p.stage === 'choose' || side.mustSwitch > 0 || side.undecided > 0;
}

/** A new list of the choices that a side has; when it has nothing to choose, that is its one choice. */
export function choicesOf(p: SearchState, side: Side): Int8Array {
  if (!mustChoose(p, side)) return Int8Array.of(NO_CHOICE);
  const list = new Int8Array(CHOICES);
  return list.slice(0, legalChoices(p, side, list));
}

/**
 * Writes the choices that a side has into a list.
 *
 * @returns how many there are, at least one
 */
export function legalChoices(p: SearchState, side: Side, list: Int8Array): number {
  let count = 0;
  if (side.mustSwitch > 0) {
    count = addSwitches(side, list, 0);
  } else if (side.undecided > 0) {
    count = addMoves(p, side, list);
  } else {
    count = addMoves(p, side, list);
    if (!isTrapped(p, side)) count = addSwitches(side, list, count);
  }
  if (count === 0) list[count++] = NO_CHOICE;
  return count;
}

function addSwitches(side: Side, list: Int8Array, from: number): number {
  let count = from;
  for (const pokemon of side.pokemon) {
    if (pokemon.hp > 0 && pokemon !== side.active) list[count++] = SWITCH + pokemon.index;
  }
  return count;
}

/** Whether the active Pokémon must continue what it began and cannot switch either. */
function isCommitted(side: Side): boolean {
  const { volatiles } = side;
  return volatiles.recharging > 0 || volatiles.charging > 0 || volatiles.rampage > 0 || volatiles.rolling > 0;
}

function addMoves(p: SearchState, side: Side, list: Int8Array): number {
  const { volatiles: v, forme } = side;
  if (v.recharging > 0) {
    list[0] = NO_CHOICE;
    return 1;
  }
  const held = v.charging || (v.rampage > 0 || v.rolling > 0 ? v.lockedMove : 0);
  if (held > 0) {
    list[0] = held - 1;
    return 1;
  }
  let count = 0;
  const gimmick = canUseGimmick(p, side);
  const zMoves = side.zMoveSpent ? 0 : forme.zMoves;
  for (let slot = 0; slot < forme.moves.length; slot++) {
    if (!isUsable(side, slot)) continue;
    list[count++] = slot;
    if (gimmick) list[count++] = GIMMICK + slot;
    if (zMoves & (1 << slot)) list[count++] = Z_MOVE + slot;
  }
  if (count === 0) list[count++] = NO_CHOICE;
  return count;
}

function isUsable(side: Side, slot: number): boolean {
  const { volatiles: v, active, forme } = side;
  const move = forme.moves[slot];
  if (!move || active.pp(slot) <= 0) return false;
  if (v.dynamax > 0) return true;
  if (v.lockedMove > 0 && v.lockedMove !== slot + 1) return false;
  if (v.encore > 0 && v.encoreMove !== slot + 1) return false;
  if (v.disable > 0 && v.disabledMove === slot + 1) return false;
  if (move.needsPause && v.lastMove === slot + 1) return false;
  if (move.id === 'belch' && !active.ateBerry) return false;
  const status = move.category === 'Status';
  if (status && (v.taunt > 0 || itemNow(side) === 'assaultvest')) return false;
  return !(v.healBlock > 0 && move.heals);
}

function canUseGimmick(p: SearchState, side: Side): boolean {
  if (side.gimmickSpent) return false;
  const { forme } = side.active;
  switch (p.gimmick) {
    case 'terastallize':
      return forme.teraType !== 0;
    case 'dynamax':
      return forme.canDynamax;
    case 'mega':
      return forme.gimmickForme !== undefined;
    case undefined:
      return false;
  }
}

/** Whether the active Pokémon cannot be switched out. */
export function isTrapped(p: SearchState, side: Side): boolean {
  if (isCommitted(side)) return true;
  const { volatiles, foe } = side;
  if (p.gen >= 6 && side.hasType(GHOST)) return false;
  if (itemNow(side) === 'shedshell') return false;
  if ((volatiles.bound > 0 && p.gen > 1) || volatiles.held || volatiles.ingrain) return true;
  if (foe.active.hp <= 0) return false;
  return abilityEffects(p, foe).onFoeTrapPokemon?.(p, side) ?? false;
}
