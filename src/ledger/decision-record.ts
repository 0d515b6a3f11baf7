import type { Decision } from '../agent/agent.ts';
import { type Action, describeAction, toChoice } from '../battle/action.ts';
import type { SideId } from '../battle/state.ts';
import type { DecisionContext } from '../memory/decision-context.ts';
import { DEFAULT_CHOICE, type DecisionRecord, LEDGER_VERSION } from './record.ts';

/** Everything that goes into a {@link DecisionRecord}. */
export interface DecisionFacts {
  readonly battleId: string;
  readonly side: SideId;
  readonly agent: string;
  /** Number of the turn, 0 before the first. */
  readonly turn: number;
  /** What the agent was asked. */
  readonly asked: Pick<DecisionContext, 'request' | 'actions' | 'clock'>;
  readonly decision: Decision;
  readonly latencyMs: number;
  /** Choices for this request that the server refused before this one. */
  readonly refused?: DecisionRecord['refused'];
}

/** Action words by choice string, written only for agents that voted or scored. */
function wordsOf(actions: readonly Action[]): (choice: string) => string {
  const words = new Map(actions.map((action) => [toChoice(action), describeAction(action)]));
  return (choice) => words.get(choice) ?? choice;
}

function votesAndScores(
  decision: Decision,
  actions: readonly Action[],
): Pick<DecisionRecord, 'votes' | 'scores' | 'scoreUnit'> {
  const { votes, scores, scoreUnit } = decision;
  if (!votes && !scores) return {};
  const words = wordsOf(actions);
  return {
    votes: votes?.map(({ choice, abstained, text }) => ({
      choice,
      words: choice === undefined ? undefined : words(choice),
      abstained,
      text,
    })),
    scores: scores?.map(({ choice, score, note }) => ({ choice, words: words(choice), score, note })),
    scoreUnit,
  };
}

/** The record of one decision, with everything measured on a clock under `timing`. */
export function decisionRecord(facts: DecisionFacts): DecisionRecord {
  const { asked, decision } = facts;
  const { prompt } = decision;
  return {
    version: LEDGER_VERSION,
    battleId: facts.battleId,
    side: facts.side,
    agent: facts.agent,
    turn: facts.turn,
    rqid: asked.request.rqid,
    request: asked.request.type,
    legalActions: asked.actions.length,
    choice: toChoice(decision.action),
    words: describeAction(decision.action),
    reasoning: decision.reasoning,
    ...votesAndScores(decision, asked.actions),
    playouts: decision.playouts,
    foreseen: decision.foreseen && [...decision.foreseen],
    fallback: decision.fallback,
    refused: facts.refused?.length ? facts.refused : undefined,
    switching: decision.switching,
    usage: decision.usage,
    prompt: prompt && { style: prompt.style, hash: prompt.hash, messages: [...prompt.messages] },
    timing: {
      latencyMs: facts.latencyMs,
      turnMs: asked.clock.turnMs,
      battleMs: asked.clock.battleMs,
      votesMs: decision.votes?.map((vote) => vote.latencyMs),
    },
  };
}

/** What is known about a choice that the server makes. */
export interface DefaultFacts
  extends Pick<DecisionRecord, 'battleId' | 'side' | 'agent' | 'turn' | 'rqid' | 'request' | 'legalActions'>,
    Pick<DecisionFacts, 'refused'> {
  /** Why the server chooses, in words. */
  readonly reason: string;
}

/** The record of a choice that the server makes in the agent's place. */
export function defaultRecord({ refused, reason, ...facts }: DefaultFacts): DecisionRecord {
  return {
    version: LEDGER_VERSION,
    ...facts,
    choice: DEFAULT_CHOICE,
    words: 'left to the server',
    fallback: { reason: 'server-default', detail: reason, agent: "server's default" },
    refused: refused?.length ? refused : undefined,
    timing: { latencyMs: 0, turnMs: 0 },
  };
}
