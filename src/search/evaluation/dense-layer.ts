import { z } from 'zod';

/** A layer as its file has it. */
export const layerSchema = z.object({
  /** By input, then by output. */
  weights: z.array(z.array(z.number())).min(1),
  bias: z.array(z.number()).min(1),
});

/** A layer of a network: each output is its bias and the sum of all inputs by their weights. Outputs come in fours. */
export interface Layer {
  readonly outputs: number;
  /** `input * outputs + output`. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/**
 * A layer from its file.
 *
 * @param file name in messages
 * @throws {RangeError} when its size is not what this version works with
 */
export function layerOf({ weights, bias }: z.infer<typeof layerSchema>, inputs: number, file: string): Layer {
  const outputs = bias.length;
  if (outputs % 4 !== 0) throw new RangeError(`Expected units in fours in ${file}, got ${outputs}`);
  if (weights.length !== inputs || weights.some((row) => row.length !== outputs))
    throw new RangeError(`Expected weights of ${inputs} inputs to ${outputs} outputs in ${file}`);
  return { outputs, weights: Float64Array.from(weights.flat()), bias: Float64Array.from(bias) };
}

/**
 * Adds to a layer's sums what some of its inputs bring; most are 0.
 *
 * @param first the layer's input that the first number is
 * @param from where in `values` the numbers begin
 */
// biome-ignore lint/complexity/useMaxParams: hot path, called dozens of times an evaluation
export function add(
  sums: Float64Array,
  { weights, outputs }: Layer,
  first: number,
  values: Float64Array,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = values[from + i] ?? 0;
    if (value === 0) continue;
    const at = (first + i) * outputs;
    // Four at a time: a tenth off the whole search.
    for (let unit = 0; unit < outputs; unit += 4) {
      sums[unit] = (sums[unit] ?? 0) + value * (weights[at + unit] ?? 0);
      sums[unit + 1] = (sums[unit + 1] ?? 0) + value * (weights[at + unit + 1] ?? 0);
      sums[unit + 2] = (sums[unit + 2] ?? 0) + value * (weights[at + unit + 2] ?? 0);
      sums[unit + 3] = (sums[unit + 3] ?? 0) + value * (weights[at + unit + 3] ?? 0);
    }
  }
}

/** What a last layer with one output makes of the units before it, those below 0 left out. */
export function output(units: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let unit = 0; unit < units.length; unit++) {
    const value = units[unit] ?? 0;
    if (value > 0) sum += value * (weights[unit] ?? 0);
  }
  return sum;
}
