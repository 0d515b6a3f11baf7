import { type Action, toChoice } from '../battle/action.ts';
import { type BattleState, otherSide } from '../battle/state.ts';
import { isSwitch } from '../mechanics/choices.ts';
import { searchStateOf } from '../mechanics/from-battle-state.ts';
import type { SearchState } from '../mechanics/search-state.ts';
import type { ForeseenChoice } from '../memory/battle-memory.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import { choiceOf } from './choice-of-action.ts';
import { SEARCH_DEFAULTS, worldsFor } from './defaults.ts';
import { worldSource } from './determinization/sample-worlds.ts';
import { oneOfEach } from './determinization/stratify.ts';
import { type Evaluator, type EvaluatorFactory, neuralEvaluator } from './evaluation/evaluator.ts';
import { type ActionStats, actionStats } from './mcts/nodes.ts';
import { principalVariation, type WorldTree } from './mcts/principal-variation.ts';
import { repliesOf } from './mcts/replies.ts';
import { runPlayouts } from './mcts/run-playouts.ts';
import { Tree } from './mcts/tree.ts';
import { habitOf } from './opponent-model/habits.ts';
import {
  type ExpectedReply,
  foeChances,
  foePriors,
  ownPriors,
  withHabit,
  withSaid,
} from './opponent-model/opponent-prior.ts';
import { searchAsOpponent } from './opponent-model/opponent-search.ts';
import { logOdds, oddsAgainst, withOdds } from './opponent-model/opponent-skill.ts';
import { SimulatedRootTurns } from './simulator-bridge/simulated-root-turns.ts';
import { simulatedTurnOf } from './simulator-bridge/simulated-turn.ts';
import { isSurelyTrapped } from './surely-trapped.ts';

/** How far and how long to look ahead. The first of time, playouts and signal to end ends the search. */
export interface SearchOptions {
  /**
   * Worlds (complete guesses at what is hidden) to search side by side.
   *
   * @default as many as pay in the time there is
   */
  readonly worlds?: number;
  /**
   * Most decisions ahead.
   *
   * @default 8
   */
  readonly depth?: number;
  /**
   * Ms it may take from now on.
   *
   * @default 100, unlimited when `playouts` are given
   */
  readonly timeMs?: number;
  /**
   * Most playouts from the root to a leaf. Unless the time is up before that, the result does not depend on time:
   * without `worlds`, 4 are searched.
   *
   * @default until the time is up
   */
  readonly playouts?: number;
  /** Ends it at once, with what it has found. */
  readonly signal?: AbortSignal;
  /** @default {@link neuralEvaluator} */
  readonly evaluator?: EvaluatorFactory;
  /** Prior of our actions, by choice string; mixed with the evaluator's. */
  readonly prior?: ReadonlyMap<string, number>;
  /** What the opponent is expected to do; mixed with the evaluator's prior and the search's own prediction. */
  readonly foe?: readonly ExpectedReply[];
}

/** What the search found about one of our actions. */
export interface SearchedAction {
  readonly action: Action;
  /** Share of the playouts that chose it, 0–1. */
  readonly share: number;
  /** Mean value of those playouts, 0–1, like {@link SearchResult.value}. */
  readonly value: number;
  /** What is expected to follow, in words; only for actions that many playouts chose. */
  readonly line?: string;
}

/** The result of a search. */
export interface SearchResult {
  /** Every legal action, by share, the largest first. */
  readonly actions: readonly SearchedAction[];
  /**
   * The chance to win, 0–1: the mean value of all playouts, over the worlds drawn, against an opponent that plays as
   * this one has.
   */
  readonly value: number;
  /** The opponent's choices with their shares and values, the likeliest first. */
  readonly replies: readonly ForeseenChoice[];
  /** All playouts, those from the opponent's point of view included. */
  readonly playouts: number;
}

/**
 * Part of the playouts in which the opponent does what was predicted, if there is a prediction. Choices in 250
 * positions were worth 0.4 points of win chance (± 0.2) more with 0.9 than with 0.7, and no less than with 1; see
 * bench/search-choices.ts.
 */
const FORESEEN = 0.9;
/** Actions with a smaller share of the playouts get no line. */
const LEAST_SHARE_WITH_LINE = 0.1;

/** Worlds drawn for each one that is searched. */
const DRAWN_EACH = 4;

/** A world that may be searched. */
interface Candidate {
  readonly world: BattleState;
  readonly searchState: SearchState;
  readonly evaluator: Evaluator;
  /** The evaluator's value of the state as it is. */
  readonly value: number;
}

/** Whether the mechanics model the decision: not in doubles, at team preview or when a Pokémon is revived. */
export function isSearchable({ state, request, actions }: DecisionContext): boolean {
  const revives = actions.some((action) => action.type === 'switch' && action.revive);
  return state.gameType === 'singles' && request.type !== 'team' && !revives;
}

/**
 * Looks ahead from a singles turn: draws worlds that fit what the side knows, grows a tree in each with the mechanics,
 * and sums the results for our actions. Drawing stops after half of the time. If there is time for it, the search first
 * looks from the opponent's point of view: see `opponent-model/opponent-search.ts`.
 *
 * @example await search(turn, { timeMs: 500 })
 * @returns undefined when the turn is not {@link isSearchable}
 */
