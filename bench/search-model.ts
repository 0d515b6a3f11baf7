// How faithful the fast model of a turn is: the same turns played by it and by the real simulator, and by how much the
// outcome differs, feature by feature; then the moves, abilities and items that cause the largest differences.
//
//   npx tsx bench/search-model.ts [--any] [--battles 20] [--formats gen9randombattle,gen4randombattle,gen1randombattle] [--seed faithful]
//
// With --any the teams are of any species with any moves, abilities and items, dealt so that all of them take part, and
// formats are custom games: --formats gen9customgame,gen5customgame. A seed in the output can be given to --seed with
// --battles 1 (without its last number) to see its battle alone.
import { parseArgs } from 'node:util';
import { createRandom } from '../src/util/random.ts';
import { AnyTeams } from '../test/support/any-sets.ts';
import { type ComparedTurn, compareTurns, type FidelityOptions } from '../test/support/turn-fidelity.ts';

const { values } = parseArgs({
  options: {
    any: { type: 'boolean', default: false },
    battles: { type: 'string', default: '20' },
    formats: { type: 'string' },
    seed: { type: 'string', default: 'faithful' },
  },
});
const battles = Number(values.battles);
const usual = values.any
  ? [9, 8, 7, 6, 5, 4, 3, 2, 1].map((gen) => `gen${gen}customgame`).join(',')
  : 'gen9randombattle,gen4randombattle,gen1randombattle';
const formats = (values.formats ?? usual).split(',');
const PLAYS = { model: 200, simulator: 24 };
/** Size of such teams, and the turns after which their battles are left: rare things mostly occur early. */
const ANY = { team: 3, turns: 12 };
/** Number of parts and turns that are named. */
const NAMED = 40;

/** Differences beyond what so few plays of the simulator can show by chance. */
const NOTABLE = { share: 0.3, stage: 0.7, hp: 0.12 };

/** A notable difference in one turn. */
interface Fault {
  readonly turn: ComparedTurn;
  readonly feature: string;
  readonly model: number;
  readonly simulator: number;
}

for (const format of formats) {
  const turns = compareTurns(values.any ? anyOptions(format) : optionsOf(format, 4));
  const faults = turns.flatMap(faultsOf);
  console.log(
    `${format}: ${turns.length} turns, model ${PLAYS.model} and simulator ${PLAYS.simulator} times each; ${new Set(faults.map(({ turn }) => turn)).size} notably off`,
  );
  printFeatures(turns);
  printParts(turns, faults);
}

function optionsOf(format: string, every: number): FidelityOptions {
  return { format, seed: values.seed, battles, every, plays: PLAYS };
}

function anyOptions(format: string): FidelityOptions {
  const gen = Number(/^gen(\d)/.exec(format)?.[1] ?? 9);
  const teams = new AnyTeams(gen, createRandom(`${values.seed}/${gen}`));
  return {
    ...optionsOf(gen >= 5 ? `${format}@@@!Team Preview` : format, 2),
    maxTurns: ANY.turns,
    teams: () => ({ p1: teams.deal(ANY.team), p2: teams.deal(ANY.team) }),
  };
}

/** `hp 03` is a kind of feature, and its side and Pokémon. */
function kindOf(feature: string): string {
  return feature.replace(/ \d+$/, '');
}

function faultsOf(turn: ComparedTurn): Fault[] {
  return [...turn.features].flatMap(([feature, { model, simulator }]) => {
    const kind = kindOf(feature);
    const limit = kind === 'hp' ? NOTABLE.hp : kind.endsWith('stage') ? NOTABLE.stage : NOTABLE.share;
    return Math.abs(model - simulator) > limit ? [{ turn, feature, model, simulator }] : [];
  });
}

function errorOf({ model, simulator }: Fault): number {
  return Math.abs(model - simulator);
}

function printFeatures(turns: readonly ComparedTurn[]): void {
  const errors = new Map<string, number[]>();
  for (const { features } of turns) {
    for (const [name, { model, simulator }] of features) {
      const kind = kindOf(name);
      errors.set(kind, [...(errors.get(kind) ?? []), Math.abs(model - simulator)]);
    }
  }
  const notable = turns.flatMap(faultsOf);
  const rows = [...errors].map(([kind, list]) => {
    const off = notable.filter(({ feature }) => kindOf(feature) === kind).length;
    const mean = list.reduce((sum, error) => sum + error, 0) / list.length;
    return [
      kind,
      { 'mean error': mean.toFixed(4), 'notably off': `${((100 * off) / list.length).toFixed(2)}%` },
    ];
  });
  console.table(Object.fromEntries(rows));
}

/**
 * Names what the faults have in common, in order of how much it explains: a part that errs both much and each time.
 * Turns that a part has explained do not count for the next.
 */
function printParts(turns: readonly ComparedTurn[], faults: readonly Fault[]): void {
  const left = new Set(faults);
  for (let named = 0; named < NAMED && left.size > 0; named++) {
    const sums = new Map<string, number>();
    for (const fault of left) {
      for (const part of new Set(fault.turn.parts)) sums.set(part, (sums.get(part) ?? 0) + errorOf(fault));
    }
    const rated = [...sums].map(([part, sum]) => {
      const met = turns.filter(({ parts }) => parts.includes(part)).length;
      return { part, met, mean: sum / met, weight: (sum * sum) / met };
    });
    const [worst] = rated.sort((a, b) => b.weight - a.weight);
    if (!worst) return;
    const its = [...left].filter(({ turn }) => turn.parts.includes(worst.part));
    for (const fault of its) left.delete(fault);
    its.sort((a, b) => errorOf(b) - errorOf(a));
    const off = new Set(its.map(({ turn }) => turn)).size;
    console.log(`${worst.part}: off in ${off} of ${worst.met} turns, mean error ${worst.mean.toFixed(2)}`);
    for (const { feature, model, simulator, turn } of its.slice(0, 3)) {
      console.log(
        `    ${feature} ${model.toFixed(2)}, simulator ${simulator.toFixed(2)}: ${turn.what} (${turn.seed}, turn ${turn.turn})`,
      );
    }
  }
}
