import type { SideId } from '../battle/state.ts';
import { addUsage, NO_USAGE, type Usage } from '../model/language-model.ts';
import type { BattleResult, DecisionRecord } from './record.ts';

/** The part of a decision that a summary needs; keep only this when prompts would fill the memory. */
export type DecisionSummary = Pick<
  DecisionRecord,
  'side' | 'request' | 'choice' | 'legalActions' | 'fallback' | 'usage' | 'switching' | 'timing'
>;

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
  /** Of all finished battles together. */
  readonly turns: number;
  readonly decisions: number;
  readonly usage: Usage;
  /** Of the decisions with more than one legal action; absent when there was none. In ms. */
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

function countFallbacks(decisions: readonly DecisionSummary[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { fallback } of decisions) {
    if (fallback) counts.set(fallback.reason, (counts.get(fallback.reason) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function isVoluntarySwitch({ request, choice }: DecisionSummary): boolean {
  return request === 'move' && choice.split(', ').some((part) => part.startsWith('switch '));
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

/** Sums up the battles of one player. */
export function summarise(battles: readonly PlayedBattle[]): Summary {
  const own = battles.map(({ side, decisions }) => decisions.filter((decision) => decision.side === side));
  const decisions = own.flat();
  const voluntary = decisions.filter(isVoluntarySwitch).length;
  const audits = decisions.flatMap(({ switching }) => switching ?? []);
  const finished = battles.flatMap(({ side, result }) => (result ? [{ side, ...result }] : []));
  const latencies = decisions
    .filter((decision) => decision.legalActions > 1)
    .map((decision) => decision.timing.latencyMs);
  const p50 = percentile(latencies, 0.5);
  const p95 = percentile(latencies, 0.95);
  const wins = finished.filter(({ side, winner }) => winner === side).length;
  const ties = finished.filter(({ winner }) => winner === null).length;
  return {
    battles: battles.length,
    wins,
    losses: finished.length - wins - ties,
    ties,
    unfinished: battles.length - finished.length,
    turns: finished.reduce((sum, { turns }) => sum + turns, 0),
    decisions: decisions.length,
    usage: decisions.reduce((sum, { usage }) => (usage ? addUsage(sum, usage) : sum), NO_USAGE),
    latencyMs: p50 === undefined || p95 === undefined ? undefined : { p50, p95 },
    fallbacks: countFallbacks(decisions),
    switching: {
      voluntary,
      longestRun: Math.max(0, ...own.map(longestSwitchRun)),
      ...((audits.length > 0 || voluntary === 0) && {
        intoMoreDamage: audits.filter((audit) => audit.intoMoreDamage).length,
      }),
    },
  };
}
