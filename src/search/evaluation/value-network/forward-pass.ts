import { add, output } from '../dense-layer.ts';
import { TEAM } from '../matchups.ts';
import type { Inputs } from './features.ts';
import { FIELD_INPUTS, LASTING, MEMBER_INPUTS, PAIR_INPUTS, SIDE_INPUTS } from './value-layout.ts';
import type { Weights } from './weights.ts';

/**
 * A small network that estimates how likely a side is to win. A first layer looks at each of our Pokémon against each
 * of the opponent's. Its outputs are pooled (mean and maximum over the opponent's) and, with the inputs of the Pokémon
 * itself, give that Pokémon's worth. The sums of both teams' worths, with the conditions of the sides, give the answer.
 * The same layers look from the opponent's side, and the answer is the difference, so that both sides' chances sum to
 * 1.
 *
 * One network belongs to one world's inputs: it keeps the first layer's outputs for pairs that have not changed.
 */
export class Network {
  private readonly inputs: Inputs;
  private readonly weights: Weights;
  /** By pair: the first layer's output from our point of view, then from the opponent's. */
  private readonly pairs: Float64Array;
  /** By Pokémon: the contribution of unchanging inputs to the second layer's sums. */
  private readonly lasting: Float64Array;
  private readonly pooled: Float64Array;
  private readonly member: Float64Array;
  private readonly teams: Float64Array;
  private readonly hidden: Float64Array;

  constructor(inputs: Inputs, weights: Weights) {
    const { pair, member, side } = weights;
    this.inputs = inputs;
    this.weights = weights;
    this.pairs = new Float64Array(TEAM * TEAM * 2 * pair.outputs);
    this.pooled = new Float64Array(2 * pair.outputs);
    this.member = new Float64Array(member.outputs);
    this.teams = new Float64Array(2 * member.outputs);
    this.hidden = new Float64Array(side.outputs);
    this.lasting = new Float64Array(2 * TEAM * member.outputs);
    for (let one = 0; one < 2 * TEAM; one++) {
      const sums = this.lasting.subarray(one * member.outputs, (one + 1) * member.outputs);
      sums.set(member.bias);
      const from = one * MEMBER_INPUTS + LASTING;
      add(sums, member, 2 * pair.outputs + LASTING, inputs.members, from, MEMBER_INPUTS - LASTING);
    }
  }

