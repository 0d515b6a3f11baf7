// Positions to train the search's win chance on: battles of the search against itself within the mechanics, where both
// sides know everything. Each position in which a side has a choice becomes a record of numbers.
//
//   npx tsx training/value-network/positions.ts --out FILE [--battles 8000] [--seed positions] [--playouts 200]
//                                            [--formats gen9randombattle,gen9randombattle,gen4randombattle]
//
// Formats take turns. A record is little-endian 32-bit floats: outcome (1 our side won, 0 lost, ½ neither), chance to win
// according to the search, number of the battle, number of inputs that follow, and the inputs: pairs, members, sides, field.
// Their names are in FILE.layout.json.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { Matchups } from '../../src/search/evaluation/matchups.ts';
import { Inputs } from '../../src/search/evaluation/value-network/features.ts';
import { VALUE_LAYOUT } from '../../src/search/evaluation/value-network/value-layout.ts';
import { createRandom } from '../../src/util/random.ts';
import { trainingOptions } from '../options.ts';
import { selfPlay } from '../self-play.ts';

const { out, battles, seed, playouts, formats } = trainingOptions({ seed: 'positions', playouts: 200 });
const { next: chance } = createRandom(seed).stream('play');

writeFileSync(`${out}.layout.json`, `${JSON.stringify(VALUE_LAYOUT)}\n`);
const file = openSync(out, 'w');
let written = 0;
for (let battle = 0; battle < battles; battle++) {
  const records: Float32Array[] = [];
  const outcome = selfPlay({
    format: formats[battle % formats.length] ?? '',
    seed: `${seed}-${battle}`,
    chance,
    playouts: () => playouts,
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

function recordOf(p: SearchState, value: number, battle: number): Float32Array {
  const inputs = new Inputs(p, new Matchups(p));
  inputs.read(p);
  const { pairs, members, sides, field } = inputs;
  const numbers = [...pairs, ...members, ...sides, ...field];
  return Float32Array.from([0, value, battle, numbers.length, ...numbers]);
}
