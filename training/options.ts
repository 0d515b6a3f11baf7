import { parseArgs } from 'node:util';

/** What the programs that play the search against itself are told. */
export interface TrainingOptions {
  /** Path of the file to write. */
  readonly out: string;
  readonly battles: number;
  readonly seed: string;
  /** Walks of a search. */
  readonly walks: number;
  /** Ids; they take turns. */
  readonly formats: readonly string[];
}

/**
 * The options of the command line.
 *
 * @throws Error where it does not say where to write
 */
export function trainingOptions(usual: { readonly seed: string; readonly walks: number }): TrainingOptions {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      battles: { type: 'string', default: '8000' },
      seed: { type: 'string', default: usual.seed },
      walks: { type: 'string', default: `${usual.walks}` },
      formats: { type: 'string', default: 'gen9randombattle' },
    },
  });
  if (!values.out) throw new Error(`Say where the ${usual.seed} go: --out FILE`);
  return {
    out: values.out,
    battles: Number(values.battles),
    seed: values.seed,
    walks: Number(values.walks),
    formats: values.formats.split(','),
  };
}
