import { hasBench } from './bench.ts';
import { setTeraType, takeForme } from './change-forme.ts';
import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from './choices.ts';
import { abilityNow, itemNow } from './effects-now.ts';
import { type ModelMove, maxMove, modelMove, zMove } from './model-move.ts';
import { typeOf } from './move-type.ts';
import { priorityOf, speedOf } from './priority.ts';
import { applyResidualHp, endTurn } from './residual.ts';
import type { SearchState } from './search-state.ts';
import { FAINTED, NOT_ASKED, PASS, PIVOT, type Side } from './side.ts';
import { startAbility } from './start-ability.ts';
import { onSwitchIn, onSwitchOut, placeOnField, switchIn, switchTo } from './switch-in.ts';
import { useMove } from './use-move.ts';
import { FAILED_LAST_TURN, FAILED_NOW, Volatiles } from './volatiles.ts';

/**
 * Plays on from a state until a side must choose again: a turn, or the rest of one after a Pokémon came in.
 *
 * @param own choice of `sides[0]`, one of its legal ones; ignored when it has nothing to choose
 * @param foe choice of `sides[1]`
 */
export function advance(p: SearchState, own: number, foe: number): void {
  const [a, b] = p.sides;
  if (p.stage === 'choose') {
    beginTurn(p, own, foe);
  } else if (a.mustSwitch === FAINTED && b.mustSwitch === FAINTED) {
    replaceBoth(p, own, foe);
  } else {
    applyChoice(p, a, own);
    if (!isOver(p)) applyChoice(p, b, foe);
  }
  playOn(p);
}

/** Applies a choice in the middle of a turn. */
function applyChoice(p: SearchState, side: Side, choice: number): void {
  if (side.mustSwitch > 0) replace(p, side, choice);
  else if (side.undecided > 0) {
    side.undecided = 0;
    side.choice = choice;
    useGimmick(p, side);
  }
}

function beginTurn(p: SearchState, own: number, foe: number): void {
  const [a, b] = p.sides;
  p.stage = 'act';
  a.choice = own;
  b.choice = foe;
  a.pending = 1;
  b.pending = 1;
  for (const side of p.sides) {
    const { volatiles } = side;
    volatiles.flinched = 0;
    volatiles.moved = 0;
    volatiles.protected = volatiles.charging > 0 ? volatiles.protected : 0;
    volatiles.roosting = 0;
    volatiles.hurtPhysical = 0;
    volatiles.hurtSpecial = 0;
    volatiles.raised = 0;
    volatiles.lowered = 0;
    volatiles.hurtNow = 0;
    volatiles.failed = volatiles.failed === FAILED_NOW ? FAILED_LAST_TURN : 0;
  }
  const first = faster(p);
  switchOut(p, first);
  switchOut(p, first.foe);
  useGimmick(p, first);
  useGimmick(p, first.foe);
}

function switchOut(p: SearchState, side: Side): void {
  if (side.choice < SWITCH || side.choice === NO_CHOICE || side.pending === 0) return;
  side.pending = 0;
  const next = side.pokemon[side.choice - SWITCH];
  const { foe } = side;
  if (foe.pending > 0 && foe.choice < SWITCH && chosenMove(foe)?.id === 'pursuit') {
    foe.pending = 0;
    act(p, foe);
    if (side.active.hp <= 0) return;
  }
  if (next && next.hp > 0) switchTo(p, side, next);
}

function useGimmick(p: SearchState, side: Side): void {
  if (side.choice < GIMMICK || side.choice >= Z_MOVE || side.pending === 0) return;
  side.gimmickSpent = 1;
  const { active } = side;
  switch (p.gimmick) {
    case 'terastallize':
      active.terastallized = true;
      changeForme(p, side);
      break;
    case 'dynamax':
      side.volatiles.dynamax = 3;
      side.volatiles.lockedMove = 0;
      if (active.forme.maxHp > 1) {
        active.hp *= 2;
        active.maxHp *= 2;
      }
      break;
    default:
      changeForme(p, side);
  }
}

function changeForme(p: SearchState, side: Side): void {
  const { active } = side;
  const { gimmickForme } = active.forme;
  if (gimmickForme) {
    // Terapagos gains HP by terastallizing.
    takeForme(side, gimmickForme);
  } else {
    setTeraType(side);
    return;
  }
  if (gimmickForme.ability === 'teraformzero') {
    p.weather = '';
    p.terrain = '';
  }
  startAbility(p, side);
}

/** Lets the remaining Pokémon act, until a side must choose or the turn is over. */
function playOn(p: SearchState): void {
  const [a, b] = p.sides;
  while (p.stage === 'act') {
    if (a.mustSwitch > 0 || b.mustSwitch > 0) return;
    const next = nextToAct(p);
    if (!next) {
      p.stage = 'residual';
      break;
    }
    next.pending = 0;
    act(p, next);
    if (p.stage !== 'act') return;
    if (p.gen <= 2 && next.active.hp > 0 && (p.gen === 2 || next.foe.active.hp > 0)) applyResidualHp(p, next);
    if (p.stage !== 'act') return;
    afterAction(p, a);
    afterAction(p, b);
  }
  if (p.stage !== 'residual') return;
  if (a.mustSwitch > 0 || b.mustSwitch > 0) return;
  finishTurn(p);
}

/** Until generation 3 a fainted Pokémon is replaced at once, and nothing else moves in that turn. */
function afterAction(p: SearchState, side: Side): void {
  if (p.gen > 3 || side.active.hp > 0 || side.mustSwitch > 0) return;
  side.pending = 0;
  side.foe.pending = 0;
  if (hasBench(side)) side.mustSwitch = FAINTED;
}

