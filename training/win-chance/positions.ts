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
import { SEARCH_DEFAULTS } from '../../src/agent/search/defaults.ts';
import { damageJudge } from '../../src/agent/search/judge.ts';
import { Matchups } from '../../src/agent/search/matchups.ts';
import { bandit, ROOT } from '../../src/agent/search/nodes.ts';
import { Tree } from '../../src/agent/search/tree.ts';
import { CHOICES, choicesOf, NO_CHOICE } from '../../src/agent/search/turn-model/choices.ts';
import { arrive } from '../../src/agent/search/turn-model/entry.ts';
import { positionOf } from '../../src/agent/search/turn-model/from-world.ts';
import type { Position } from '../../src/agent/search/turn-model/position.ts';
import { advance } from '../../src/agent/search/turn-model/turn.ts';
import { Inputs } from '../../src/agent/search/win-chance/inputs.ts';
import { unseenFoe } from '../../src/agent/search/worlds/unseen.ts';
import type { BattleState, SideId, SideState } from '../../src/battle/state.ts';
import { generatedTeam } from '../../src/knowledge/random-teams.ts';
import { createRandom } from '../../src/util/random.ts';

/** Some choices are made at random, so that positions nobody would seek are known as well. */
const RANDOM_CHOICES = 0.06;
/** Battles that go on for longer count as ties. */
const MOST_CHOICES = 400;
const SEARCH = { depth: SEARCH_DEFAULTS.depth };

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
  const p = opening(formats[battle % formats.length] ?? '', `${values.seed}-${battle}`);
  const records = p ? play(p, battle) : [];
  for (const record of records) writeSync(file, new Uint8Array(record.buffer));
  written += records.length;
  if ((battle + 1) % 100 === 0) console.error(`${battle + 1} battles, ${written} positions`);
}
closeSync(file);

/** The first position of a battle between two teams that a format hands out; undefined where it finds none. */
function opening(format: string, seed: string): Position | undefined {
  const gen = Number(/^gen(\d)/.exec(format)?.[1]);
  const own = team(gen, format, `${seed}-p1`, 'p1');
  const foe = team(gen, format, `${seed}-p2`, 'p2');
  if (own.pokemon.length === 0 || foe.pokemon.length === 0) return undefined;
  const p = positionOf({ ...emptyState(gen, format, own), own, foe }, [], 'move', chance);
  for (const half of p.sides) arrive(p, half);
  return p;
}

function team(gen: number, format: string, seed: string, id: SideId): SideState {
  const empty: SideState = {
    id,
    teamSize: 6,
    pokemon: [],
    active: [null],
    conditions: {},
    fainted: 0,
    spent: [],
  };
  const state = emptyState(gen, format, empty);
  const pokemon = generatedTeam(gen, format, seed).map((member, index) => ({
    ...unseenFoe(state, member, `${id}-${index}`),
    justSwitchedIn: index === 0,
  }));
  return { ...empty, pokemon, active: [pokemon[0] ?? null] };
}

function emptyState(gen: number, format: string, side: SideState): BattleState {
  return {
    gen,
    gameType: 'singles',
    format,
    turn: 1,
    side: 'p1',
    own: side,
    foe: side,
    field: { conditions: {} },
  };
}

/** Plays a battle to its end. */
function play(p: Position, battle: number): Float32Array[] {
  const records: Float32Array[] = [];
  for (let choices = 0; p.stage !== 'over' && choices < MOST_CHOICES; choices++) {
    const [own, foe] = p.sides.map((half) => choicesOf(p, half)) as [Int8Array, Int8Array];
    if (own.length === 1 && foe.length === 1) {
      advance(p, own[0] ?? NO_CHOICE, foe[0] ?? NO_CHOICE);
      continue;
    }
    const stats = bandit();
    const tree = new Tree(p, { judgement: damageJudge(p), ...SEARCH }, stats, own);
    let sum = 0;
    for (let walk = 0; walk < walks; walk++) sum += tree.iterate();
    records.push(recordOf(p, sum / walks, battle));
    const foeVisits = tree.nodes.stats.visits.subarray(tree.nodes.statsOf(ROOT) + CHOICES);
    advance(p, drawn(own, stats.visits), drawn(foe, foeVisits));
  }
  const outcome = p.winner === 0 ? 1 : p.winner === 1 ? 0 : 0.5;
  for (const record of records) record[0] = outcome;
  return records;
}

/** One of the choices, those that the search visited more with more than their share. */
function drawn(choices: Int8Array, visits: Float64Array): number {
  if (chance() < RANDOM_CHOICES) return choices[Math.floor(chance() * choices.length)] ?? NO_CHOICE;
  const weights = [...choices].map((choice) => (visits[choice] ?? 0) ** 2);
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return choices[Math.max(0, index)] ?? NO_CHOICE;
}

function recordOf(p: Position, value: number, battle: number): Float32Array {
  const inputs = new Inputs(p, new Matchups(p));
  inputs.read(p);
  const { pairs, fighters, sides, field } = inputs;
  const numbers = [...pairs, ...fighters, ...sides, ...field];
  return Float32Array.from([0, value, battle, numbers.length, ...numbers]);
}
