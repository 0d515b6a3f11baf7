import { addVolatile } from './add-volatile.ts';
import { setUpAttack } from './aim.ts';
import { blocksPriority, forceSwitch } from './attack.ts';
import { hasBench } from './bench.ts';
import { boostAll } from './boosts.ts';
import { abilityAgainst } from './effectiveness.ts';
import { abilityEffects, abilityNow, itemNow } from './effects-now.ts';
import { tryAbsorb } from './immunity.ts';
import { inflict } from './inflict-status.ts';
import type { ModelMove } from './model-move.ts';
import { onOwnSide } from './own-side-move.ts';
import { hitChance } from './priority.ts';
import type { SearchState } from './search-state.ts';
import { NOT_ASKED, PASS, PIVOT, type Side } from './side.ts';
import { layHazard } from './side-conditions.ts';
import { DARK, GHOST, GRASS } from './types.ts';
import { OUT_OF_REACH, SHIELDED } from './volatiles.ts';

/** Lets the active Pokémon use a status move. Returns whether it worked. */
export function useStatusMove(p: SearchState, user: Side, move: ModelMove): boolean {
  // For Pokémon that are not Ghosts, Curse is another move.
  const isAimed = move.id === 'curse' ? user.hasType(GHOST) : move.aimed;
  const worked = isAimed ? onFoe(p, user, move) : onOwnSide(p, user, move);
  if (worked && user.active.hp > 0) {
    if (move.passesVolatiles) user.mustSwitch = hasBench(user) ? PASS : NOT_ASKED;
    else if (move.pivots && hasBench(user)) user.mustSwitch = PIVOT;
  }
  return worked;
}

function onFoe(p: SearchState, user: Side, move: ModelMove): boolean {
  const target = user.foe;
  if (target.active.hp <= 0 || isKeptOff(p, user, move)) return false;
  if (move.reflectable && abilityAgainst(p, user, move) === 'magicbounce') {
    effectOn(p, target, user, move);
    return false;
  }
  if (isStopped(p, user, move) || !p.chance(hitChance(p, user, move))) return false;
  return effectOn(p, user, target, move);
}

/** Whether protection, priority or an ability blocks a move, so that there is nothing to bounce back. */
function isKeptOff(p: SearchState, user: Side, move: ModelMove): boolean {
  const target = user.foe;
  const { volatiles } = target;
  if (volatiles.protected === OUT_OF_REACH || (volatiles.protected === SHIELDED && move.stoppedByProtect))
    return true;
  if (blocksPriority(p, user, move)) return true;
  if (abilityEffects(p, target).stopsStatusMoves && abilityAgainst(p, user, move) !== '') return true;
  return p.gen >= 7 && abilityNow(user) === 'prankster' && target.hasType(DARK);
}

/** Whether the target's type, item, ability or substitute stops a move. */
function isStopped(p: SearchState, user: Side, move: ModelMove): boolean {
  const target = user.foe;
  const ability = abilityAgainst(p, user, move);
  if (move.powder && p.gen >= 6) {
    const isCovered = ability !== '' && abilityEffects(p, target).stopsPowder;
    if (target.hasType(GRASS) || isCovered || itemNow(target) === 'safetygoggles') return true;
  }
  if (move.sound && ability === 'soundproof') return true;
  const passes = move.passesSubstitute || abilityNow(user) === 'infiltrator';
  if (target.volatiles.substitute > 0 && !passes) return true;
  // Thunder Wave is the one status move that the type chart can stop.
  if (move.id !== 'thunderwave') return false;
  const attack = setUpAttack(p, user, move);
  return attack.effectiveness === 0 || tryAbsorb(p, attack);
}

/** Applies an aimed status move to the Pokémon that it reaches. */
function effectOn(p: SearchState, user: Side, target: Side, move: ModelMove): boolean {
  let worked = false;
  if (move.status !== '') worked = inflict(p, target, move.status, user) || worked;
  if (move.boosts) worked = boostAll(p, target, move.boosts, true) || worked;
  if (move.volatile !== '' && move.id !== 'curse') {
    worked = addVolatile(p, user, target, move.volatile) || worked;
  }
  if (move.sideCondition !== '') worked = layHazard(target, move.sideCondition) || worked;
  if (move.forcesOut) worked = forceSwitch(p, target) || worked;
  const onHit = p.effects.moves[move.number]?.onHit;
  return onHit ? onHit(p, user, target) : worked;
}
