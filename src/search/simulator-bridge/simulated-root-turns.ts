import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../../mechanics/choices.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import type { Side } from '../../mechanics/side.ts';
import { isModelled } from '../../mechanics/unmodelled-moves.ts';
import type { SimulatedTurn } from './simulated-turn.ts';

/** Playouts per turn in the simulator: one such turn takes about as long as this many. */
const PLAYOUTS_EACH = 128;
/** Each further playing of the same turn takes this many times as many visits. */
const GROWTH = 4;

interface Played {
  visits: number;
  readonly outcomes: SearchState[];
}

/**
 * The first turns of a tree that the mechanics do not model: the simulator plays them. It is much slower than a
 * playout, so each turn is played a few times, more often the more playouts reach it, and its outcomes are reused.
 */
export class SimulatedRootTurns {
  private readonly rehearse: SimulatedTurn;
  private readonly played = new Map<number, Played>();
  private playouts = 0;
  private plays = 0;

  constructor(rehearse: SimulatedTurn) {
    this.rehearse = rehearse;
  }

  /**
   * Where a playout's first turn leads.
   *
   * @param p where it begins
   * @returns undefined when the mechanics model the turn, or it has not been played yet
   */
  outcome(p: SearchState, own: number, foe: number): SearchState | undefined {
    this.playouts++;
    const [a, b] = p.sides;
    if (playsAsTheGame(p, a, own) && playsAsTheGame(p, b, foe)) return undefined;
    const key = own * 32 + foe;
    let turn = this.played.get(key);
    if (!turn) {
      turn = { visits: 0, outcomes: [] };
      this.played.set(key, turn);
    }
    const { outcomes } = turn;
    turn.visits++;
    if (turn.visits >= GROWTH ** outcomes.length - 1 && this.plays * PLAYOUTS_EACH <= this.playouts) {
      this.plays++;
      const next = this.rehearse(own, foe);
      if (next) outcomes.push(next);
    }
    return outcomes[turn.visits % outcomes.length];
  }
}

/** Whether the mechanics play a choice as the game does. */
export function playsAsTheGame(p: SearchState, side: Side, choice: number): boolean {
  if (choice === NO_CHOICE || choice >= SWITCH) return true;
  const move = side.forme.moves[choice & 3];
  if (!move) return true;
  // Max Moves replace the chosen move; those of Gigantamax do more than is modelled.
  if (side.volatiles.dynamax > 0 || (p.gimmick === 'dynamax' && choice >= GIMMICK))
    return !side.forme.species.endsWith('gmax');
  if (choice >= Z_MOVE && move.category === 'Status') return false;
  return isModelled(move.id);
}
