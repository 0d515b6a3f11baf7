import { parseArgs } from 'node:util';

/** Options of the programs that play the search against itself. */
export interface TrainingOptions {
  /** Path of the file to write. */
  readonly out: string;
  readonly battles: number;
  readonly seed: string;
  /** Playouts of a search. */
  readonly playouts: number;
  /** Ids of the formats, which take turns. */
  readonly formats: readonly string[];
}

/**
 * The options of the command line.
 *
 * @throws Error when the output file is missing
 */
export function trainingOptions(usual: {
  readonly seed: string;
  readonly playouts: number;
}): TrainingOptions {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      battles: { type: 'string', default: '8000' },
      seed: { type: 'string', default: usual.seed },
      playouts: { type: 'string', default: `${usual.playouts}` },
      formats: { type: 'string', default: 'gen9randombattle' },
    },
  });
  if (!values.out) throw new Error(`Say where the ${usual.seed} go: --out FILE`);
  return {
    out: values.out,
    battles: Number(values.battles),
    seed: values.seed,
    playouts: Number(values.playouts),
    formats: values.formats.split(','),
  };
}
