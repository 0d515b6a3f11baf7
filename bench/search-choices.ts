// What the search's choices are worth when both teams are known: the chance to win after a choice and the opponent's
// reply, according to searches that know both teams. It needs far fewer battles than a series to tell two ways of
// searching apart, because all answer to the same positions and neither luck nor later turns interfere.
//
//   npx tsx bench/search-choices.ts [--contenders 3400/4,34000/28] [--battles 40] [--format gen9randombattle]
//                                   [--processes 1] [--seed choices]
//
// A contender is a number of playouts and of worlds. The positions are from battles of the first one against itself, and
// the opponent does what five searches of the first one do in its place. Prints the mean worth of the first one's
// choices, the gain of the others' over it with its standard error, and how often they chose the same; last the best
// possible worth for a player who knew both teams and the opponent's choice.
import { parseArgs } from 'node:util';
import type { Agent } from '../src/agent/agent.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { playMatch } from '../src/arena/match.ts';
import { type Action, toChoice } from '../src/battle/action.ts';
import { choicesOf } from '../src/mechanics/choices.ts';
import { searchStateOf } from '../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../src/mechanics/search-state.ts';
import { advance } from '../src/mechanics/turn.ts';
import type { DecisionContext } from '../src/memory/decision-context.ts';
import { choiceOf } from '../src/search/choice-of-action.ts';
import { SEARCH_DEFAULTS } from '../src/search/defaults.ts';
import { type Evaluator, neuralEvaluator } from '../src/search/evaluation/evaluator.ts';
import { actionStats } from '../src/search/mcts/nodes.ts';
import { Tree } from '../src/search/mcts/tree.ts';
import { isSearchable, search } from '../src/search/search.ts';
import { createRandom, type Random } from '../src/util/random.ts';
import { withBothTeams } from '../test/support/true-world.ts';
import { mean } from './support/mean.ts';
import { inProcesses } from './support/shards.ts';

interface Contender {
  readonly name: string;
  readonly playouts: number;
  readonly worlds: number;
}

/** One position: the worth of each contender's choice, 0–1, and whether it is that of the first. */
interface Judged {
  readonly worths: readonly number[];
  readonly same: readonly boolean[];
  /** Worth of the best choice. */
  readonly best: number;
}

/** Share of the positions that is examined: neighbouring ones are nearly the same. */
const LOOKED_AT = 0.25;
/** Searches that determine what the opponent does. */
const REPLIES = 5;
/** Draws of the luck of a turn, and playouts from where each leads. */
const DRAWS = 16;
const PLAYOUTS = 100;

const { values } = parseArgs({
  options: {
    contenders: { type: 'string', default: '3400/4,34000/28' },
    battles: { type: 'string', default: '40' },
    format: { type: 'string', default: 'gen9randombattle' },
    processes: { type: 'string', default: '1' },
    seed: { type: 'string', default: 'choices' },
    /** Set for the child processes: `index/count`. */
    shard: { type: 'string' },
  },
});
const battles = Number(values.battles);
const contenders = values.contenders.split(',').map((name): Contender => {
  const [playouts, worlds] = name.split('/').map(Number);
  if (!playouts || !worlds) throw new RangeError(`Expected playouts/worlds for a contender, got "${name}"`);
  return { name, playouts, worlds };
});

if (values.shard === undefined) {
  const judged = await inProcesses<Judged>(import.meta.url, Number(values.processes), values, tellProgress);
  console.log(`${values.format}, ${battles} battles, ${judged.length} positions, seed ${values.seed}`);
  console.table(Object.fromEntries(tableOf(judged)));
} else {
  const [index = 0, count = 1] = values.shard.split('/').map(Number);
  for (let battle = index; battle < battles; battle += count) process.send?.(await play(battle));
  process.disconnect?.();
}

