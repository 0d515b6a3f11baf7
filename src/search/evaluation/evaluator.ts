import type { Half, Position } from '../../mechanics/search-state.ts';
import { Matchups } from './matchups.ts';
import { Policy } from './policy-network/policy-network.ts';
import { winChance } from './value-network/value-network.ts';

/** What a search believes before it has looked: the one place where another source of judgement can be put. */
export interface Judgement {
  /** The chance, 0–1, that `sides[0]` wins from a position. */
  leaf(p: Position): number;
  /**
   * Writes how likely a side is to choose each of the first `count` choices of a list, summing to 1. A tree asks once
   * for each of its nodes.
   *
   * @param half the side that chooses
   * @param list choice numbers; see choices.ts
   */
  priors(p: Position, half: Half, list: Int8Array, count: number, out: Float64Array): void;
}

/** Makes the judgement for one world, from the position where its search begins. */
export type Judge = (root: Position) => Judgement;

/** Judges by two networks that are shown how every Pokémon fares against every other, worked out once a world. */
export const damageJudge: Judge = (root) => {
  const matchups = new Matchups(root);
  const policy = new Policy(root, matchups);
  return {
    leaf: winChance(root, matchups),
    priors: (p, half, list, count, out) => policy.write(p, half, list, count, out),
  };
};