export async function search(
  turn: DecisionContext,
  options: SearchOptions = {},
): Promise<SearchResult | undefined> {
  const { state, request, actions, memory, random } = turn;
  if (!isSearchable(turn) || request.type === 'team') return undefined;
  const {
    playouts: most,
    timeMs = most === undefined ? SEARCH_DEFAULTS.thinkMs : Number.POSITIVE_INFINITY,
    signal,
    depth = SEARCH_DEFAULTS.depth,
    evaluator: evaluatorFor = neuralEvaluator,
  } = options;
  const until = performance.now() + timeMs;
  const limits = { playouts: most, until, signal };
  const foresight =
    request.type === 'move' ? await searchAsOpponent(turn, { evaluatorFor, depth, limits }) : undefined;
  const habit = request.type === 'move' ? habitOf(state, memory.turns) : undefined;
  const expected = foresight
    ? { foe: withHabit(withSaid(foresight.foe, options.foe ?? []), habit), certainty: FORESEEN }
    : habit && { foe: [habit], certainty: habit.chance };
  const now = performance.now();
  // With a number of playouts the clock does not affect what is searched.
  const leftMs = most === undefined ? until - now : Number.POSITIVE_INFINITY;
  const { worlds = worldsFor(leftMs) } = options;
  const draw = worldSource(state, memory.turns, random.stream('worlds'));
  const drawn: Candidate[] = [];
  do {
    const world = draw();
    const luck = random.stream(`luck-${drawn.length}`);
    const searchState = searchStateOf(world, memory.turns, request.type, luck.next);
    const evaluator = evaluatorFor(searchState);
    drawn.push({ world, searchState, evaluator, value: evaluator.evaluate(searchState) });
    // Playouts get at least half of the time.
  } while (drawn.length < DRAWN_EACH * worlds && performance.now() < now + leftMs / 2 && !signal?.aborted);
  const candidates = oneOfEach(drawn, worlds, ({ value }) => value, random.stream('strata'));
  const [first] = candidates;
  const choices = first && choicesOf(actions, state, first.searchState);
  if (!first || !choices) return undefined;
  const held = isSurelyTrapped(turn, first.searchState);
  const numbers = Int8Array.from(new Set(held ? choices.filter((choice) => !isSwitch(choice)) : choices));
  const own = actionStats();
  const trees = candidates.map(({ world, searchState, evaluator }, index): WorldTree => {
    const settings = {
      evaluator,
      depth,
      firstTurns:
        request.type === 'move'
          ? new SimulatedRootTurns(
              simulatedTurnOf(
                { world, searchState },
                request,
                memory.turns,
                random.stream(`rehearsal-${index}`),
              ),
            )
          : undefined,
      ownPrior:
        options.prior && ownPriors(searchState, evaluator, numbers, saidOf(actions, choices, options.prior)),
      foePrior: options.foe && foePriors(searchState, evaluator, options.foe),
      foeChances: expected && foeChances(searchState, evaluator, expected.foe),
      foeCertainty: expected?.certainty,
    };
    return { searchState, tree: new Tree(searchState, settings, own, numbers) };
  });
  const foreseeing = foresight?.playouts ?? 0;
  const playouts = await runPlayouts(trees, own, { ...limits, playouts: most && most - foreseeing });
  const left = [state.own, state.foe].reduce((sum, side) => sum + side.teamSize - side.fainted, 0);
  const odds =
    oddsAgainst(memory, otherSide(state.side), left) +
    logOdds(meanValue(drawn)) -
    logOdds(meanValue(candidates));
  const numbered = actions.map((action, index) => ({ action, choice: choices[index] ?? 0 }));
  return { ...summarize(numbered, own, trees, odds), playouts: foreseeing + playouts };
}

function meanValue(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { value }) => sum + value, 0) / candidates.length;
}

/** The choice number of each action; undefined for actions that the mechanics lack. */
function choicesOf(
  actions: readonly Action[],
  state: BattleState,
  p: SearchState,
): readonly number[] | undefined {
  const choices = actions.flatMap((action) => choiceOf(action, state, p) ?? []);
  return choices.length === actions.length ? choices : undefined;
}

/** The given prior of our choices, by choice number. */
function saidOf(
  actions: readonly Action[],
  choices: readonly number[],
  prior: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> {
  return new Map(actions.map((action, index) => [choices[index] ?? 0, prior.get(toChoice(action)) ?? 0]));
}

/** What the playouts found about each action, by its choice number. */
function summarize(
  numbered: readonly { readonly action: Action; readonly choice: number }[],
  own: ActionStats,
  trees: readonly WorldTree[],
  odds: number,
): Omit<SearchResult, 'playouts'> {
  const visitsOf = (choice: number): number => own.visits[choice] ?? 0;
  const total = numbered.reduce((sum, { choice }) => sum + visitsOf(choice), 0) || 1;
  const results = numbered.map(({ action, choice }): SearchedAction => {
    const visits = visitsOf(choice);
    const share = visits / total;
    const line = share >= LEAST_SHARE_WITH_LINE ? principalVariation(trees, choice) : '';
    return {
      action,
      share,
      value: visits > 0 ? withOdds((own.values[choice] ?? 0) / visits, odds) : 0,
      ...(line ? { line } : {}),
    };
  });
  const value = results.reduce((sum, { share, value: mean }) => sum + share * mean, 0);
  // On a tie the first legal action comes first.
  return { actions: results.sort((a, b) => b.share - a.share), value, replies: repliesOf(trees) };
}
