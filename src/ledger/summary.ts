import type { SideId } from '../battle/state.ts';
import { addUsage, NO_USAGE, type Usage } from '../model/language-model.ts';
import type { BattleResult, DecisionRecord } from './record.ts';

/** The part of a decision that a summary needs; keep only this when prompts would fill the memory. */
export type DecisionSummary = Pick<
  DecisionRecord,
  | 'side'
  | 'turn'
  | 'request'
  | 'choice'
  | 'legalActions'
  | 'fallback'
  | 'usage'
  | 'switching'
  | 'timing'
  | 'refused'
>;

/** What a summary needs of a decision, without its prompts. */
export function decisionSummary(record: DecisionRecord): DecisionSummary {
  const { side, turn, request, choice, legalActions, fallback, usage, switching, timing, refused } = record;
  return { side, turn, request, choice, legalActions, fallback, usage, switching, timing, refused };
}

/** One battle seen from one player. */
export interface PlayedBattle {
  /** The player to be summed up. */
  readonly side: SideId;
  /** Absent for a battle that never ended. */
  readonly result?: BattleResult;
  /** Those of the other side are left out. */
  readonly decisions: readonly DecisionSummary[];
}

/** What a player's battles came to. */
export interface Summary {
  readonly battles: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  readonly unfinished: number;
  /** Of all battles together, those broken off included. */
  readonly turns: number;
  readonly decisions: number;
  readonly usage: Usage;
  /** Of the decisions with more than one legal action; absent when there was none. In ms, to three digits. */
  readonly latencyMs?: { readonly p50: number; readonly p95: number };
  /** How often each reason made a fallback decide, most frequent first. */
  readonly fallbacks: readonly (readonly [reason: string, count: number])[];
  readonly switching: {
    /** Decisions to switch where a move could have been used. */
    readonly voluntary: number;
    /** Most voluntary switches in a row. */
    readonly longestRun: number;
    /** Voluntary switches that were to take more damage than staying; absent when the agent does not measure it. */
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

/** Without the choices that the server refused: the decision after each says so. */
function carriedOut(decisions: readonly DecisionSummary[]): readonly DecisionSummary[] {
  return decisions.filter(
    ({ choice }, index) => !decisions[index + 1]?.refused?.some((refused) => refused.choice === choice),
  );
}

/** Most decisions in a row only to switch, in one battle; forced switches neither count nor end a run. */
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

/** Counts of times in ms to three digits, so that any number of them needs little room. */
class TimeCounts {
  private readonly counts = new Map<number, number>();
  private total = 0;

  add(timeMs: number): void {
    const rounded = Number(timeMs.toPrecision(3));
    this.counts.set(rounded, (this.counts.get(rounded) ?? 0) + 1);
    this.total++;
  }

  /** Like {@link percentile}. */
  percentile(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(share * this.total));
    for (const [timeMs, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return timeMs;
    }
    return undefined;
  }
}

/** Sums up the battles of one player as they end, and keeps none of them. */
export class SummaryTally {
  private readonly outcomes = { battles: 0, wins: 0, losses: 0, ties: 0, unfinished: 0, turns: 0 };
  private readonly latencies = new TimeCounts();
  private readonly fallbacks = new Map<string, number>();
  private decisions = 0;
  private usage: Usage = NO_USAGE;
  private voluntary = 0;
  private longestRun = 0;
  private audits = 0;
  private intoMoreDamage = 0;

  /** Counts a battle. */
  add({ side, result, decisions }: PlayedBattle): void {
    const own = decisions.filter((decision) => decision.side === side);
    this.outcomes.battles++;
    this.outcomes.turns += result?.turns ?? decisions.at(-1)?.turn ?? 0;
    this.outcomes[outcomeOf(side, result)]++;
    for (const decision of own) this.decide(decision);
    const made = carriedOut(own);
    this.voluntary += made.filter(isVoluntarySwitch).length;
    this.longestRun = Math.max(this.longestRun, longestSwitchRun(made));
  }

  /** What the battles so far have come to. */
  get summary(): Summary {
    const { latencies, usage, voluntary, longestRun, audits, intoMoreDamage } = this;
    const p50 = latencies.percentile(0.5);
    const p95 = latencies.percentile(0.95);
    return {
      ...this.outcomes,
      decisions: this.decisions,
      usage,
      latencyMs: p50 === undefined || p95 === undefined ? undefined : { p50, p95 },
      fallbacks: [...this.fallbacks].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
      switching: { voluntary, longestRun, ...((audits > 0 || voluntary === 0) && { intoMoreDamage }) },
    };
  }

  private decide(decision: DecisionSummary): void {
    const { legalActions, fallback, usage, switching, timing } = decision;
    this.decisions++;
    if (legalActions > 1) this.latencies.add(timing.latencyMs);
    if (fallback) this.fallbacks.set(fallback.reason, (this.fallbacks.get(fallback.reason) ?? 0) + 1);
    if (usage) this.usage = addUsage(this.usage, usage);
    if (switching) this.audits++;
    if (switching?.intoMoreDamage) this.intoMoreDamage++;
  }
}

function outcomeOf(
  side: SideId,
  result: BattleResult | undefined,
): 'wins' | 'losses' | 'ties' | 'unfinished' {
  if (!result) return 'unfinished';
  if (result.winner === null) return 'ties';
  return result.winner === side ? 'wins' : 'losses';
}

/** Sums up the battles of one player. */
export function summarise(battles: readonly PlayedBattle[]): Summary {
  const tally = new SummaryTally();
  for (const battle of battles) tally.add(battle);
  return tally.summary;
}
