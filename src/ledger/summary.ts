import { otherSide, type SideId } from '../battle/state.ts';
import { addUsage, NO_USAGE, type Usage } from '../model/language-model.ts';
import { wilsonInterval } from '../util/wilson-interval.ts';
import { carriedOut, DecidedTally, decidedBySide, isOwnBattle } from './decided.ts';
import { type BattleResult, DEFAULT_CHOICE, type Decided, type DecisionRecord } from './record.ts';

/** The part of a decision that a summary needs; keep only this when prompts would fill the memory. */
export type DecisionSummary = Pick<
  DecisionRecord,
  | 'side'
  | 'agent'
  | 'turn'
  | 'request'
  | 'choice'
  | 'legalActions'
  | 'fallback'
  | 'usage'
  | 'playouts'
  | 'switching'
  | 'timing'
  | 'refused'
>;

/** Reduces a decision to what a summary needs, without its prompts. */
export function decisionSummary(record: DecisionRecord): DecisionSummary {
  const { side, agent, turn, request, choice, legalActions, fallback } = record;
  const { usage, playouts, switching, timing, refused } = record;
  const made = { usage, playouts, switching, timing, refused };
  return { side, agent, turn, request, choice, legalActions, fallback, ...made };
}

/** One battle from one player's point of view. */
export interface PlayedBattle {
  /** The player that the summary is about. */
  readonly side: SideId;
  /** Absent for a battle that never ended. */
  readonly result?: BattleResult;
  /** Of both sides, as far as they are known; empty when only the result was kept. */
  readonly decisions: readonly DecisionSummary[];
}

