import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FIELD_INPUTS, FIGHTER_INPUTS, PAIR_INPUTS, SIDE_INPUTS } from './inputs.ts';

const FILE = new URL('../../../../knowledge/win-chance.json', import.meta.url);

const layerSchema = z.object({
  /** By input, then by output. */
  weights: z.array(z.array(z.number())).min(1),
  bias: z.array(z.number()).min(1),
});

const weightsSchema = z.object({
  pair: layerSchema,
  fighter: layerSchema,
  side: layerSchema,
  output: z.array(z.number()).min(1),
});

/** A layer of a network: each output is its bias and the sum of all inputs by their weights. Outputs come in fours. */
export interface Layer {
  readonly outputs: number;
  /** `input * outputs + output`. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** What training/win-chance has found. */
export interface Weights {
  readonly pair: Layer;
  readonly fighter: Layer;
  readonly side: Layer;
  readonly output: Float64Array;
}

let known: Weights | undefined;

/**
 * The weights in `knowledge/win-chance.json`, read when they are first asked for.
 *
 * @throws Error where the file does not belong to this version
 */
export function weights(): Weights {
  known ??= parse(JSON.parse(readFileSync(FILE, 'utf8')));
  return known;
}

function parse(json: unknown): Weights {
  const { pair, fighter, side, output } = weightsSchema.parse(json);
  const pooled = 2 * pair.bias.length;
  const teams = 2 * fighter.bias.length;
  if (output.length !== side.bias.length)
    throw new RangeError('Expected as many output weights as side units');
  return {
    pair: layer(pair, PAIR_INPUTS),
    fighter: layer(fighter, pooled + FIGHTER_INPUTS),
    side: layer(side, teams + 2 * SIDE_INPUTS + FIELD_INPUTS),
    output: Float64Array.from(output),
  };
}

function layer({ weights, bias }: z.infer<typeof layerSchema>, inputs: number): Layer {
  const outputs = bias.length;
  if (outputs % 4 !== 0) throw new RangeError(`Expected units in fours, got ${outputs}`);
  if (weights.length !== inputs || weights.some((row) => row.length !== outputs)) {
    throw new RangeError(
      `Expected weights of ${inputs} inputs to ${outputs} outputs in knowledge/win-chance.json`,
    );
  }
  return { outputs, weights: Float64Array.from(weights.flat()), bias: Float64Array.from(bias) };
}
