import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Layer, layerOf, layerSchema } from '../dense-layer.ts';
import { checkLayout, layoutSchema } from '../layout.ts';
import { CHOICE_INPUTS } from './choice-features.ts';
import { CONTEXT_INPUTS } from './context-features.ts';
import { POLICY_LAYOUT } from './policy-layout.ts';

const FILE = 'knowledge/policy-network.json';

const weightsSchema = z.object({
  layout: layoutSchema,
  /** Inputs of the state, then those of the choice. */
  units: layerSchema,
  output: z.array(z.number()).min(1),
  /** From the inputs of the choice straight to the output. */
  direct: z.array(z.number()).length(CHOICE_INPUTS),
});

/** The result of training/policy-network. */
export interface Weights {
  readonly units: Layer;
  readonly output: Float64Array;
  readonly direct: Float64Array;
}

let known: Weights | undefined;

/**
 * The weights in `knowledge/policy-network.json`, read when first needed.
 *
 * @throws {Error} when the file does not belong to this version
 */
export function weights(): Weights {
  known ??= parse(JSON.parse(readFileSync(new URL(`../../../../${FILE}`, import.meta.url), 'utf8')));
  return known;
}

function parse(json: unknown): Weights {
  const { layout, units, output, direct } = weightsSchema.parse(json);
  checkLayout(layout, POLICY_LAYOUT, FILE);
  if (output.length !== units.bias.length)
    throw new RangeError(`Expected as many output weights as units in ${FILE}`);
  return {
    units: layerOf(units, CONTEXT_INPUTS + CHOICE_INPUTS, FILE),
    output: Float64Array.from(output),
    direct: Float64Array.from(direct),
  };
}
