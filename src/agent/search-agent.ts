import { toChoice } from '../battle/action.ts';
import { SEARCH_DEFAULTS } from '../search/defaults.ts';
import { prepareWorlds } from '../search/determinization/prepare-worlds.ts';
import { type SearchOptions, type SearchResult, search } from '../search/search.ts';
import { percent } from '../util/percent.ts';
import type { Agent, Decision } from './agent.ts';
import { calcAgent } from './calc.ts';

/** Settings of {@link createSearchAgent}. */
export interface SearchAgentOptions extends Omit<SearchOptions, 'timeMs' | 'signal'> {
  /** @default `search` */
  readonly name?: string;
  /**
   * Most ms for a decision, never more than the clock allows; with `playouts` only the clock counts.
   *
   * @default 100
   */
  readonly thinkMs?: number;
  /**
   * Decides when the search cannot: doubles, team preview, reviving.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
}

/** Largest share of a turn's time that it uses. */
const MOST_OF_TURN = 0.8;

/** Most replies of the opponent that a decision keeps. */
const MOST_REPLIES = 12;

/**
 * An agent that looks ahead with its own model of a turn, over worlds that fit what its side knows. It plays the action
 * with the largest share of the playouts. With `playouts` its decisions depend on the seed alone.
 *
 * @example createSearchAgent({ thinkMs: 500 })
 */
export function createSearchAgent(options: SearchAgentOptions = {}): Agent {
  const { name = 'search', fallback = calcAgent, playouts, thinkMs = SEARCH_DEFAULTS.thinkMs } = options;
  const mostMs = playouts === undefined ? thinkMs : Number.POSITIVE_INFINITY;
  return {
    name,
    async onBattleStart({ format }) {
      prepareWorlds(format);
    },
    async decide(turn, signal) {
      const [only] = turn.actions;
      if (only && turn.actions.length === 1) return { action: only };
      const timeMs = Math.min(mostMs, MOST_OF_TURN * turn.clock.turnMs);
      const result = await search(turn, { ...options, timeMs, signal });
      if (result) return decisionOf(result);
      const detail = 'a search has no notion of such a decision';
      return {
        ...(await fallback.decide(turn, signal)),
        fallback: { reason: 'unsupported', detail, agent: fallback.name },
      };
    },
  };
}

function decisionOf({ actions, value, playouts, replies }: SearchResult): Decision {
  const [best] = actions;
  if (!best) throw new RangeError('Expected a search over at least one action');
  const line = best.line ? `: ${best.line}` : '';
  return {
    action: best.action,
    reasoning: `${percent(value)} to win after ${playouts} playouts${line}`,
    playouts,
    foreseen: replies.slice(0, MOST_REPLIES),
    scores: actions.map(({ action, share, value: mean }) => ({
      choice: toChoice(action),
      score: share,
      note: share > 0 ? `${percent(mean)} to win` : 'not looked at',
    })),
    scoreUnit: 'share of playouts',
  };
}