/** How often battles ended each way. */
export interface Outcomes {
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

/** The summary of a player's battles. */
export interface Summary extends Outcomes {
  /** Who made the player's decisions. */
  readonly decided: Decided;
  /** All battles; `wins`, `losses` and `ties` are those in which both agents decided for themselves. */
  readonly battles: number;
  /** Finished battles in which most of the player's decisions were made by another agent: they do not count. */
  readonly notOwn: Outcomes;
  /** Other battles in which that is true of the opponent, as far as its decisions are known. */
  readonly notOpponents: Outcomes;
  readonly unfinished: number;
  /** Share of the counted battles, with its 95% interval, 0–1; absent when there are none. */
  readonly winRate?: { readonly share: number; readonly low: number; readonly high: number };
  /** Total over all battles, including interrupted ones. */
  readonly turns: number;
  readonly decisions: number;
  readonly usage: Usage;
  /** Median over the decisions that a search made, to three digits; absent when there were none. */
  readonly playouts?: number;
  /** Of the decisions with more than one legal action; absent when there were none. In ms, to three digits. */
  readonly latencyMs?: { readonly p50: number; readonly p95: number };
  readonly switching: {
    /** Decisions to switch when a move could have been used. */
    readonly voluntary: number;
    /** Most voluntary switches in a row. */
    readonly longestRun: number;
    /**
     * Voluntary switches that were expected to take more damage than staying; absent when the agent does not measure
     * it.
     */
    readonly intoMoreDamage?: number;
  };
}

/**
 * The value below or at which a share of the values lies, by the nearest rank.
 *
 * @param share 0–1
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

function isVoluntarySwitch({ request, choice }: DecisionSummary): boolean {
  return request === 'move' && choice.split(', ').some((part) => part.startsWith('switch '));
}

/** Most decisions in a row that only switched, in one battle; forced switches neither count nor end a run. */
function longestSwitchRun(decisions: readonly DecisionSummary[]): number {
  let run = 0;
  let longest = 0;
  for (const decision of decisions) {
    if (decision.request !== 'move') continue;
    run = isVoluntarySwitch(decision) && !decision.choice.includes('move ') ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Counts of numbers, such as times in ms, to three digits, so that any number of them needs little memory. */
class Counts {
  private readonly counts = new Map<number, number>();
  private total = 0;

  add(value: number): void {
    const rounded = Number(value.toPrecision(3));
    this.counts.set(rounded, (this.counts.get(rounded) ?? 0) + 1);
    this.total++;
  }

  /** Like {@link percentile}. */
  percentile(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(share * this.total));
    for (const [value, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return value;
    }
    return undefined;
  }
}

/** Sums up the battles of one player as they end, without keeping them. */
export class SummaryTally {
  private readonly outcomes = { battles: 0, unfinished: 0, turns: 0, ...noOutcomes() };
  private readonly notOwn = noOutcomes();
  private readonly notOpponents = noOutcomes();
  private readonly decided = new DecidedTally();
  private readonly latencies = new Counts();
  private readonly playouts = new Counts();
  private decisions = 0;
  private usage: Usage = NO_USAGE;
  private voluntary = 0;
  private longestRun = 0;
  private audits = 0;
  private intoMoreDamage = 0;

  /** Counts a battle. */
  add(battle: PlayedBattle): void {
    const { side, result, decisions } = battle;
    const own = decisions.filter((decision) => decision.side === side);
    this.outcomes.battles++;
    this.outcomes.turns += result?.turns ?? decisions.at(-1)?.turn ?? 0;
    if (result) this[columnOf(battle)][outcomeOf(side, result)]++;
    else this.outcomes.unfinished++;
    const decided = decidedOf(battle)[side] ?? NOBODY;
    this.decided.add(decided);
    if (own.length === 0) this.decisions += decided.of;
    for (const decision of own) this.decide(decision);
    const made = carriedOut(own);
    this.voluntary += made.filter(isVoluntarySwitch).length;
    this.longestRun = Math.max(this.longestRun, longestSwitchRun(made));
  }

  /** The summary of the battles so far. */
  get summary(): Summary {
    const { latencies, usage, voluntary, longestRun, audits, intoMoreDamage } = this;
    const { notOwn, notOpponents } = this;
    const p50 = latencies.percentile(0.5);
    const p95 = latencies.percentile(0.95);
    return {
      decided: this.decided.decided,
      ...this.outcomes,
      notOwn: { ...notOwn },
      notOpponents: { ...notOpponents },
      winRate: winRateOf(this.outcomes),
      playouts: this.playouts.percentile(0.5),
      decisions: this.decisions,
      usage,
      latencyMs: p50 === undefined || p95 === undefined ? undefined : { p50, p95 },
      switching: { voluntary, longestRun, ...((audits > 0 || voluntary === 0) && { intoMoreDamage }) },
    };
  }

  private decide(decision: DecisionSummary): void {
    const { choice, legalActions, usage, playouts, switching, timing } = decision;
    this.decisions++;
    if (legalActions > 1 && choice !== DEFAULT_CHOICE) this.latencies.add(timing.latencyMs);
    if (playouts !== undefined) this.playouts.add(playouts);
    if (usage) this.usage = addUsage(this.usage, usage);
    if (switching) this.audits++;
    if (switching?.intoMoreDamage) this.intoMoreDamage++;
  }
}

function noOutcomes(): { -readonly [outcome in keyof Outcomes]: number } {
  return { wins: 0, losses: 0, ties: 0 };
}

function winRateOf({ wins, losses, ties }: Outcomes): Summary['winRate'] {
  const count = wins + losses + ties;
  if (count === 0) return undefined;
  const [low, high] = wilsonInterval(wins, count);
  return { share: wins / count, low, high };
}

/** No player had anything to decide. */
const NOBODY: Decided = { of: 0, own: 0, instead: [] };

/** Who decided in a battle, by side: taken from its result if that was kept. */
export function decidedOf({ result, decisions }: PlayedBattle): Partial<Record<SideId, Decided>> {
  return result?.decided ?? decidedBySide(decisions);
}

/** The table's column that a finished battle belongs to. */
export function columnOf(battle: PlayedBattle): 'outcomes' | 'notOwn' | 'notOpponents' {
  const { side } = battle;
  const decided = decidedOf(battle);
  const isOwn = (player: SideId): boolean => isOwnBattle(decided[player] ?? NOBODY);
  if (!isOwn(side)) return 'notOwn';
  return isOwn(otherSide(side)) ? 'outcomes' : 'notOpponents';
}

function outcomeOf(side: SideId, { winner }: BattleResult): keyof Outcomes {
  if (winner === null) return 'ties';
  return winner === side ? 'wins' : 'losses';
}

/** Sums up the battles of one player. */
export function summarise(battles: readonly PlayedBattle[]): Summary {
  const tally = new SummaryTally();
  for (const battle of battles) tally.add(battle);
  return tally.summary;
}
