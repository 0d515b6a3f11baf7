import { completedOwn } from '../../src/agent/search/worlds/complete.ts';
import type { BattleState, SideId, SideState } from '../../src/battle/state.ts';
import type { SimulatedBattle } from './simulated-battle.ts';

/** What both sides together know, as the world of one of them. */
export function trueWorld({ trackers }: SimulatedBattle, side: SideId): BattleState {
  const { state } = trackers[side];
  const other = trackers[side === 'p1' ? 'p2' : 'p1'].state.own;
  const known = { ...state, foe: other };
  const whole = (half: SideState): SideState => {
    const pokemon = half.pokemon.map((one) => completedOwn(known, one));
    const active = half.active.map((one) => one && (pokemon.find(({ id }) => id === one.id) ?? null));
    return { ...half, pokemon, active };
  };
  return { ...known, own: whole(state.own), foe: whole(other) };
}
