import type { BattleState, SideState } from '../../battle/state.ts';

/** Extra worth of a side's last Pokémon: losing it loses the battle. */
export interface Stakes {
  readonly own: number;
  readonly foe: number;
}

export const NO_STAKES: Stakes = { own: 0, foe: 0 };

const LAST_STAKE = 1.5;

/** The stakes of a position. */
export function stakesOf({ own, foe }: BattleState): Stakes {
  return { own: alive(own) === 1 ? LAST_STAKE : 0, foe: alive(foe) === 1 ? LAST_STAKE : 0 };
}

/** Pokémon of a side that have not fainted, seen or not. */
export function alive(side: SideState): number {
  return side.teamSize - side.fainted;
}

/** Price of the foe choosing who comes in after its Pokémon fainted. */
export const FREE_ENTRY = 0.1;

/** A living Pokémon is worth this much at no HP at all, and 1 at full HP. */
const ALIVE = 0.4;

/** What a Pokémon with this HP fraction is worth, in healthy Pokémon. */
export function worth(hp: number, stake = 0): number {
  return hp <= 0 ? 0 : ALIVE + (1 - ALIVE) * Math.min(1, hp) + stake;
}
