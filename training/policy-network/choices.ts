// What searches choose, to train the policy on: battles of the search against itself within the mechanics, where both
// sides know everything. Most choices are made fast; some positions are searched longer, and what one side chose there
// becomes a record of numbers.
//
//   npx tsx training/policy-network/choices.ts --out FILE [--battles 8000] [--seed choices] [--playouts 600]
//                                      [--formats gen9randombattle,gen9randombattle,gen4randombattle]
//
// Formats take turns. A record is little-endian 32-bit floats: number of the battle, number of choices, the inputs of the
// position, and for each of 18 choices, the existing ones first, its share of the visits and its inputs.
// The inputs' names are in FILE.layout.json.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { NO_CHOICE } from '../../src/mechanics/choices.ts';
import { Matchups } from '../../src/search/evaluation/matchups.ts';
import { CHOICE_INPUTS } from '../../src/search/evaluation/policy-network/choice-features.ts';
import { CONTEXT_INPUTS } from '../../src/search/evaluation/policy-network/context-features.ts';
import { ChoiceInputs } from '../../src/search/evaluation/policy-network/features.ts';
import { POLICY_LAYOUT } from '../../src/search/evaluation/policy-network/policy-layout.ts';
import { createRandom } from '../../src/util/random.ts';
import { trainingOptions } from '../options.ts';
import { type Searched, selfPlay } from '../self-play.ts';

/** Share of the positions that get a long search: neighbouring positions are nearly the same. */
const LOOKED_AT = 0.2;
/** Part of the playouts that the others get. */
const HASTE = 0.15;
const HEAD = 2;

const { out, battles, seed, playouts, formats } = trainingOptions({ seed: 'choices', playouts: 600 });
const { next: chance } = createRandom(seed).stream('play');

writeFileSync(`${out}.layout.json`, `${JSON.stringify(POLICY_LAYOUT)}\n`);
const file = openSync(out, 'w');
let written = 0;
for (let battle = 0; battle < battles; battle++) {
  let isLooked = false;
  selfPlay({
    format: formats[battle % formats.length] ?? '',
    seed: `${seed}-${battle}`,
    chance,
    playouts() {
      isLooked = chance() < LOOKED_AT;
      return isLooked ? playouts : Math.ceil(HASTE * playouts);
    },
    onSearch(searched) {
      const side = chance() < 0.5 ? 0 : 1;
      if (!isLooked || searched.choices[side].length === 1) return;
      writeSync(file, new Uint8Array(recordOf(searched, side, battle).buffer));
      written++;
    },
  });
  if ((battle + 1) % 100 === 0) console.error(`${battle + 1} battles, ${written} choices`);
}
closeSync(file);

function recordOf({ position, choices, visits }: Searched, side: 0 | 1, battle: number): Float32Array {
  const list = choices[side];
  const inputs = new ChoiceInputs(position, new Matchups(position));
  inputs.read(position, position.sides[side], list, list.length);
  const record = new Float32Array(HEAD + CONTEXT_INPUTS + NO_CHOICE * (1 + CHOICE_INPUTS));
  record.set([battle, list.length, ...inputs.context]);
  const total = list.reduce((sum, choice) => sum + (visits[side][choice] ?? 0), 0);
  for (const [index, choice] of list.entries()) {
    const at = HEAD + CONTEXT_INPUTS + index * (1 + CHOICE_INPUTS);
    record[at] = (visits[side][choice] ?? 0) / total;
    record.set(inputs.choices.subarray(index * CHOICE_INPUTS, (index + 1) * CHOICE_INPUTS), at + 1);
  }
  return record;
}
