import type { Battle, Side } from '@pkmn/sim';
import type { BattleState } from '../../battle/state.ts';
import { isSameBody } from '../../mechanics/forme.ts';
import { positionOf } from '../../mechanics/from-battle-state.ts';
import { modelMove } from '../../mechanics/move.ts';
import type { Half, Position } from '../../mechanics/search-state.ts';
import { pokemonOf, type Roster, worldAfter } from './world-after.ts';

/**
 * The turn model's position for a battle in the simulator, wherever in a turn it asks.
 *
 * @param world what the battle was made from
 * @param choices of the own side and the foe in this turn, as numbers: whoever has not acted yet still will
 * @param root the world's own position: who is what it was there has the same body
 */
export function positionAfter(
  battle: Battle,
  world: BattleState,
  roster: Roster,
  choices: readonly [own: number, foe: number],
  root: Position,
): Position {
  const now = worldAfter(battle, world, roster);
  const p = positionOf(now, [], 'move', root.random);
  for (const [index, { id }] of [world.own, world.foe].entries()) {
    const half = p.sides[index] as Half;
    const side = battle.getSide(id);
    setWhatIsHidden(half, side);
    setPast(half, side, index === 0 ? now.own : now.foe, roster);
    keepBodies(half, root.sides[index] as Half);
    setDelayed(half, side, index === 0 ? now.foe : now.own, roster);
    half.choice = choices[index] ?? 0;
  }
  if (battle.ended) {
    p.stage = 'over';
    p.winner = battle.winner === '' ? 2 : battle.winner === world.side ? 0 : 1;
  } else if (battle.requestState === 'switch') {
    interrupt(p, battle, world);
  }
  return p;
}

/** What no player sees, and the simulator knows. */
function setWhatIsHidden({ volatiles: v, active }: Half, side: Side): void {
  const standing = side.active[0];
  if (!standing || standing.fainted) return;
  const { substitute, confusion, taunt, encore, disable, truant, lockedmove } = standing.volatiles;
  if (lockedmove)
    v.rampage = Math.max(1, lockedmove.trueDuration ?? lockedmove.time ?? lockedmove.duration ?? 1);
  if (substitute) v.substitute = substitute.hp;
  if (confusion) v.confusion = confusion.time;
  if (taunt) v.taunt = taunt.duration ?? 1;
  if (encore) v.encore = encore.duration ?? 1;
  if (disable) {
    v.disable = disable.duration ?? 1;
    v.disabledMove = standing.moveSlots.findIndex(({ id }) => id === disable.move) + 1;
  }
  v.loafing = truant || (side.battle.gen === 3 && standing.truantTurn) ? 1 : 0;
  // From generation 2 on the turn in which it wakes is one in which it moves.
  if (standing.status === 'slp') active.counter = standing.statusState.time - (side.battle.gen > 1 ? 1 : 0);
}

/** What belongs to the past of a team. */
function setPast(half: Half, side: Side, { pokemon }: BattleState['own'], roster: Roster): void {
  half.everFainted = side.totalFainted;
  half.faintedIn = side.faintedLastTurn ? side.battle.turn - 1 : -1;
  for (const fighter of half.fighters) {
    const one = pokemonOf(side, roster, pokemon[fighter.index]?.id ?? '');
    fighter.timesHit = one?.timesAttacked ?? 0;
    fighter.ateBerry = one?.ateBerry ?? false;
  }
}

/** Bodies that are alike become one object, so that what is known of one is known of the other. */
function keepBodies(half: Half, before: Half): void {
  for (const fighter of half.fighters) {
    const known = before.fighters[fighter.index]?.body;
    const forms = [known, known?.gimmickForme, known?.otherForme];
    const same = forms.find((body) => body && isSameBody(body, fighter.body));
    if (!same) continue;
    if (half.body === fighter.body) half.body = same;
    fighter.body = same;
  }
}

function setDelayed(half: Half, side: Side, { pokemon }: BattleState['foe'], roster: Roster): void {
  const { wish, futuremove } = side.slotConditions[0] ?? {};
  if (wish) {
    half.wishTurns = 1;
    half.wishHp = wish.hp;
  }
  if (!futuremove) return;
  half.futureTurns = Math.max(1, futuremove.endingTurn - (side.battle.turn - 2));
  half.futureFighter = pokemon.findIndex(({ id }) => roster.get(id) === futuremove.source?.set);
  half.futureMove = modelMove(side.battle.gen, futuremove.move);
}

/** Somebody has to come in. */
function interrupt(p: Position, battle: Battle, world: BattleState): void {
  for (const [index, { id }] of [world.own, world.foe].entries()) {
    const half = p.sides[index] as Half;
    const standing = battle.getSide(id).active[0];
    if (!standing) continue;
    const { switchFlag } = standing;
    if (switchFlag) {
      const passes = typeof switchFlag === 'string' && modelMove(battle.gen, switchFlag).passesVolatiles;
      half.mustSwitch = standing.fainted ? 1 : passes ? 3 : 2;
    }
    half.pending = battle.queue.willMove(standing) ? 1 : 0;
  }
  if (battle.queue.list.some(({ choice }) => choice === 'residual')) {
    p.stage = 'act';
  } else {
    p.stage = 'residual';
    p.endedTurn = p.turn;
  }
}
