import type { SearchState } from '../../mechanics/search-state.ts';
import type { Side } from '../../mechanics/side.ts';
import { Matchups } from './matchups.ts';
import { Policy } from './policy-network/policy-network.ts';
import { valueNetwork } from './value-network/value-network.ts';

/** What a search believes before it has searched: the one place to plug in another opinion. */
export interface Evaluator {
  /** The chance, 0–1, that `sides[0]` wins from a state. */
  evaluate(p: SearchState): number;
  /**
   * Writes how likely a side is to choose each of the first `count` choices of a list, summing to 1. A tree calls it
   * once for each of its nodes.
   *
   * @param side the side that chooses
   * @param list choice numbers; see choices.ts
   */
  prior(p: SearchState, side: Side, list: Int8Array, count: number, out: Float64Array): void;
}

/** Makes the evaluator for one world, from the state where its search begins. */
export type EvaluatorFactory = (root: SearchState) => Evaluator;

/**
 * Evaluates with two networks, whose inputs include how every Pokémon fares against every other, computed once per
 * world.
 */
export const neuralEvaluator: EvaluatorFactory = (root) => {
  const matchups = new Matchups(root);
  const policy = new Policy(root, matchups);
  return {
    evaluate: valueNetwork(root, matchups),
    // biome-ignore lint/complexity/useMaxParams: hot path, called for each new node
    prior: (p, side, list, count, out) => policy.write(p, side, list, count, out),
  };
};
