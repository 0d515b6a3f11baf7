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

/** Cost of letting the opponent choose its next Pokémon after one fainted. */
export const FREE_ENTRY = 0.1;

/** Worth of a living Pokémon with almost no HP; at full HP it is 1. */
const ALIVE = 0.4;

/** Worth of a Pokémon with this HP fraction, in healthy Pokémon. */
export function worth(hp: number, stake = 0): number {
  return hp <= 0 ? 0 : ALIVE + (1 - ALIVE) * Math.min(1, hp) + stake;
}