/** One battle of the first contender against itself. */
async function play(battle: number): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const seed = `${values.seed}-${battle}`;
  const random = createRandom(seed);
  let waiting: DecisionContext | undefined;
  const agent: Agent = {
    name: 'first',
    async decide(turn, signal) {
      const own = await choose(turn, 0, turn.random);
      if (!own) return calcAgent.decide(turn, signal);
      if (waiting && waiting.state.turn === turn.state.turn && turn.request.type === 'move') {
        // Which side finished first depends on the clock.
        const [p1, p2] = turn.state.side === 'p1' ? [turn, waiting] : [waiting, turn];
        const draw = random.stream(`turn-${turn.state.turn}`);
        const [one, other] = draw.next() < 0.5 ? [p1, p2] : [p2, p1];
        if (draw.next() < LOOKED_AT) judged.push(...(await judge(one, other, draw)));
        waiting = undefined;
      } else if (turn.request.type === 'move') waiting = turn;
      return { action: own };
    },
  };
  await playMatch({
    battleId: seed,
    format: values.format,
    seed,
    players: { p1: { agent, name: 'p1' }, p2: { agent, name: 'p2' } },
    fallback: calcAgent,
    turnMs: 600_000,
  });
  return judged;
}

/** What a contender does; undefined when there is nothing to search. */
async function choose(turn: DecisionContext, index: number, random: Random): Promise<Action | undefined> {
  const contender = contenders[index];
  if (!contender || turn.actions.length === 1 || !isSearchable(turn)) return undefined;
  const found = await search({ ...turn, random }, contender);
  return found?.actions[0]?.action;
}

/** Judges the choices of all contenders at a turn; nothing when the mechanics do not model some choice. */
async function judge(
  turn: DecisionContext,
  foes: DecisionContext,
  random: Random,
): Promise<readonly Judged[]> {
  const p = searchStateOf(withBothTeams(turn.state, foes.state.own), turn.memory.turns, 'move', random.next);
  const theirs = searchStateOf(
    withBothTeams(foes.state, turn.state.own),
    foes.memory.turns,
    'move',
    random.next,
  );
  const [ownChoices, foeChoices] = p.sides.map((side) => choicesOf(p, side));
  const replies: number[] = [];
  for (let i = 0; i < REPLIES; i++) {
    const action = await choose(foes, 0, random.stream(`reply-${i}`));
    const reply = action && choiceOf(action, foes.state, theirs);
    if (reply === undefined || !foeChoices?.includes(reply)) return [];
    replies.push(reply);
  }
  const evaluator = neuralEvaluator(p);
  const worths = new Map<string, number>();
  for (const action of turn.actions) {
    const own = choiceOf(action, turn.state, p);
    if (own === undefined || !ownChoices?.includes(own)) return [];
    worths.set(toChoice(action), mean(replies.map((reply) => worthAfter(p, evaluator, own, reply))));
  }
  const chosen: string[] = [];
  for (const index of contenders.keys()) {
    const action = await choose(turn, index, random.stream(`choice-${index}`));
    if (!action) return [];
    chosen.push(toChoice(action));
  }
  return [
    {
      worths: chosen.map((choice) => worths.get(choice) ?? 0),
      same: chosen.map((choice) => choice === chosen[0]),
      best: Math.max(...worths.values()),
    },
  ];
}

/** The chance to win after both choices. */
function worthAfter(p: SearchState, evaluator: Evaluator, own: number, reply: number): number {
  return mean(
    Array.from({ length: DRAWS }, () => {
      const next = p.clone();
      advance(next, own, reply);
      const choices = choicesOf(next, next.sides[0]);
      const tree = new Tree(next, { evaluator, depth: SEARCH_DEFAULTS.depth }, actionStats(), choices);
      return mean(Array.from({ length: PLAYOUTS }, () => tree.playout()));
    }),
  );
}

function tellProgress(judged: readonly Judged[]): void {
  console.error(
    `${judged.length} positions: ${tableOf(judged)
      .map(([name, { worth }]) => `${name} ${worth}`)
      .join(', ')}`,
  );
}

function tableOf(judged: readonly Judged[]) {
  const rows = contenders.map(({ name }, index) => {
    const gains = judged.map(({ worths }) => (worths[index] ?? 0) - (worths[0] ?? 0));
    return [
      name,
      {
        worth: percent(mean(judged.map(({ worths }) => worths[index] ?? 0))),
        gain: index === 0 ? '' : `${percent(mean(gains))} ± ${percent(standardError(gains))}`,
        same: percent(mean(judged.map(({ same }) => Number(same[index])))),
      },
    ] as const;
  });
  const best = percent(mean(judged.map((one) => one.best)));
  return [...rows, ['all known', { worth: best, gain: '', same: '' }] as const];
}

function standardError(numbers: readonly number[]): number {
  const centre = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - centre) ** 2)) / numbers.length);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
