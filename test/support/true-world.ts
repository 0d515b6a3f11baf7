import type { BattleState, SideId, SideState } from '../../src/battle/state.ts';
import { completedOwn } from '../../src/search/determinization/complete-pokemon.ts';
import { withTeam } from '../../src/search/determinization/with-team.ts';
import type { SimulatedBattle } from './simulated-battle.ts';

/** What both sides together know, as the world of one of them. */
export function trueWorld({ trackers }: SimulatedBattle, side: SideId): BattleState {
  return withBothTeams(trackers[side].state, trackers[side === 'p1' ? 'p2' : 'p1'].state.own);
}

/** A side's state, with both teams as their owners know them. */
export function withBothTeams(state: BattleState, other: SideState): BattleState {
  const known = { ...state, foe: other };
  const whole = (side: SideState): SideState =>
    withTeam(
      side,
      side.pokemon.map((one) => completedOwn(known, one)),
    );
  return { ...known, own: whole(state.own), foe: whole(other) };
}
