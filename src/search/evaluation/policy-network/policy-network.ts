import type { SearchState } from '../../../mechanics/search-state.ts';
import type { Side } from '../../../mechanics/side.ts';
import { add, output } from '../dense-layer.ts';
import type { Matchups } from '../matchups.ts';
import { CHOICE_INPUTS } from './choice-features.ts';
import { CONTEXT_INPUTS } from './context-features.ts';
import { ChoiceInputs } from './features.ts';
import { weights } from './weights.ts';

/**
 * Temperature of the softmax: the network has learned to name what a search chose, but an overconfident prior keeps a
 * search from discovering its errors.
 */
const TEMPERATURE = 1.4;

/**
 * How likely a side is to choose what, before its consequences are searched: a small network trained on the choices of
 * searches (see training/policy-network). It scores each choice together with the state, and the softmax of the scores
 * gives the likelihoods.
 *
 * One policy belongs to one world.
 */
export class Policy {
  private readonly inputs: ChoiceInputs;
  private readonly weights = weights();
  private readonly units: Float64Array;
  /** The state's contribution to the units' sums. */
  private readonly shared: Float64Array;

  /** @param root where the search begins; not changed */
  constructor(root: SearchState, matchups: Matchups) {
    const { outputs } = this.weights.units;
    this.inputs = new ChoiceInputs(root, matchups);
    this.units = new Float64Array(outputs);
    this.shared = new Float64Array(outputs);
  }

  /** Writes how likely each of the first `count` choices of a list is, summing to 1. */
  // biome-ignore lint/complexity/useMaxParams: hot path, called for each new node
  write(p: SearchState, side: Side, list: Int8Array, count: number, out: Float64Array): void {
    const { inputs, shared, weights: layers } = this;
    inputs.read(p, side, list, count);
    shared.set(layers.units.bias);
    add(shared, layers.units, 0, inputs.context, 0, CONTEXT_INPUTS);
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const logit = this.logit(i);
      out[i] = logit;
      most = Math.max(most, logit);
    }
    let total = 0;
    for (let i = 0; i < count; i++) {
      const weight = Math.exp((out[i] ?? 0) - most);
      out[i] = weight;
      total += weight;
    }
    for (let i = 0; i < count; i++) out[i] = (out[i] ?? 0) / total;
  }

  /** @param i index of the choice in the list */
  private logit(i: number): number {
    const { units, shared, weights: layers } = this;
    const { choices } = this.inputs;
    const from = i * CHOICE_INPUTS;
    units.set(shared);
    add(units, layers.units, CONTEXT_INPUTS, choices, from, CHOICE_INPUTS);
    let sum = output(units, layers.output);
    for (let k = 0; k < CHOICE_INPUTS; k++) sum += (choices[from + k] ?? 0) * (layers.direct[k] ?? 0);
    return sum / TEMPERATURE;
  }
}
