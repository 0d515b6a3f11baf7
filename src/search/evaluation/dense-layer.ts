import { z } from 'zod';

/** A layer in its file. */
export const layerSchema = z.object({
  /** By input, then by output. */
  weights: z.array(z.array(z.number())).min(1),
  bias: z.array(z.number()).min(1),
});

/**
 * A layer of a network: each output is its bias plus the weighted sum of all inputs. The number of outputs is a
 * multiple of four.
 */
export interface Layer {
  readonly outputs: number;
  /** `input * outputs + output`. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/**
 * Reads a layer from its file.
 *
 * @param file name for messages
 * @throws {RangeError} when this version does not work with its size
 */
export function layerOf({ weights, bias }: z.infer<typeof layerSchema>, inputs: number, file: string): Layer {
  const outputs = bias.length;
  if (outputs % 4 !== 0) throw new RangeError(`Expected units in fours in ${file}, got ${outputs}`);
  if (weights.length !== inputs || weights.some((row) => row.length !== outputs))
    throw new RangeError(`Expected weights of ${inputs} inputs to ${outputs} outputs in ${file}`);
  return { outputs, weights: Float64Array.from(weights.flat()), bias: Float64Array.from(bias) };
}

/**
 * Adds the contribution of some inputs to a layer's sums; most inputs are 0.
 *
 * @param first index of the first of these inputs in the layer
 * @param from where in `values` they begin
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
    // Four at a time saves a tenth of the whole search.
    for (let unit = 0; unit < outputs; unit += 4) {
      sums[unit] = (sums[unit] ?? 0) + value * (weights[at + unit] ?? 0);
      sums[unit + 1] = (sums[unit + 1] ?? 0) + value * (weights[at + unit + 1] ?? 0);
      sums[unit + 2] = (sums[unit + 2] ?? 0) + value * (weights[at + unit + 2] ?? 0);
      sums[unit + 3] = (sums[unit + 3] ?? 0) + value * (weights[at + unit + 3] ?? 0);
    }
  }
}

/** Output of a last layer with one output, for the units before it; negative units count as 0. */
export function output(units: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let unit = 0; unit < units.length; unit++) {
    const value = units[unit] ?? 0;
    if (value > 0) sum += value * (weights[unit] ?? 0);
  }
  return sum;
}