function finishTurn(p: SearchState): void {
  const [a, b] = p.sides;
  // The end of a turn is played once, even when replacements come in after it.
  if (p.endedTurn !== p.turn) {
    p.endedTurn = p.turn;
    endTurn(p, faster(p));
    if (isOver(p)) return;
  }
  for (const side of p.sides) {
    if (side.active.hp <= 0 && side.mustSwitch === NOT_ASKED && hasBench(side)) side.mustSwitch = FAINTED;
  }
  if (a.mustSwitch > 0 || b.mustSwitch > 0) return;
  nextTurn(p);
}

function nextTurn(p: SearchState): void {
  p.turn++;
  p.stage = 'choose';
  for (const side of p.sides) side.volatiles.turnsActive++;
}

function replace(p: SearchState, side: Side, choice: number): void {
  const how = side.mustSwitch;
  side.mustSwitch = NOT_ASKED;
  const next = side.pokemon[choice - SWITCH];
  if (!next || next.hp <= 0) return;
  if (how !== PASS) {
    if (how === PIVOT) onSwitchOut(p, side);
    else side.clearVolatiles();
    switchIn(p, side, next);
    return;
  }
  batonPass(p, side, next);
}

/** Two newcomers are placed before either takes effect. */
function replaceBoth(p: SearchState, own: number, foe: number): void {
  const [a, b] = p.sides;
  placeReplacement(a, own);
  placeReplacement(b, foe);
  const first = faster(p);
  onSwitchIn(p, first);
  if (!isOver(p)) onSwitchIn(p, first.foe);
}

function placeReplacement(side: Side, choice: number): void {
  side.mustSwitch = NOT_ASKED;
  const next = side.pokemon[choice - SWITCH];
  if (!next || next.hp <= 0) return;
  side.clearVolatiles();
  placeOnField(side, next);
}

const passed = new Volatiles();

/** Baton Pass and Shed Tail: passes stages and substitute on to the newcomer. */
function batonPass(p: SearchState, side: Side, next: (typeof side.pokemon)[number]): void {
  passed.copyFrom(side.volatiles);
  const shed = chosenMove(side)?.id === 'shedtail';
  onSwitchOut(p, side);
  const { volatiles } = side;
  volatiles.substitute = passed.substitute;
  if (!shed) {
    volatiles.atk = passed.atk;
    volatiles.def = passed.def;
    volatiles.spa = passed.spa;
    volatiles.spd = passed.spd;
    volatiles.spe = passed.spe;
    volatiles.accuracy = passed.accuracy;
    volatiles.evasion = passed.evasion;
    volatiles.confusion = passed.confusion;
    volatiles.leechSeed = passed.leechSeed;
    volatiles.focus = passed.focus;
    volatiles.ingrain = passed.ingrain;
    volatiles.aquaRing = passed.aquaRing;
  }
  switchIn(p, side, next);
}

function chosenMove(side: Side): ModelMove | undefined {
  return side.choice < SWITCH ? side.forme.moves[side.choice & 3] : undefined;
}

/** The side that acts next: by priority, then Speed; undefined when none is left. */
function nextToAct(p: SearchState): Side | undefined {
  const [a, b] = p.sides;
  const aActs = a.pending > 0 && a.active.hp > 0;
  const bActs = b.pending > 0 && b.active.hp > 0;
  if (!aActs) return bActs ? b : undefined;
  if (!bActs) return a;
  const difference = bracket(p, a) - bracket(p, b);
  if (difference !== 0) return difference > 0 ? a : b;
  return faster(p);
}

/** The side that goes first by Speed and Trick Room; a tie is drawn. */
function faster(p: SearchState): Side {
  const [a, b] = p.sides;
  const lead = speedOf(p, a) - speedOf(p, b);
  if (lead === 0) return p.random() < 0.5 ? a : b;
  return lead > 0 !== p.trickRoom > 0 ? a : b;
}

/** Priority, with effects that make a Pokémon go first or last within it. */
function bracket(p: SearchState, side: Side): number {
  const move = chosenMove(side);
  let value = move ? 10 * priorityOf(p, side, inUsedForm(p, side, move)) : 0;
  const item = itemNow(side);
  if (item === 'laggingtail' || item === 'fullincense') value -= 1;
  else if (item === 'quickclaw' && p.random() < 0.2) value += 1;
  const ability = abilityNow(side);
  if (ability === 'stall' || (ability === 'myceliummight' && move?.category === 'Status')) value -= 1;
  else if (ability === 'quickdraw' && move?.category !== 'Status' && p.random() < 0.3) value += 1;
  return value;
}

/** The move after Dynamax or a Z-crystal. */
function inUsedForm(p: SearchState, side: Side, move: ModelMove): ModelMove {
  if (side.volatiles.dynamax > 0) return maxMove(move, typeOf(p, side, move));
  return side.choice < Z_MOVE ? move : zMove(move);
}

function act(p: SearchState, side: Side): void {
  if (side.choice === NO_CHOICE) {
    const struggle = modelMove(p.gen, 'struggle');
    if (side.volatiles.recharging > 0) side.volatiles.recharging = 0;
    else useMove(p, side, struggle, -1);
    return;
  }
  const move = chosenMove(side);
  if (!move) return;
  const { encore, encoreMove, dynamax } = side.volatiles;
  const repeated =
    encore > 0 && dynamax === 0 && side.choice < Z_MOVE ? side.forme.moves[encoreMove - 1] : undefined;
  if (repeated) {
    // Encore overrides the choice made before it.
    useMove(p, side, repeated, encoreMove - 1);
    return;
  }
  const used = inUsedForm(p, side, move);
  if (side.choice >= Z_MOVE) side.zMoveSpent = 1;
  useMove(p, side, used, side.choice & 3);
}

const isOver = (p: SearchState): boolean => p.stage === 'over';
