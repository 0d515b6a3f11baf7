import type { Agent, Decision } from '../agent/agent.ts';
import { decideWithin, isTimeUp } from '../agent/within-deadline.ts';
import { type Action, toChoice } from '../battle/action.ts';
import { legalActions } from '../battle/legal-actions.ts';
import type { BattleRequest, ChoiceRequest } from '../battle/request.ts';
import type { BattleState, SideId } from '../battle/state.ts';
import { BattleTracker } from '../battle/tracker.ts';
import type { BattleLedger } from '../ledger/battle-ledger.ts';
import { decisionRecord, defaultRecord } from '../ledger/decision-record.ts';
import { DEFAULT_CHOICE, type DecisionRecord } from '../ledger/record.ts';
import type { BattleMemory, PastDecision } from '../memory/battle-memory.ts';
import type { DecisionClock, DecisionContext } from '../memory/decision-context.ts';
import type { Random } from '../util/random.ts';

/** The reason when a seat leaves the choice to the server. */
export const NO_ACTION = 'no action is left';

/** What a {@link Seat} is set up with. */
export interface SeatOptions {
  readonly battleId: string;
  readonly side: SideId;
  readonly format: string;
  readonly agent: Agent;
  /**
   * Decides when the agent fails.
   *
   * @default calcAgent
   */
  readonly fallback?: Agent;
  readonly ledger: BattleLedger;
  /** The stream that all of this seat's decisions draw from. */
  readonly random: Random;
  /** Called for each decision after it is in the ledger. */
  readonly onDecision?: (record: DecisionRecord) => void;
  /** Called for protocol lines that could not be followed; the battle goes on without them. */
  readonly onProblem?: (problem: { readonly line: string; readonly error: unknown }) => void;
}

/** A seat's answer to a request. */
export interface SeatChoice {
  /**
   * For `/choose`. {@link DEFAULT_CHOICE} leaves the choice to the server when nothing else is left; the caller that
   * sends it records it ({@link Seat.noteDefault}).
   */
  readonly choice: string;
  readonly rqid?: number;
}

/**
 * One side of a running battle, wherever it runs: takes that side's protocol lines, lets its agent decide when asked,
 * and writes both to the ledger.
 */
export class Seat {
  private readonly options: SeatOptions;
  private readonly tracker: BattleTracker;
  private readonly decisions: PastDecision[] = [];
  private readonly refusals: { choice: string; message: string }[] = [];
  private decided = 0;
  /** The last decision's score of each action, by choice string, and the agent that made it. */
  private scores: ReadonlyMap<string, number> = new Map();
  private decider: string;

  constructor(options: SeatOptions) {
    this.options = options;
    this.decider = options.agent.name;
    const { side, format, ledger, onProblem } = options;
    this.tracker = new BattleTracker({
      side,
      format,
      ...(onProblem ? { onProblem } : {}),
      onTurnEnd: (turn) => ledger.turnEnd(turn, this.tracker),
    });
  }

  /** What this side knows. */
  get state(): BattleState {
    return this.tracker.state;
  }

  /** What this side remembers. */
  get memory(): BattleMemory {
    return { turns: this.tracker.turns, decisions: this.decisions };
  }

  /** The request last received. */
  get request(): BattleRequest | undefined {
    return this.tracker.request;
  }

  /** Whether the server is waiting for this side. */
  get isAsked(): boolean {
    return this.openRequest !== undefined;
  }

  /**
   * Takes one line of this side's view, `|request|` lines included.
   *
   * @param request the content of a `|request|` line, when it has been parsed already
   */
  line(line: string, request?: BattleRequest): void {
    this.options.ledger.line(this.options.side, line);
    this.tracker.add(line, request);
  }

  /**
   * Resumes an interrupted battle.
   *
   * @param lines what this side had seen; already in the ledger, and not written again
   * @param records what it had decided
   */
  restore(lines: readonly string[], records: readonly DecisionRecord[]): void {
    const made = new Map(records.map((record) => [record.rqid, record]));
    for (const line of lines) {
      this.tracker.add(line);
      const request = line.startsWith('|request|') ? this.openRequest : undefined;
      const record = request?.rqid === undefined ? undefined : made.get(request.rqid);
      if (!request || !record) continue;
      this.tracker.settle();
      const action = legalActions(request).find((legal) => toChoice(legal) === record.choice);
      const intoMoreDamage = record.switching?.intoMoreDamage;
      const forced = request.type === 'switch';
      const { turn, foreseen } = record;
      if (action) this.decisions.push({ turn, action, forced, intoMoreDamage, foreseen });
    }
    this.decided = records.length;
  }

