import { toChoice } from '../battle/action.ts';
import { SEARCH_DEFAULTS } from '../search/defaults.ts';
import { prepareWorlds } from '../search/determinization/prepare-worlds.ts';
import { type SearchOptions, type SearchResult, search } from '../search/search.ts';
import type { Agent, Decision } from './agent.ts';

export interface SearchAgentOptions extends SearchOptions {
  /** Default: `search`. */
  readonly name?: string;
  /** Ms a decision may take, never more than the clock allows; with `iterations` only the clock counts. Default: 100. */
  readonly thinkMs?: number;
  /** Decides where the search cannot: doubles, team preview, reviving. */
  readonly fallback: Agent;
}

/** Share of a turn's time that it uses at most. */
const MOST_OF_TURN = 0.8;

/** Replies of the foe that a decision keeps. */
const TOLD_REPLIES = 12;

/**
 * An agent that looks ahead with its own model of a turn, over worlds that fit what its side knows. It plays the action
 * that most of the search went into. With `iterations` its decisions depend on the seed alone.
 *
 * @example createSearchAgent({ thinkMs: 500, fallback: calcAgent })
 */
export function createSearchAgent(options: SearchAgentOptions): Agent {
  const { name = 'search', fallback, iterations, thinkMs = SEARCH_DEFAULTS.thinkMs } = options;
  const mostMs = iterations === undefined ? thinkMs : Number.POSITIVE_INFINITY;
  return {
    name,
    async onBattleStart({ format }) {
      prepareWorlds(format);
    },
    async decide(turn, signal) {
      const until = performance.now() + Math.min(mostMs, MOST_OF_TURN * turn.clock.turnMs);
      const [only] = turn.actions;
      if (only && turn.actions.length === 1) return { action: only };
      const result = await search(turn, options, until, signal);
      if (result) return decisionOf(result);
      const detail = 'a search has no notion of such a decision';
      return {
        ...(await fallback.decide(turn, signal)),
        fallback: { reason: 'unsupported', detail, agent: fallback.name },
      };
    },
  };
}

function decisionOf({ actions, value, iterations, replies }: SearchResult): Decision {
  const [best] = actions;
  if (!best) throw new RangeError('Expected a search over at least one action');
  const line = best.line ? `: ${best.line}` : '';
  return {
    action: best.action,
    reasoning: `${percent(value)} to win after ${iterations} playouts${line}`,
    playouts: iterations,
    foreseen: replies.slice(0, TOLD_REPLIES),
    scores: actions.map(({ action, share, value: mean }) => ({
      choice: toChoice(action),
      score: share,
      note: share > 0 ? `${percent(mean)} to win` : 'not looked at',
    })),
    scoreUnit: 'share of playouts',
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
