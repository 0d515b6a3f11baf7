import { toChoice } from '../../battle/action.ts';
import { assessTurn } from '../../knowledge/assess-turn.ts';
import type { TurnAssessment } from '../../knowledge/assessment.ts';
import type { DecisionContext } from '../../memory/decision-context.ts';
import type { LanguageModel, Usage } from '../../model/language-model.ts';
import { checkStyle } from '../../observation/check-style.ts';
import type { Candidate } from '../../observation/prompt.ts';
import { renderPrompt } from '../../observation/render-prompt.ts';
import { SEARCH_DEFAULTS } from '../../search/defaults.ts';
import { isSearchable, search } from '../../search/search.ts';
import { redactSecrets, safeLine } from '../../util/safe-text.ts';
import { timeLimit } from '../../util/time-limit.ts';
import type { Agent, Decision } from '../agent.ts';
import { calcAgent } from '../calc.ts';
import type { SearchAgentOptions } from '../search-agent.ts';
import { decideWithin, withTurnMs } from '../within-deadline.ts';
import { type Unusable, votedFor, whyNoVotes } from './ballot.ts';
import type { StrategyResult } from './consultation.ts';
import { openModelLine } from './model-line.ts';
import { strategyNamed } from './strategy.ts';
import type { StrategyName } from './strategy-names.ts';
import { auditSwitch } from './switch-guard.ts';

/** Which model plays, and how it is asked. */
export interface LLMAgentOptions {
  /** @default `llm:` and the model's id */
  readonly name?: string;
  readonly model: LanguageModel;
  readonly strategy: StrategyName;
  /** Name of a folder in `prompts/`, or path of one like them. */
  readonly promptStyle: string;
  /** Samples that vote (self-consistency), or actions that are compared (tree-of-thought). */
  readonly votes: number;
  /**
   * Decides when no answer of the model can be used.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
  /**
   * How the strategy `look-ahead` searches.
   *
   * @default as the agent `search` does
   */
  readonly lookAhead?: Omit<SearchAgentOptions, 'name' | 'fallback'>;
  /**
   * Most tokens of one sample.
   *
   * @default by the kind of question, 200 to 800
   */
  readonly maxTokens?: number;
  /** @default 0, and 0.7 for samples that vote */
  readonly temperature?: number;
}

/** The least time reserved for the fallback, in ms and as a share of the turn. */
const RESERVE_MS = 50;
const RESERVE_SHARE = 0.05;
/** The most extra time remembered, in ms, and the share of it kept from turn to turn. */
const MOST_NEED_MS = 1000;
const FORGETTING = 0.9;

/** A search needs at least this much time, in ms. */
const LEAST_SEARCH_MS = 20;
/** The largest share of the turn reserved for a search. */
const MOST_SEARCH_SHARE = 0.25;

/** Moments on the clock of `performance.now()`. */
interface TurnPlan {
  /** When the model's time is up. */
  readonly deadline: number;
  /** When a search must be done. */
  readonly searched: number;
  /** When the turn's time is up. */
  readonly end: number;
}

/** The outcome of asking the model in one turn. */
interface Consulted {
  readonly usage: Usage;
  readonly assessment?: TurnAssessment;
  readonly result?: StrategyResult;
  /** Why there is no result. */
  readonly failure?: Unusable;
}

/**
 * An agent that asks a language model. It shows the model the turn, lets the strategy find an action, and plays it;
 * when no answer of the model can be used, the fallback decides and the decision says why. When only one action is
 * legal the model is not asked. It never rejects, and stops asking while the fallback still has time to decide.
 *
 * @throws {UserError} when there is no such prompt style, or its templates cannot be filled in
 * @example createLLMAgent({ model, strategy: 'self-consistency', promptStyle: 'grounded', votes: 5 })
 */
