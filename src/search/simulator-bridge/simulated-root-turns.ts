import { GIMMICK, NO_CHOICE, SWITCH, Z_MOVE } from '../../mechanics/choices.ts';
import type { Half, Position } from '../../mechanics/search-state.ts';
import { isModelled } from '../../mechanics/unmodelled-moves.ts';
import type { Rehearsal } from './simulated-turn.ts';

/** Walks for each turn in the simulator: one takes about as long as so many of them. */
const WALKS_EACH = 128;
/** How many more visits each further playing of the same turn takes. */
const GROWTH = 4;

interface Played {
  visits: number;
  readonly outcomes: Position[];
}

/**
 * The first turns of a tree that the turn model does not know: the simulator plays them. It is much slower than a
 * walk, so each turn is played a few times, the more often walks meet it, and its outcomes are met again.
 */
export class FirstTurns {
  private readonly rehearse: Rehearsal;
  private readonly played = new Map<number, Played>();
  private walks = 0;
  private plays = 0;

  constructor(rehearse: Rehearsal) {
    this.rehearse = rehearse;
  }

  /**
   * Where a walk's first turn leads.
   *
   * @param p where it begins
   * @returns undefined where the turn model knows the turn, or it has not been played yet
   */
  outcome(p: Position, own: number, foe: number): Position | undefined {
    this.walks++;
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
    if (turn.visits >= GROWTH ** outcomes.length - 1 && this.plays * WALKS_EACH <= this.walks) {
      this.plays++;
      const next = this.rehearse(own, foe);
      if (next) outcomes.push(next);
    }
    return outcomes[turn.visits % outcomes.length];
  }
}

/** Whether the turn model plays a choice as the game does. */
export function playsAsTheGame(p: Position, half: Half, choice: number): boolean {
  if (choice === NO_CHOICE || choice >= SWITCH) return true;
  const move = half.body.moves[choice & 3];
  if (!move) return true;
  // Max Moves take the place of what is chosen; those of Gigantamax do more than the model knows.
  if (half.volatiles.dynamax > 0 || (p.gimmick === 'dynamax' && choice >= GIMMICK))
    return !half.body.species.endsWith('gmax');
  if (choice >= Z_MOVE && move.category === 'Status') return false;
  return isModelled(move.id);
}