  /** Log-odds of our side for the inputs. */
  logOdds(): number {
    this.lookAtPairs();
    this.sumTeam(0);
    this.sumTeam(1);
    return this.lookFrom(0) - this.lookFrom(1);
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path, unrolled: each default of an array counts
  private lookAtPairs(): void {
    const { pairs } = this;
    const { pairs: x, changed } = this.inputs;
    const { weights, bias, outputs } = this.weights.pair;
    for (let pair = 0; pair < changed.length; pair++) {
      if (!changed[pair]) continue;
      changed[pair] = 0;
      const at = pair * PAIR_INPUTS;
      const ownHp = x[at] ?? 0;
      const foeHp = x[at + 1] ?? 0;
      const dealt = x[at + 2] ?? 0;
      const taken = x[at + 3] ?? 0;
      const first = x[at + 4] ?? 0;
      const race = x[at + 5] ?? 0;
      const ownShare = x[at + 6] ?? 0;
      const foeShare = x[at + 7] ?? 0;
      const ownActive = x[at + 8] ?? 0;
      const foeActive = x[at + 9] ?? 0;
      const both = x[at + 10] ?? 0;
      const to = pair * 2 * outputs;
      for (let unit = 0; unit < outputs; unit++) {
        const hp = weights[unit] ?? 0;
        const otherHp = weights[outputs + unit] ?? 0;
        const deals = weights[2 * outputs + unit] ?? 0;
        const takes = weights[3 * outputs + unit] ?? 0;
        const goesFirst = weights[4 * outputs + unit] ?? 0;
        const wins = weights[5 * outputs + unit] ?? 0;
        const dealsShare = weights[6 * outputs + unit] ?? 0;
        const takesShare = weights[7 * outputs + unit] ?? 0;
        const active = weights[8 * outputs + unit] ?? 0;
        const otherActive = weights[9 * outputs + unit] ?? 0;
        const base = (bias[unit] ?? 0) + (weights[10 * outputs + unit] ?? 0) * both;
        const own =
          base +
          hp * ownHp +
          otherHp * foeHp +
          deals * dealt +
          takes * taken +
          goesFirst * first +
          wins * race +
          dealsShare * ownShare +
          takesShare * foeShare +
          active * ownActive +
          otherActive * foeActive;
        const foe =
          base +
          hp * foeHp +
          otherHp * ownHp +
          deals * taken +
          takes * dealt +
          goesFirst * (1 - first) -
          wins * race +
          dealsShare * foeShare +
          takesShare * ownShare +
          active * foeActive +
          otherActive * ownActive;
        pairs[to + unit] = own > 0 ? own : 0;
        pairs[to + outputs + unit] = foe > 0 ? foe : 0;
      }
    }
  }

  /** @param side 0 for our team */
  private sumTeam(side: number): void {
    const { teams, member, pooled, lasting } = this;
    const layer = this.weights.member;
    const { outputs } = layer;
    const { members } = this.inputs;
    const sum = side * outputs;
    teams.fill(0, sum, sum + outputs);
    for (let index = 0; index < TEAM; index++) {
      const one = side * TEAM + index;
      const at = one * MEMBER_INPUTS;
      if (!members[at]) continue;
      this.pool(side, index);
      for (let unit = 0; unit < outputs; unit++) member[unit] = lasting[one * outputs + unit] ?? 0;
      add(member, layer, 0, pooled, 0, pooled.length);
      add(member, layer, pooled.length, members, at, LASTING);
      for (let unit = 0; unit < outputs; unit++) {
        const value = member[unit] ?? 0;
        if (value > 0) teams[sum + unit] = (teams[sum + unit] ?? 0) + value;
      }
    }
  }

  /** Mean and maximum of the first layer's outputs for one Pokémon against the living ones of the other side. */
  private pool(side: number, index: number): void {
    const { pooled, pairs } = this;
    const { outputs } = this.weights.pair;
    const { members } = this.inputs;
    pooled.fill(0);
    let count = 0;
    for (let other = 0; other < TEAM; other++) {
      if (!members[((1 - side) * TEAM + other) * MEMBER_INPUTS]) continue;
      count++;
      const pair = side === 0 ? index * TEAM + other : other * TEAM + index;
      const at = (2 * pair + side) * outputs;
      for (let unit = 0; unit < outputs; unit++) {
        const value = pairs[at + unit] ?? 0;
        pooled[unit] = (pooled[unit] ?? 0) + value;
        if (value > (pooled[outputs + unit] ?? 0)) pooled[outputs + unit] = value;
      }
    }
    if (count > 1) for (let unit = 0; unit < outputs; unit++) pooled[unit] = (pooled[unit] ?? 0) / count;
  }

  /** @param side 0 for our point of view */
  private lookFrom(side: number): number {
    const { hidden, teams } = this;
    const { side: layer } = this.weights;
    const { sides, field } = this.inputs;
    const team = teams.length / 2;
    hidden.set(layer.bias);
    add(hidden, layer, 0, teams, side * team, team);
    add(hidden, layer, team, teams, (1 - side) * team, team);
    const after = 2 * team;
    add(hidden, layer, after, sides, side * SIDE_INPUTS, SIDE_INPUTS);
    add(hidden, layer, after + SIDE_INPUTS, sides, (1 - side) * SIDE_INPUTS, SIDE_INPUTS);
    add(hidden, layer, after + 2 * SIDE_INPUTS, field, 0, FIELD_INPUTS);
    return output(hidden, this.weights.output);
  }
}
