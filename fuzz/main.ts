// Plays battles of any species, moves, abilities and items, and compares what this package believes and predicts with
// what the simulator knows and does. See README.md in this folder, and `npm run fuzz -- --help`.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stopOnInterrupt } from '../src/cli/interrupt.ts';
import { type BattlePlan, drawPlan, type PlanOptions } from './battle-plan.ts';
import { groupOf } from './finding.ts';
import { minimise } from './minimise.ts';
import { playPlan } from './play-plan.ts';
import { describeGroup, emptyFolder, type FoundIn, type Group, groupsOf, writeMinimised } from './report.ts';

/** The result of one battle. */
interface BattleResult {
  readonly seed: string;
  readonly findings: readonly FoundIn[];
  readonly decisions: number;
  readonly simulatorFailed: boolean;
}

const USAGE = `Plays battles of any species, move, ability and item, and compares what is believed of them with the simulator.

  --battles N       how many (2000)
  --seed TEXT       draws the same battles again (fuzz)
  --processes N     that share the battles (1)
  --generation N    of this generation only
  --doubles         doubles only; --singles: singles only
  --out FOLDER      where small examples of what was found go (.fuzz); it is emptied first
  --no-minimise     makes no such examples
  --only SEED       plays one battle again by the seed that a report names, and tells all its findings

  npm run fuzz -- --battles 200 --seed x --processes 2
  npm run fuzz -- --battles 100 --generation 4 --doubles
  npm run fuzz -- --only x-17`;

const OPTIONS = {
  options: {
    help: { type: 'boolean', default: false },
    battles: { type: 'string', default: '2000' },
    seed: { type: 'string', default: 'fuzz' },
    processes: { type: 'string', default: '1' },
    generation: { type: 'string' },
    doubles: { type: 'boolean' },
    singles: { type: 'boolean' },
    out: { type: 'string', default: '.fuzz' },
    'no-minimise': { type: 'boolean', default: false },
    /** Plays the battle of one seed from a report, and prints all its findings. */
    only: { type: 'string' },
    /** Set for the child processes: `index/count`. */
    shard: { type: 'string' },
  },
} as const;

const values = read();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const battles = whole('battles', values.battles, 1, 10_000_000);
const processes = whole('processes', values.processes, 1, 64);
const planOptions: PlanOptions = {
  ...(values.generation === undefined ? {} : { gen: whole('generation', values.generation, 1, 9) }),
  ...(values.doubles ? { doubles: true } : values.singles ? { doubles: false } : {}),
};

if (values.only !== undefined) tellOne(values.only);
else if (values.shard !== undefined) await playShard(values.shard);
else await run();

function read() {
  try {
    return parseArgs(OPTIONS).values;
  } catch (error) {
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split(/\. To specify|\n/);
    console.error(`${what.replace(/\.$/, '')}. \`npm run fuzz -- --help\` tells all options.`);
    process.exit(1);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  console.error(`Expected --${name} to be a whole number from ${least} to ${most}, got "${text}".`);
  process.exit(1);
}

function planOf(seed: string): BattlePlan {
  return drawPlan(seed, planOptions);
}

function playOne(seed: string): BattleResult {
  const { findings, decisions, simulatorFailed } = playPlan(planOf(seed));
  return {
    seed,
    findings: findings.map((finding) => ({ ...finding, seed })),
    decisions,
    simulatorFailed: simulatorFailed !== undefined,
  };
}

/** Plays every `count`-th battle from `index` on, and passes on each result. */
async function playShare(
  index: number,
  count: number,
  signal: AbortSignal,
  onResult: (result: BattleResult) => void,
): Promise<void> {
  for (let battle = index; battle < battles && !signal.aborted; battle += count) {
    onResult(playOne(`${values.seed}-${battle}`));
    // Lets Ctrl-C through.
    await new Promise(setImmediate);
  }
}

async function playShard(shard: string): Promise<void> {
  const [index = 0, count = 1] = shard.split('/').map(Number);
  const { signal, release } = stopOnInterrupt(() => {});
  await playShare(index, count, signal, (result) => process.send?.(result));
  release();
  process.disconnect();
}

async function run(): Promise<void> {
  const results: BattleResult[] = [];
  const kinds = new Set<string>();
  const { signal, release } = stopOnInterrupt(() =>
    console.error('\nStopping; Ctrl-C again leaves at once.'),
  );
  const take = (result: BattleResult): void => {
    results.push(result);
    for (const { name } of groupsOf(result.findings)) kinds.add(name);
    if (process.stderr.isTTY || results.length % 100 === 0) {
      const end = process.stderr.isTTY ? '\r' : '\n';
      process.stderr.write(`${results.length}/${battles} battles, ${kinds.size} kinds of findings${end}`);
    }
  };
  if (processes === 1) await playShare(0, 1, signal, take);
  else await Promise.all(Array.from({ length: processes }, (_, index) => runChild(index, take)));
  const groups = report(results);
  if (!values['no-minimise']) await writeExamples(groups, signal);
  release();
  process.exitCode = groups.length > 0 ? 1 : 0;
}

function runChild(index: number, onResult: (result: BattleResult) => void): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [
    ...process.argv.slice(2),
    `--shard=${index}/${processes}`,
  ]);
  return new Promise((resolve, reject) => {
    child.on('message', (result) => onResult(result as BattleResult));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGINT') resolve();
      else reject(new Error(`A process ended with code ${code} before its battles did`));
    });
  });
}

function report(results: readonly BattleResult[]): Group[] {
  const groups = groupsOf(results.flatMap(({ findings }) => findings));
  const decisions = results.reduce((sum, result) => sum + result.decisions, 0);
  const failed = results.filter(({ simulatorFailed }) => simulatorFailed).length;
  console.log(
    `${results.length} battles, ${decisions} decisions of two sides, seed ${values.seed}: ${groups.length} kinds of findings${failed > 0 ? `; the simulator itself failed in ${failed} battles` : ''}`,
  );
  for (const group of groups) console.log(describeGroup(group));
  return groups;
}

/** Minimises the example of each group, and writes it down. */
async function writeExamples(groups: readonly Group[], signal: AbortSignal): Promise<void> {
  if (groups.length === 0) return;
  emptyFolder(values.out);
  for (const { name, example } of groups) {
    if (signal.aborted) return;
    const found = minimise({ ...planOf(example.seed), always: example.check }, ({ findings }) =>
      findings.find((finding) => groupOf(finding) === name),
    );
    if (found) writeMinimised(values.out, name, found);
    await new Promise(setImmediate);
  }
  console.log(`Small battles that show them are in ${values.out}/`);
}

function tellOne(seed: string): void {
  const { findings, simulatorFailed } = playPlan(planOf(seed));
  for (const { check, kind, detail, turn, side } of findings) {
    console.log(`turn ${turn}, ${side}: ${check}: ${kind}\n    ${detail}`);
  }
  if (simulatorFailed !== undefined) console.log(`The simulator failed: ${simulatorFailed}`);
}
