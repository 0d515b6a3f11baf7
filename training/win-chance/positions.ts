// Positions to train the search's win chance on: battles of the search against itself within the turn model, where both
// sides know everything. Each position in which somebody has a choice becomes a record of numbers.
//
//   npx tsx training/win-chance/positions.ts --out FILE [--battles 8000] [--seed positions] [--walks 200]
//                                            [--formats gen9randombattle,gen9randombattle,gen4randombattle]
//
// Formats take turns. A record is little-endian 32-bit floats: outcome (1 own side won, 0 lost, ½ neither), chance to win
// as the search saw it, number of the battle, number of inputs that follow, and the inputs: pairs, fighters, sides, field.
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Matchups } from '../../src/agent/search/matchups.ts';
import type { Position } from '../../src/agent/search/turn-model/position.ts';
import { Inputs } from '../../src/agent/search/win-chance/inputs.ts';
import { createRandom } from '../../src/util/random.ts';
import { selfPlay } from '../self-play.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    battles: { type: 'string', default: '8000' },
    seed: { type: 'string', default: 'positions' },
    walks: { type: 'string', default: '200' },
    formats: { type: 'string', default: 'gen9randombattle' },
  },
});
if (!values.out) throw new Error('Say where the positions go: --out FILE');
const formats = values.formats.split(',');
const walks = Number(values.walks);
const { next: chance } = createRandom(values.seed).stream('play');

const file = openSync(values.out, 'w');
let written = 0;
for (let battle = 0; battle < Number(values.battles); battle++) {
  const records: Float32Array[] = [];
  const outcome = selfPlay({
    format: formats[battle % formats.length] ?? '',
    seed: `${values.seed}-${battle}`,
    chance,
    walks: () => walks,
    onSearch: ({ position, value }) => records.push(recordOf(position, value, battle)),
  });
  for (const record of records) {
    record[0] = outcome ?? 0;
    writeSync(file, new Uint8Array(record.buffer));
  }
  written += records.length;
  if ((battle + 1) % 100 === 0) console.error(`${battle + 1} battles, ${written} positions`);
}
closeSync(file);

function recordOf(p: Position, value: number, battle: number): Float32Array {
  const inputs = new Inputs(p, new Matchups(p));
  inputs.read(p);
  const { pairs, fighters, sides, field } = inputs;
  const numbers = [...pairs, ...fighters, ...sides, ...field];
  return Float32Array.from([0, value, battle, numbers.length, ...numbers]);
}
