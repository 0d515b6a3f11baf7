import type { SearchState } from '../../../mechanics/search-state.ts';
import type { Matchups } from '../matchups.ts';
import { Inputs } from './features.ts';
import { Network } from './forward-pass.ts';
import { weights } from './weights.ts';

/**
 * Makes the function that estimates the chance, 0–1, that `sides[0]` wins from a state of a world: a network trained on
 * battles that the search has played against itself within the mechanics (see training/value-network).
 *
 * @param root the world where the search begins
 */
export function valueNetwork(root: SearchState, matchups: Matchups): (p: SearchState) => number {
  const inputs = new Inputs(root, matchups);
  const network = new Network(inputs, weights());
  return (p) => {
    if (p.winner >= 0) return p.winner === 0 ? 1 : p.winner === 1 ? 0 : 0.5;
    inputs.read(p);
    return 1 / (1 + Math.exp(-network.logOdds()));
  };
}
