// Which agent is stronger: mirrored series between the agents that need no model.
//
//   npx tsx bench/strength.ts [--battles 400] [--format gen9randombattle] [--seed strength] [--processes 1]
//                             [--pairs 'random max-power; search:thinkMs=100 calc'] [--teams FILE,FILE]
//
// Agents are named as on the command line (search:thinkMs=1000,depth=3, llm:model=…, ./mine.js); search:playouts=100 makes
// that many playouts per decision, whatever the time.
// Formats with teams need --teams: each pair of battles has the next team, the same for both sides.
// Both sides are asked at once, and decide one after the other: a search has the processor for all of its time.
// Battles come in pairs with the same teams and luck and the sides swapped. The pair is the unit of the interval,
// because its two battles are not independent: 95% of 10,000 resamplings of the pairs lie within it.
// In singles, "luck-adjusted" is the same score without the influence of luck: between searches it is worth a third to a
// half more battles.
// If the agents do not depend on time, the outcome depends on the seed alone, not on the number of processes.
import { parseArgs } from 'node:util';
import { Command } from 'commander';
import type { Agent } from '../src/agent/agent.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { heuristicsAgent } from '../src/agent/heuristics.ts';
import { createSearchAgent } from '../src/agent/search-agent.ts';
import { playSeries } from '../src/arena/series.ts';
import type { PlayOptions } from '../src/cli/agents.ts';
import { chooseAgents } from '../src/cli/choose-agents.ts';
import { addModelOptions, type ModelOptions } from '../src/cli/model-options.ts';
import { readTeamFile } from '../src/cli/team-file.ts';
import { UserError } from '../src/util/errors.ts';
import { createRandom } from '../src/util/random.ts';
import { heard, Luck } from './support/luck.ts';
import { mean } from './support/mean.ts';
import { inProcesses } from './support/shards.ts';

/** The result of one mirrored pair of battles. */
interface PairResult {
  /** Index of the pair, from 0. */
  readonly pair: number;
  /** Mean score of the first agent: 0, 0.25 … 1. */
  readonly score: number;
  /** The same, luck-adjusted. */
  readonly fair: number;
  readonly turns: number;
  /** Decisions that were not the agent's own, and choices the simulator refused: both should be 0. */
  readonly faults: number;
}

const { values } = parseArgs({
  options: {
    battles: { type: 'string', default: '400' },
    format: { type: 'string', default: 'gen9randombattle' },
    seed: { type: 'string', default: 'strength' },
    processes: { type: 'string', default: '1' },
    teams: { type: 'string', default: '' },
    pairs: {
      type: 'string',
      default: 'random max-power; max-power heuristics; random heuristics; calc heuristics',
    },
    /** Set for the child processes: `index/count`. */
    shard: { type: 'string' },
  },
});

/** Pairs of battles between two lines of progress. */
const PROGRESS_PAIRS = 10;

const pairCount = Math.ceil(Number(values.battles) / 2);
const processes = Number(values.processes);
const teams =
  values.teams === '' ? [] : values.teams.split(',').map((file) => readTeamFile(file, values.format));
const play = { ...addModelOptions(new Command()).opts<PlayOptions & ModelOptions>(), timeout: 60 };
const matchups = values.pairs.split(';').map(readPair);
const agents = new Map<string, Agent>();
for (const name of matchups.flat()) agents.set(name, await agentOf(name));

if (values.shard === undefined) await printTable();
else await playShard(values.shard);

async function printTable(): Promise<void> {
  const columns = [
    'first',
    'second',
    'battles',
    'first wins',
    '95% interval',
    'turns',
    'faults',
    'luck-adjusted',
    '95% interval',
  ];
  const widths = [22, 22, 8, 11, 16, 7, 7, 11, 16];
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(' ');
  console.log(`${values.format}, seed ${values.seed}, ${processes} process(es)`);
  console.log(row(columns));
  for (const [first, second] of matchups) {
    const results = await (processes > 1 ? playInProcesses(first, second) : playHere(first, second));
    const sum = (pick: (result: PairResult) => number): number =>
      results.reduce((total, result) => total + pick(result), 0);
    console.log(
      row([
        first,
        second,
        results.length * 2,
        ...shareAndInterval(results.map(({ score }) => score)),
        (sum(({ turns }) => turns) / results.length / 2).toFixed(1),
        sum(({ faults }) => faults),
        ...shareAndInterval(results.map(({ fair }) => fair)),
      ]),
    );
  }
}

async function playInProcesses(first: string, second: string): Promise<PairResult[]> {
  const { battles, format, seed, teams } = values;
  const options = { battles, format, seed, teams, pairs: `${first} ${second}` };
  const results = await inProcesses<PairResult>(import.meta.url, processes, options, tellProgress);
  return results.sort((a, b) => a.pair - b.pair);
}

