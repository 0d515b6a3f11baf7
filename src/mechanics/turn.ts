import { hasBench } from './bench.ts';
import { setTeraType, takeForme } from './change-forme.ts';
import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from './choices.ts';
import { abilityNow, itemNow } from './condition.ts';
import { type ModelMove, maxMove, modelMove, zMove } from './move.ts';
import { typeOf } from './move-type.ts';
import { priorityOf, speedOf } from './priority.ts';
import { endTurn, recoverOrSuffer } from './residual.ts';
import { type Half, type Position, Volatiles } from './search-state.ts';
import { arrive, enter, leave, stand, startAbility, switchTo } from './switch-in.ts';
import { useMove } from './use-move.ts';

/**
 * Plays on from a position until somebody must choose again: a turn, or what is left of one after somebody came in.
 *
 * @param own choice of `sides[0]`, one of its legal ones; not looked at when it has nothing to choose
 * @param foe choice of `sides[1]`
 */
export function advance(p: Position, own: number, foe: number): void {
  const [a, b] = p.sides;
  if (p.stage === 'choose') {
    begin(p, a, own, b, foe);
  } else if (a.mustSwitch === 1 && b.mustSwitch === 1) {
    replaceBoth(p, own, foe);
  } else {
    answer(p, a, own);
    if (!isOver(p)) answer(p, b, foe);
  }
  playOn(p);
}

/** Takes a choice in the middle of a turn. */
function answer(p: Position, half: Half, choice: number): void {
  if (half.mustSwitch > 0) replace(p, half, choice);
  else if (half.undecided > 0) {
    half.undecided = 0;
    half.choice = choice;
    useGimmick(p, half);
  }
}

function begin(p: Position, a: Half, own: number, b: Half, foe: number): void {
  p.stage = 'act';
  a.choice = own;
  b.choice = foe;
  a.pending = 1;
  b.pending = 1;
  for (const half of p.sides) {
    const { volatiles } = half;
    volatiles.flinched = 0;
    volatiles.moved = 0;
    volatiles.protected = volatiles.charging > 0 ? volatiles.protected : 0;
    volatiles.roosting = 0;
    volatiles.hurtPhysical = 0;
    volatiles.hurtSpecial = 0;
    volatiles.raised = 0;
    volatiles.lowered = 0;
    volatiles.hurtNow = 0;
    volatiles.failed = volatiles.failed === 1 ? 2 : 0;
  }
  const first = faster(p);
  switchOut(p, first);
  switchOut(p, first.foe);
  useGimmick(p, first);
  useGimmick(p, first.foe);
}

function switchOut(p: Position, half: Half): void {
  if (half.choice < SWITCH || half.choice === NO_CHOICE || half.pending === 0) return;
  half.pending = 0;
  const next = half.fighters[half.choice - SWITCH];
  const { foe } = half;
  if (foe.pending > 0 && foe.choice < SWITCH && chosenMove(foe)?.id === 'pursuit') {
    foe.pending = 0;
    act(p, foe);
    if (half.active.hp <= 0) return;
  }
  if (next && next.hp > 0) switchTo(p, half, next);
}

function useGimmick(p: Position, half: Half): void {
  if (half.choice < GIMMICK || half.choice >= Z_MOVE || half.pending === 0) return;
  half.gimmickSpent = 1;
  const { active } = half;
  switch (p.gimmick) {
    case 'terastallize':
      active.terastallized = true;
      changeForme(p, half);
      break;
    case 'dynamax':
      half.volatiles.dynamax = 3;
      half.volatiles.lockedMove = 0;
      if (active.body.maxHp > 1) {
        active.hp *= 2;
        active.maxHp *= 2;
      }
      break;
    default:
      changeForme(p, half);
  }
}

function changeForme(p: Position, half: Half): void {
  const { active } = half;
  const { body } = active;
  const forme = body.gimmickForme;
  if (forme) {
    // Terapagos has more HP afterwards.
    takeForme(half, forme);
  } else {
    setTeraType(half);
    return;
  }
  if (forme.ability === 'teraformzero') {
    p.weather = '';
    p.terrain = '';
  }
  startAbility(p, half);
}

/** Lets whoever has not acted yet act, until somebody must choose or the turn is over. */
function playOn(p: Position): void {
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
    if (p.gen <= 2 && next.active.hp > 0 && (p.gen === 2 || next.foe.active.hp > 0)) recoverOrSuffer(p, next);
    if (p.stage !== 'act') return;
    afterAction(p, a);
    afterAction(p, b);
  }
  if (p.stage !== 'residual') return;
  if (a.mustSwitch > 0 || b.mustSwitch > 0) return;
  finish(p);
}

/** Until generation 3 a fainted Pokémon is replaced at once, and nobody moves any more in that turn. */
function afterAction(p: Position, half: Half): void {
  if (p.gen > 3 || half.active.hp > 0 || half.mustSwitch > 0) return;
  half.pending = 0;
  half.foe.pending = 0;
  if (hasBench(half)) half.mustSwitch = 1;
}

