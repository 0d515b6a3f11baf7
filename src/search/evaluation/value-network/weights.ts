import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Layer, layerOf, layerSchema } from '../dense-layer.ts';
import { checkLayout, layoutSchema } from '../layout.ts';
import { FIELD_INPUTS, MEMBER_INPUTS, PAIR_INPUTS, SIDE_INPUTS, VALUE_LAYOUT } from './value-layout.ts';

const FILE = 'knowledge/value-network.json';

const weightsSchema = z.object({
  layout: layoutSchema,
  pair: layerSchema,
  member: layerSchema,
  side: layerSchema,
  output: z.array(z.number()).min(1),
});

/** The result of training/value-network. */
export interface Weights {
  readonly pair: Layer;
  readonly member: Layer;
  readonly side: Layer;
  readonly output: Float64Array;
}

let known: Weights | undefined;

/**
 * The weights in `knowledge/value-network.json`, read when first needed.
 *
 * @throws {Error} when the file does not belong to this version
 */
export function weights(): Weights {
  known ??= parse(JSON.parse(readFileSync(new URL(`../../../../${FILE}`, import.meta.url), 'utf8')));
  return known;
}

function parse(json: unknown): Weights {
  const { layout, pair, member, side, output } = weightsSchema.parse(json);
  checkLayout(layout, VALUE_LAYOUT, FILE);
  const pooled = 2 * pair.bias.length;
  const teams = 2 * member.bias.length;
  if (output.length !== side.bias.length)
    throw new RangeError(`Expected as many output weights as side units in ${FILE}`);
  return {
    pair: layerOf(pair, PAIR_INPUTS, FILE),
    member: layerOf(member, pooled + MEMBER_INPUTS, FILE),
    side: layerOf(side, teams + 2 * SIDE_INPUTS + FIELD_INPUTS, FILE),
    output: Float64Array.from(output),
  };
}
