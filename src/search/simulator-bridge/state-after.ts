import type { Battle, Side as SimSide } from '@pkmn/sim';
import type { BattleState } from '../../battle/state.ts';
import { isSameForme } from '../../mechanics/forme.ts';
import { searchStateOf } from '../../mechanics/from-battle-state.ts';
import { modelMove } from '../../mechanics/model-move.ts';
import { type SearchState, TIE } from '../../mechanics/search-state.ts';
import { FAINTED, PASS, PIVOT, type Side } from '../../mechanics/side.ts';
import { pokemonOf, type Roster, worldAfter } from './world-after.ts';

/** A world and its state, from which a search begins. */
export interface WorldRoot {
  readonly world: BattleState;
  readonly searchState: SearchState;
}

/**
 * The mechanics' state for a battle in the simulator, wherever in a turn it waits.
 *
 * @param root what the battle was made from: a Pokémon that has not changed since has the same forme object
 * @param choices of our side and the opponent in this turn, as numbers: whoever has not acted yet still will
 */
export function searchStateAfter(
  battle: Battle,
  { world, searchState: root }: WorldRoot,
  roster: Roster,
  choices: readonly [own: number, foe: number],
): SearchState {
  const now = worldAfter(battle, world, roster);
  const p = searchStateOf(now, [], 'move', root.random);
  for (const [index, { id }] of [world.own, world.foe].entries()) {
    const side = p.sides[index] as Side;
    const simSide = battle.getSide(id);
    setWhatIsHidden(side, simSide);
    setPast(side, simSide, index === 0 ? now.own : now.foe, roster);
    keepFormes(side, root.sides[index] as Side);
    setDelayed(side, simSide, index === 0 ? now.foe : now.own, roster);
    side.choice = choices[index] ?? 0;
  }
  if (battle.ended) {
    p.stage = 'over';
    p.winner = battle.winner === '' ? TIE : battle.winner === world.side ? 0 : 1;
  } else if (battle.requestState === 'switch') {
    interrupt(p, battle, world);
  }
  return p;
}

/** Sets what no player sees, but the simulator knows. */
function setWhatIsHidden({ volatiles: v, active }: Side, simSide: SimSide): void {
  const standing = simSide.active[0];
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
  v.loafing = truant || (simSide.battle.gen === 3 && standing.truantTurn) ? 1 : 0;
  // From generation 2 on a Pokémon moves in the turn in which it wakes.
  if (standing.status === 'slp')
    active.counter = standing.statusState.time - (simSide.battle.gen > 1 ? 1 : 0);
}

/** Sets what belongs to the past of a team. */
function setPast(side: Side, simSide: SimSide, { pokemon }: BattleState['own'], roster: Roster): void {
  side.everFainted = simSide.totalFainted;
  side.faintedIn = simSide.faintedLastTurn ? simSide.battle.turn - 1 : -1;
  for (const member of side.pokemon) {
    const one = pokemonOf(simSide, roster, pokemon[member.index]?.id ?? '');
    member.timesHit = one?.timesAttacked ?? 0;
    member.ateBerry = one?.ateBerry ?? false;
  }
}

/** Equal formes become one object, so that results cached for one are found for the other. */
function keepFormes(side: Side, before: Side): void {
  for (const member of side.pokemon) {
    const known = before.pokemon[member.index]?.forme;
    const forms = [known, known?.gimmickForme, known?.otherForme];
    const same = forms.find((forme) => forme && isSameForme(forme, member.forme));
    if (!same) continue;
    if (side.forme === member.forme) side.forme = same;
    member.forme = same;
  }
}

function setDelayed(side: Side, simSide: SimSide, { pokemon }: BattleState['foe'], roster: Roster): void {
  const { wish, futuremove } = simSide.slotConditions[0] ?? {};
  if (wish) {
    side.wishTurns = 1;
    side.wishHp = wish.hp;
  }
  if (!futuremove) return;
  side.futureTurns = Math.max(1, futuremove.endingTurn - (simSide.battle.turn - 2));
  side.futureUser = pokemon.findIndex(({ id }) => roster.get(id) === futuremove.source?.set);
  side.futureMove = modelMove(simSide.battle.gen, futuremove.move);
}

/** A Pokémon has to come in. */
function interrupt(p: SearchState, battle: Battle, world: BattleState): void {
  for (const [index, { id }] of [world.own, world.foe].entries()) {
    const side = p.sides[index] as Side;
    const standing = battle.getSide(id).active[0];
    if (!standing) continue;
    const { switchFlag } = standing;
    if (switchFlag) {
      const passes = typeof switchFlag === 'string' && modelMove(battle.gen, switchFlag).passesVolatiles;
      side.mustSwitch = standing.fainted ? FAINTED : passes ? PASS : PIVOT;
    }
    side.pending = battle.queue.willMove(standing) ? 1 : 0;
  }
  if (battle.queue.list.some(({ choice }) => choice === 'residual')) {
    p.stage = 'act';
  } else {
    p.stage = 'residual';
    p.endedTurn = p.turn;
  }
}
