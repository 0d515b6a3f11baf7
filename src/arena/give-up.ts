import type { Agent, FallbackReason } from '../agent/agent.ts';
import { causeWords, madeInstead } from '../ledger/decided.ts';
import type { DecisionRecord } from '../ledger/record.ts';
import { safeLine } from '../util/safe-text.ts';

/** The parts of a decision that matter here. */
type CountedDecision = Pick<DecisionRecord, 'battleId' | 'agent' | 'legalActions' | 'fallback'>;

/** Watches whether agents still decide for themselves. */
export interface GiveUp {
  /** Fires when one has not for too long. */
  readonly signal: AbortSignal;
  /** Why, in one line; undefined until the signal has fired. */
  readonly reason: string | undefined;
  /** Counts a decision of any agent, of any battle. */
  decision(record: CountedDecision): void;
  /**
   * Counts the decisions that an earlier run made in a battle that now continues; those of a known battle are already
   * counted. They alone are no reason to give up: the problem may be fixed, and the next decision will show.
   */
  recall(records: readonly CountedDecision[]): void;
  /** The agent until the signal has fired; from then on the fallback decides at once, and the decision says why. */
  guarded(agent: Agent, fallback: Agent): Agent;
}

/** Reasons that do not show whether the agent works. */
const NO_SIGN: ReadonlySet<string> = new Set<FallbackReason>(['unsupported', 'given-up', 'server-default']);

/**
 * Gives up once an agent has failed to decide for itself this many times in a row, as a model does whose server is
 * gone. Decisions between fewer than two actions do not count.
 *
 * @param after how many decisions in a row
 */
export function createGiveUp(after: number): GiveUp {
  const controller = new AbortController();
  const streaks = new Map<string, number>();
  /** Ids of battles with a decision. */
  const battles = new Set<string>();
  let reason: string | undefined;
  /** Counts a decision; returns which agent made it instead, if that counts against the agent. */
  const count = (record: CountedDecision): CountedDecision['fallback'] => {
    const { battleId, agent, legalActions } = record;
    battles.add(battleId);
    const instead = madeInstead(record);
    if (legalActions <= 1 || (instead && NO_SIGN.has(instead.reason))) return undefined;
    streaks.set(agent, instead ? (streaks.get(agent) ?? 0) + 1 : 0);
    return instead;
  };
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    decision(record) {
      const { agent } = record;
      const instead = count(record);
      if (!instead || (streaks.get(agent) ?? 0) < after || reason !== undefined) return;
      const last = `${causeWords(instead.reason)}: ${safeLine(instead.detail, 300)}`;
      reason = `${agent} has made none of the last ${after} decisions, so no more is played (the last one: ${last})`;
      controller.abort();
    },
    recall(records) {
      const isNew = records.filter(({ battleId }) => !battles.has(battleId));
      for (const record of isNew) count(record);
    },
    guarded(agent, fallback) {
      return {
        name: agent.name,
        async decide(turn, signal) {
          if (reason === undefined) return agent.decide(turn, signal);
          const instead = { reason: 'given-up', detail: reason, agent: fallback.name } as const;
          return { ...(await fallback.decide(turn, signal)), fallback: instead };
        },
        onBattleStart: async (start) => agent.onBattleStart?.(start),
        onBattleEnd: async (end) => agent.onBattleEnd?.(end),
      };
    },
  };
}
