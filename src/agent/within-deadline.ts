import { type Action, toChoice } from '../battle/action.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import { redactSecrets, safeLine } from '../util/safe-text.ts';
import { timeLimit } from '../util/time-limit.ts';
import type { Agent, Decision, FallbackReason } from './agent.ts';
import { calcAgent } from './calc.ts';

/** How an agent is held to its deadline. */
export interface DecideOptions {
  /**
   * Plays when the agent fails.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
  /**
   * Ms of the turn kept back for the fallback.
   *
   * @default a quarter of the turn, at most 300 ms
   */
  readonly graceMs?: number;
  /** Ends the agent's thinking early; the fallback then chooses. */
  readonly signal?: AbortSignal;
}

interface Failure {
  readonly reason: FallbackReason;
  readonly detail: string;
}

type Attempt = { readonly decision: Decision } | { readonly failure: Failure };

/**
 * Lets an agent decide and guarantees a legal decision before `turn.clock.turnMs` has passed, whatever the agent does.
 * The agent sees the time without the fallback's slice; when only that slice is left, its signal is aborted, and a late
 * answer is ignored. When it is late, throws or answers with an illegal action, the fallback's choice is played and the
 * reason recorded; if the fallback fails too, the first legal action is played. Only an agent that blocks the thread
 * can delay the answer.
 *
 * Never rejects.
 */
export async function decideWithin(
  agent: Agent,
  turn: DecisionContext,
  { fallback = calcAgent, signal, ...options }: DecideOptions = {},
): Promise<Decision> {
  const start = performance.now();
  const { turnMs } = turn.clock;
  const graceMs = options.graceMs ?? Math.min(300, turnMs / 4);

  const first = await attempt(agent, turn, turnMs - graceMs, signal);
  if ('decision' in first) return first.decision;
  const { reason, detail } = first.failure;

  const second = await attempt(fallback, turn, turnMs - (performance.now() - start));
  if ('decision' in second) {
    return { ...second.decision, fallback: { reason, detail, agent: fallback.name } };
  }
  const why = `${detail}; then ${fallback.name}: ${second.failure.detail}`;
  return { action: turn.actions[0] as Action, fallback: { reason, detail: why, agent: 'first-legal' } };
}

/** One agent's attempt, which settles within `ms`. */
function attempt(agent: Agent, turn: DecisionContext, ms: number, outer?: AbortSignal): Promise<Attempt> {
  if (!(ms > 0)) return Promise.resolve(failed('deadline', 'no time left'));
  if (outer?.aborted) return Promise.resolve(failed('deadline', whyEnded(outer)));
  return new Promise((resolve) => {
    const limit = timeLimit(ms, outer, () => {
      resolve(failed('deadline', outer?.aborted ? whyEnded(outer) : `no answer within ${Math.round(ms)} ms`));
    });
    answer(agent, withTurnMs(turn, ms), limit.signal).then((result) => {
      limit.release();
      resolve(result);
    });
  });
}

/** Whether a signal has fired because the time is up, as `AbortSignal.timeout` does. */
export function isTimeUp({ reason }: AbortSignal): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

function whyEnded(signal: AbortSignal): string {
  return isTimeUp(signal) ? (signal.reason as DOMException).message : 'cancelled';
}

/** The same turn with another time for this decision, in ms; state and memory are still built on first use only. */
export function withTurnMs(turn: DecisionContext, turnMs: number): DecisionContext {
  const { battleId, request, actions, clock, random } = turn;
  return {
    battleId,
    request,
    actions,
    get state() {
      return turn.state;
    },
    get memory() {
      return turn.memory;
    },
    clock: { ...clock, turnMs },
    random,
  };
}

/** The agent's answer, checked; never rejects. */
async function answer(agent: Agent, turn: DecisionContext, signal: AbortSignal): Promise<Attempt> {
  try {
    const decision = await agent.decide(turn, signal);
    const choice = toChoice(decision.action);
    const action = turn.actions.find((legal) => toChoice(legal) === choice);
    if (action) return { decision: { ...decision, action } };
    return failed('illegal-action', `chose ${oneLine(choice)}, which is not legal now`);
  } catch (error) {
    return failed('agent-error', oneLine(error instanceof Error ? error.message : String(error)));
  }
}

function failed(reason: FallbackReason, detail: string): Attempt {
  return { failure: { reason, detail } };
}

function oneLine(text: string): string {
  return safeLine(redactSecrets(text));
}
