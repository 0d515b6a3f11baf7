import { logisticLeaf } from './leaf-value.ts';
import { matchupsOf } from './matchups.ts';
import { writePriors } from './prior.ts';
import type { Half, Position } from './turn-model/position.ts';

/** What a search believes before it has looked: the one place where another source of judgement can be put. */
export interface Judgement {
  /** The chance, 0–1, that `sides[0]` wins from a position. */
  leaf(p: Position): number;
  /**
   * Writes how likely a side is to choose each of the first `count` choices of a list, summing to 1.
   *
   * @param half the side that chooses
   * @param list choice numbers; see choices.ts
   */
  priors(p: Position, half: Half, list: Int8Array, count: number, out: Float64Array): void;
}

/** Makes the judgement for one world, from the position where its search begins. */
export type Judge = (root: Position) => Judgement;

/** Judges by damage: how every Pokémon fares against every other, worked out once a world. */
export const damageJudge: Judge = (root) => {
  const matchups = matchupsOf(root);
  return {
    leaf: logisticLeaf(matchups),
    priors: (p, half, list, count, out) => writePriors(p, half, matchups, list, count, out),
  };
};