/** Prints a line of progress now and then, on stderr: long series are worth a look before they end. */
function tellProgress(results: readonly PairResult[]): void {
  if (results.length % PROGRESS_PAIRS !== 0) return;
  const [score, fair] = [mean(results.map((one) => one.score)), mean(results.map((one) => one.fair))];
  console.error(`${results.length * 2} battles: ${percent(score)}, luck-adjusted ${percent(fair)}`);
}

async function playShard(shard: string): Promise<void> {
  const [index = 0, count = 1] = shard.split('/').map(Number);
  const [matchup] = matchups;
  if (matchup) {
    await playPairs(matchup, { first: index, step: count }, (result) => process.send?.([result]));
  }
  process.disconnect?.();
}

/** Plays every `step`th pair of battles, one after the other. */
async function playPairs(
  [one, two]: readonly [string, string],
  { first, step }: { readonly first: number; readonly step: number },
  onPair: (result: PairResult) => void,
): Promise<void> {
  for (let pair = first; pair < pairCount; pair += step) onPair(await playPair(one, two, pair));
}

async function playHere(first: string, second: string): Promise<PairResult[]> {
  const results: PairResult[] = [];
  await playPairs([first, second], { first: 0, step: 1 }, (result) => {
    results.push(result);
    tellProgress(results);
  });
  return results;
}

async function playPair(first: string, second: string, pair: number): Promise<PairResult> {
  let [score, fair, turns, faults] = [0, 0, 0, 0];
  const team = teams[pair % Math.max(1, teams.length)];
  let luck: Luck;
  const followed = (name: string): Agent =>
    heard(agentNamed(name), (turn, action) => luck.decide(turn, action));
  const [one, two] = inTurn(followed(first), followed(second));
  await playSeries({
    entrants: [
      { agent: one, team },
      { agent: two, team },
    ],
    battles: 2,
    concurrency: 1,
    format: values.format,
    seed: `${values.seed}-${pair}`,
    fallback: heuristicsAgent,
    turnMs: 60_000,
    follow({ side, id }) {
      luck = new Luck(createRandom(id).stream('luck').next);
      return {
        onDecision: ({ fallback }) => {
          if (fallback && fallback.reason !== 'unsupported') faults++;
        },
        onEnd: ({ result, invalidChoices }) => {
          const won = result?.winner === null ? 0.5 : Number(result?.winner === side);
          score += won / 2;
          fair += (side === 'p1' ? luck.luckAdjusted(won) : 1 - luck.luckAdjusted(1 - won)) / 2;
          turns += result?.turns ?? 0;
          faults += invalidChoices;
        },
      };
    },
  });
  return { pair, score, fair, turns, faults };
}

function readPair(text: string): readonly [string, string] {
  const [first, second, ...more] = text.trim().split(/\s+/);
  if (!first || !second || more.length > 0) {
    throw new UserError(`"${text.trim()}" is no pair: expected two agents, such as "calc heuristics"`);
  }
  return [first, second];
}

/** An agent as the command line names it, or `search:playouts=NUMBER`. */
async function agentOf(name: string): Promise<Agent> {
  const playouts = /^search:playouts=(\d+)$/.exec(name)?.[1];
  if (playouts) return createSearchAgent({ name, playouts: Number(playouts), fallback: calcAgent });
  const { agents, tryModels } = await chooseAgents([name] as const, {
    play,
    given: [],
    budget: undefined,
    tell: (line) => console.error(line),
  });
  await tryModels();
  return agents[0].agent;
}

function agentNamed(name: string): Agent {
  const found = agents.get(name);
  if (!found) throw new Error(`No agent "${name}"`);
  return found;
}

/** Two agents that decide one after the other. */
function inTurn(first: Agent, second: Agent): readonly [Agent, Agent] {
  let running: Promise<unknown> = Promise.resolve();
  const waiting = (waits: Agent): Agent => ({
    ...waits,
    decide(turn, signal) {
      const decision = running.then(() => waits.decide(turn, signal));
      running = decision.catch(() => {});
      return decision;
    },
  });
  return [waiting(first), waiting(second)];
}

/** A mean, and its interval. */
function shareAndInterval(scores: readonly number[]): readonly string[] {
  const [low, high] = interval(scores);
  return [percent(mean(scores)), `${percent(low)}–${percent(high)}`];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** Percentile bootstrap over the pairs. */
function interval(scores: readonly number[]): [low: number, high: number] {
  const random = createRandom('bootstrap');
  const means = Array.from({ length: 10_000 }, () => mean(scores.map(() => random.pick(scores))));
  means.sort((a, b) => a - b);
  return [means[250] ?? 0, means[9749] ?? 1];
}