  /**
   * Lets the agent answer the open request.
   *
   * @param signal means that no answer is wanted any more or, if its reason is a `TimeoutError`, that the time is up:
   * then the fallback answers
   * @returns undefined when nothing is asked, or no longer
   */
  async decide(clock: DecisionClock, signal?: AbortSignal): Promise<SeatChoice | undefined> {
    const request = this.openRequest;
    if (!request) return undefined;
    this.tracker.settle();
    if (!request.update) this.refusals.length = 0;
    const actions = this.open(legalActions(request));
    if (actions.length === 0) return { choice: DEFAULT_CHOICE, rqid: request.rqid };
    const turn = this.turn(request, actions, clock);
    const start = performance.now();
    const decision = await decideWithin(this.options.agent, turn, {
      fallback: this.options.fallback,
      signal,
    });
    if (signal?.aborted && !isTimeUp(signal)) return undefined;
    return this.commit(turn, decision, performance.now() - start);
  }

  /**
   * Answers again after the server refused the last choice and left the request open (`[Invalid choice]`): with the
   * legal action that the agent rated next, without asking it again.
   *
   * @param choice the refused choice
   * @param message the reason in the server's words
   */
  refuse(choice: string, message: string, clock: DecisionClock): SeatChoice {
    this.noteRefusal(choice, message);
    const request = this.openRequest;
    const actions = request ? legalActions(request) : [];
    const action = this.bestOf(this.open(actions));
    if (!request || !action) return { choice: DEFAULT_CHOICE, rqid: request?.rqid };
    const fallback = { reason: 'refused-choice', detail: message, agent: this.decider } as const;
    return this.commit(this.turn(request, actions, clock), { action, fallback }, 0);
  }

  /**
   * Remembers that the server refused a choice: the next {@link Seat.decide} will not offer it again, and it does not
   * count as something this side has done.
   */
  noteRefusal(choice: string, message: string): void {
    this.refusals.push({ choice, message });
    const last = this.decisions.at(-1);
    if (last && toChoice(last.action) === choice) this.decisions.pop();
  }

  /**
   * Records that the server chooses in this side's place.
   *
   * @param reason the reason in words
   * @param rqid number of the request that it answers, when it is not the one last received, or that one could not be
   * read
   */
  noteDefault(reason: string, rqid = this.openRequest?.rqid): void {
    const { battleId, side, agent, ledger, onDecision } = this.options;
    const request = this.openRequest?.rqid === rqid ? this.openRequest : undefined;
    const record = defaultRecord({
      battleId,
      side,
      agent: agent.name,
      turn: this.tracker.turn,
      rqid,
      request: request?.type ?? 'unknown',
      legalActions: request ? legalActions(request).length : 0,
      refused: request && [...this.refusals],
      reason,
    });
    ledger.decision(record);
    this.decided++;
    onDecision?.(record);
  }

  /** The actions that were not refused. */
  private open(actions: readonly Action[]): readonly Action[] {
    if (this.refusals.length === 0) return actions;
    const refused = new Set(this.refusals.map(({ choice }) => choice));
    return actions.filter((action) => !refused.has(toChoice(action)));
  }

  /** The action that the last decision rated highest; on a tie, and without ratings, the first. */
  private bestOf([first, ...others]: readonly Action[]): Action | undefined {
    const scoreOf = (action: Action): number => this.scores.get(toChoice(action)) ?? Number.NEGATIVE_INFINITY;
    return first && others.reduce((best, action) => (scoreOf(action) > scoreOf(best) ? action : best), first);
  }

  private get openRequest(): ChoiceRequest | undefined {
    const { request } = this.tracker;
    return request && request.type !== 'wait' ? request : undefined;
  }

  private turn(request: ChoiceRequest, actions: readonly Action[], clock: DecisionClock): DecisionContext {
    const seat = this;
    return {
      battleId: this.options.battleId,
      request,
      actions,
      get state() {
        return seat.state;
      },
      get memory() {
        return seat.memory;
      },
      clock,
      random: this.options.random.stream(`decision-${this.decided}`),
    };
  }

  private commit(turn: DecisionContext, decision: Decision, latencyMs: number): SeatChoice {
    const number = this.tracker.turn;
    const record = decisionRecord({
      battleId: turn.battleId,
      side: this.options.side,
      agent: this.options.agent.name,
      turn: number,
      asked: turn,
      decision,
      latencyMs,
      refused: [...this.refusals],
    });
    this.options.ledger.decision(record);
    if (decision.scores) this.scores = new Map(decision.scores.map(({ choice, score }) => [choice, score]));
    this.decider = decision.fallback?.agent ?? this.options.agent.name;
    this.decided++;
    this.decisions.push({
      turn: number,
      action: decision.action,
      forced: turn.request.type === 'switch',
      intoMoreDamage: decision.switching?.intoMoreDamage,
      foreseen: decision.foreseen,
    });
    this.options.onDecision?.(record);
    return { choice: toChoice(decision.action), rqid: turn.request.rqid };
  }
}