export function createLLMAgent(options: LLMAgentOptions): Agent {
  const { model, votes, promptStyle, fallback = calcAgent, maxTokens, temperature } = options;
  const strategy = strategyNamed(options.strategy);
  checkStyle(promptStyle);
  const { thinkMs = SEARCH_DEFAULTS.thinkMs, ...settings } = options.lookAhead ?? {};
  const searchMs = options.strategy === 'look-ahead' ? thinkMs : 0;
  /** The most time that recent decisions took after the model's time was up, in ms. */
  let recentNeedMs = 0;

  /** Plans a turn: the fallback gets more time if it, or the machine, has been slow lately. */
  function plan(turnMs: number): TurnPlan {
    recentNeedMs *= FORGETTING;
    const end = performance.now() + turnMs;
    const reserve = Math.max(RESERVE_MS, RESERVE_SHARE * turnMs, 2 * recentNeedMs);
    const searched = end - Math.min(reserve, turnMs / 2);
    return { deadline: searched - Math.min(searchMs, MOST_SEARCH_SHARE * turnMs), searched, end };
  }

  async function consult(turn: DecisionContext, times: TurnPlan, signal: AbortSignal): Promise<Consulted> {
    const { deadline } = times;
    const limit = timeLimit(deadline - performance.now(), signal);
    const over = new AbortController();
    const line = openModelLine({
      model,
      random: turn.random,
      signal: AbortSignal.any([limit.signal, over.signal]),
      deadline,
      maxTokens,
      temperature,
      queue: turn.battleId,
    });
    let assessment: TurnAssessment | undefined;
    try {
      const { state, request, actions, memory } = turn;
      const facts = { state, request, actions, memory, assessment: assessTurn(state, memory.turns) };
      assessment = facts.assessment;
      const result = await strategy({
        line,
        votes,
        render: (question) => renderPrompt(promptStyle, { ...facts, question }),
        breakTie: async (tied) => preferred(tied, await askFallback(turn, times)),
        lookAhead: isSearchable(turn)
          ? async (prior, foe) => {
              const mostMs = settings.playouts === undefined ? searchMs : Number.POSITIVE_INFINITY;
              const timeMs = Math.min(times.searched - performance.now(), mostMs);
              if (timeMs < LEAST_SEARCH_MS) return undefined;
              return search(turn, { ...settings, prior, foe, timeMs, signal });
            }
          : undefined,
      });
      return { usage: line.usage, assessment, result };
    } catch (error) {
      const detail = safeLine(redactSecrets(error instanceof Error ? error.message : String(error)));
      return { usage: line.usage, assessment, failure: { reason: 'agent-error', detail } };
    } finally {
      over.abort();
      limit.release();
    }
  }

  async function askFallback(turn: DecisionContext, { deadline, end }: TurnPlan): Promise<Decision> {
    const start = performance.now();
    // If the thread was too busy to notice the end of the model's time, the fallback still gets its minimum.
    const turnMs = Math.max(end - start, RESERVE_MS);
    const decision = await decideWithin(fallback, withTurnMs(turn, turnMs), { fallback });
    const needMs = performance.now() - Math.min(start, deadline);
    recentNeedMs = Math.max(recentNeedMs, Math.min(needMs, MOST_NEED_MS));
    return decision;
  }

  return {
    name: options.name ?? `llm:${model.id}`,
    async decide(turn, signal) {
      const [only] = turn.actions;
      if (only && turn.actions.length === 1) return { action: only };

      const times = plan(turn.clock.turnMs);
      const { usage, assessment, result, failure } = await consult(turn, times, signal);
      let decision = result && ownDecision(result);
      if (!decision) {
        const why = failure ?? whyNoVotes(result?.ballots ?? []);
        const instead = await askFallback(turn, times);
        // If even the fallback failed, `decideWithin` records which agent decided.
        decision = { ...instead, fallback: { ...why, agent: instead.fallback?.agent ?? fallback.name } };
      }
      return {
        ...decision,
        ...(result && whatWasSaid(result)),
        usage,
        switching: auditSwitch(decision.action, turn, assessment),
      };
    },
  };
}

/** The candidate that an agent scores highest; on a tie the first. */
function preferred(tied: readonly Candidate[], { action, scores = [] }: Decision): Candidate | undefined {
  const scoreOf = (candidate: Candidate): number => {
    const choice = toChoice(candidate.action);
    if (scores.length === 0) return Number(choice === toChoice(action));
    return scores.find((rated) => rated.choice === choice)?.score ?? -Number.MAX_VALUE;
  };
  return [...tied].sort((a, b) => scoreOf(b) - scoreOf(a))[0];
}

/** The model's decision; undefined when there is none. */
function ownDecision(result: StrategyResult): Decision | undefined {
  const { candidate, ballots, scores, scoreUnit, playouts, reasoning: why } = result;
  if (!candidate) return undefined;
  const winning = ballots.find((ballot) => votedFor(ballot)?.number === candidate.number);
  const reasoning = why ?? (winning?.kind === 'vote' ? winning.reasoning : undefined);
  return { action: candidate.action, reasoning, scores, scoreUnit, playouts };
}

function whatWasSaid({ ballots, prompt }: StrategyResult): Pick<Decision, 'votes' | 'prompt'> {
  const { style, hash, messages } = prompt;
  return { votes: ballots.map(({ vote }) => vote), prompt: { style, hash, messages } };
}