function finish(p: Position): void {
  const [a, b] = p.sides;
  // A turn ends once, even when replacements come in after that.
  if (p.endedTurn !== p.turn) {
    p.endedTurn = p.turn;
    endTurn(p, faster(p));
    if (isOver(p)) return;
  }
  for (const half of p.sides) {
    if (half.active.hp <= 0 && half.mustSwitch === 0 && hasBench(half)) half.mustSwitch = 1;
  }
  if (a.mustSwitch > 0 || b.mustSwitch > 0) return;
  nextTurn(p);
}

function nextTurn(p: Position): void {
  p.turn++;
  p.stage = 'choose';
  for (const half of p.sides) half.volatiles.turnsActive++;
}

function replace(p: Position, half: Half, choice: number): void {
  const how = half.mustSwitch;
  half.mustSwitch = 0;
  const next = half.fighters[choice - SWITCH];
  if (!next || next.hp <= 0) return;
  if (how !== 3) {
    if (how === 2) leave(p, half);
    else half.clearVolatiles();
    enter(p, half, next);
    return;
  }
  passOn(p, half, next);
}

/** Two newcomers see each other before anything happens to either. */
function replaceBoth(p: Position, own: number, foe: number): void {
  const [a, b] = p.sides;
  stepIn(a, own);
  stepIn(b, foe);
  const first = faster(p);
  arrive(p, first);
  if (!isOver(p)) arrive(p, first.foe);
}

function stepIn(half: Half, choice: number): void {
  half.mustSwitch = 0;
  const next = half.fighters[choice - SWITCH];
  if (!next || next.hp <= 0) return;
  half.clearVolatiles();
  stand(half, next);
}

const passed = new Volatiles();

/** Baton Pass and Shed Tail: stages and substitute go to the newcomer. */
function passOn(p: Position, half: Half, next: (typeof half.fighters)[number]): void {
  passed.copyFrom(half.volatiles);
  const shed = chosenMove(half)?.id === 'shedtail';
  leave(p, half);
  const { volatiles } = half;
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
  enter(p, half, next);
}

function chosenMove(half: Half): ModelMove | undefined {
  return half.choice < SWITCH ? half.body.moves[half.choice & 3] : undefined;
}

/** Who acts next: by priority, then Speed; undefined when nobody is left. */
function nextToAct(p: Position): Half | undefined {
  const [a, b] = p.sides;
  const aActs = a.pending > 0 && a.active.hp > 0;
  const bActs = b.pending > 0 && b.active.hp > 0;
  if (!aActs) return bActs ? b : undefined;
  if (!bActs) return a;
  const difference = bracket(p, a) - bracket(p, b);
  if (difference !== 0) return difference > 0 ? a : b;
  return faster(p);
}

/** Who goes first by Speed and Trick Room; of equals one by chance. */
function faster(p: Position): Half {
  const [a, b] = p.sides;
  const lead = speedOf(p, a) - speedOf(p, b);
  if (lead === 0) return p.random() < 0.5 ? a : b;
  return lead > 0 !== p.trickRoom > 0 ? a : b;
}

/** Priority with what goes first or last within it. */
function bracket(p: Position, half: Half): number {
  const move = chosenMove(half);
  let value = move ? 10 * priorityOf(p, half, asUsed(p, half, move)) : 0;
  const item = itemNow(half);
  if (item === 'laggingtail' || item === 'fullincense') value -= 1;
  else if (item === 'quickclaw' && p.random() < 0.2) value += 1;
  const ability = abilityNow(half);
  if (ability === 'stall' || (ability === 'myceliummight' && move?.category === 'Status')) value -= 1;
  else if (ability === 'quickdraw' && move?.category !== 'Status' && p.random() < 0.3) value += 1;
  return value;
}

/** The move as Dynamax or a Z-crystal makes it. */
function asUsed(p: Position, half: Half, move: ModelMove): ModelMove {
  if (half.volatiles.dynamax > 0) return maxMove(move, typeOf(p, half, move));
  return half.choice < Z_MOVE ? move : zMove(move);
}

function act(p: Position, half: Half): void {
  if (half.choice === NO_CHOICE) {
    const struggle = modelMove(p.gen, 'struggle');
    if (half.volatiles.recharging > 0) half.volatiles.recharging = 0;
    else useMove(p, half, struggle, -1);
    return;
  }
  const move = chosenMove(half);
  if (!move) return;
  const { encore, encoreMove, dynamax } = half.volatiles;
  const repeated =
    encore > 0 && dynamax === 0 && half.choice < Z_MOVE ? half.body.moves[encoreMove - 1] : undefined;
  if (repeated) {
    // Encore changes what was chosen before it.
    useMove(p, half, repeated, encoreMove - 1);
    return;
  }
  const used = asUsed(p, half, move);
  if (half.choice >= Z_MOVE) half.zMoveSpent = 1;
  useMove(p, half, used, half.choice & 3);
}

const isOver = (p: Position): boolean => p.stage === 'over';
