import { decidedWords } from '../ledger/decided.ts';
import type { EndedBy } from '../ledger/record.ts';
import type { Outcomes, PlayedBattle, Summary } from '../ledger/summary.ts';
import type { Budget } from '../model/budget.ts';

/**
 * One finished battle of many, e.g. ` 12/100  win   31 turns  replays/gen9randombattle-7-12`.
 *
 * @param battle with the last turn of an unfinished one, and who ended it without a result
 * @param whose says for whom the battle does not count; its outcome is then in brackets
 */
export function battleLine(
  battle: PlayedOutcome & { readonly folder: string; readonly lastTurn?: number },
  done: number,
  all: number,
  whose: string | undefined,
): string {
  const count = `${String(done).padStart(String(all).length)}/${all}`;
  const turns = `${String(battle.result?.turns ?? battle.lastTurn ?? 0).padStart(4)} turns`;
  const outcome = whose === undefined ? outcomeOf(battle) : `(${outcomeOf(battle)})`;
  const note = whose === undefined ? '' : `  ${whose}`;
  return `${count}  ${outcome.padEnd(7)} ${turns}  ${battle.folder}${note}`;
}

/** The outcome of a battle; `endedBy` for one without a result. */
type PlayedOutcome = Omit<PlayedBattle, 'decisions'> & { readonly endedBy?: EndedBy };

const WITHOUT_RESULT = { server: 'by the server', player: 'given up', nobody: 'stopped' } as const;

function outcomeOf({ result, endedBy, side }: PlayedOutcome): string {
  if (!result) return WITHOUT_RESULT[endedBy ?? 'nobody'];
  if (result.winner === null) return 'tie';
  return result.winner === side ? 'win' : 'loss';
}

/** One of the two players of a series in its summary. */
export interface SummarisedPlayer {
  readonly name: string;
  /** Its name in texts about who decided; see `deciderNames`. */
  readonly decider: string;
  /** Absent for a player who is not ours. */
  readonly summary?: Summary;
}

/** Why a battle does not count; undefined when it does. */
export function notWhose(
  column: 'outcomes' | 'notOwn' | 'notOpponents',
  decider: string,
  opponent: string,
): string | undefined {
  if (column === 'outcomes') return undefined;
  return `not ${column === 'notOwn' ? decider : opponent}'s`;
}

/** A series in a few lines, from the first player's point of view; the first lines say who decided. */
export function summaryLines(
  { name, decider, summary }: SummarisedPlayer & { readonly summary: Summary },
  opponent: SummarisedPlayer,
  budget: Budget | undefined,
): string[] {
  const { wins, losses, ties, unfinished, turns, latencyMs, notOwn, notOpponents } = summary;
  const others = [
    ties > 0 ? `${ties} tied` : '',
    unfinished > 0 ? `${unfinished} unfinished` : '',
    uncounted(notOwn, `not ${decider}'s`),
    uncounted(notOpponents, `not ${opponent.decider}'s`),
  ];
  const lines = [
    ...decidedLine(decider, summary),
    ...decidedLine(opponent.decider, opponent.summary),
    [`${name} won ${wins} and lost ${losses} against ${opponent.name}${winRate(summary)}`, ...others]
      .filter(Boolean)
      .join(', '),
    `${turns} turns, ${summary.decisions} decisions${withoutChoice(summary)}`,
  ];
  if (latencyMs) {
    lines.push(`Time a decision: median ${ms(latencyMs.p50)}, 95% within ${ms(latencyMs.p95)}`);
  }
  lines.push(...effortLines(summary));
  if (opponent.summary)
    lines.push(...effortLines(opponent.summary).map((line) => `${opponent.name}: ${line}`));
  if (budget?.exhausted) lines.push('The budget was spent: from then on the fallback played');
  const { voluntary, longestRun, intoMoreDamage } = summary.switching;
  if (longestRun > 0) {
    const worse = intoMoreDamage === undefined ? '' : `, ${intoMoreDamage} into more damage than staying`;
    lines.push(`Switches by choice: ${voluntary}, at most ${longestRun} in a row${worse}`);
  }
  return lines;
}

function decidedLine(decider: string, summary: Summary | undefined): string[] {
  return summary ? [decidedWords(decider, summary.decided)] : [];
}

/** Decisions without a choice, which are left out of the count of who decided. */
function withoutChoice({ decisions, decided }: Summary): string {
  const count = decisions - decided.of;
  return count > 0 ? `, ${count} of them with nothing to choose` : '';
}

/** Battles that do not count: `2 not the model's (1 won, 1 lost)`. */
function uncounted({ wins, losses, ties }: Outcomes, whose: string): string {
  const count = wins + losses + ties;
  const parts = [wins > 0 && `${wins} won`, losses > 0 && `${losses} lost`, ties > 0 && `${ties} tied`];
  return count > 0 ? `${count} ${whose} (${parts.filter(Boolean).join(', ')})` : '';
}

/** ` (60% of 100, 95% interval 50–69%)`; a single battle has no useful interval. */
function winRate({ wins, losses, ties, winRate: rate }: Summary): string {
  if (!rate) return '';
  const count = wins + losses + ties;
  const percent = (share: number): string => (100 * share).toFixed(0);
  const interval = count > 1 ? `, 95% interval ${percent(rate.low)}–${percent(rate.high)}%` : '';
  return ` (${percent(rate.share)}% of ${count}${interval})`;
}

/** A search with fewer playouts than this in half of its decisions has seen next to nothing. */
const STARVED_PLAYOUTS = 200;

/** The effort behind a player's decisions. */
function effortLines(summary: Summary): string[] {
  return [...searchLines(summary), ...modelLine(summary)];
}

function searchLines({ playouts }: Summary): string[] {
  if (playouts === undefined) return [];
  const line = `Playouts a decision: median ${playouts}`;
  if (playouts >= STARVED_PLAYOUTS) return [line];
  return [
    `${line}: the search was starved (under ${STARVED_PLAYOUTS}); give it more time (--think-ms) or a machine less busy`,
  ];
}

/** The use of a player's model. */
function modelLine({ usage }: Summary): string[] {
  if (usage.calls === 0) return [];
  const cost = usage.costUsd === undefined ? 'unknown cost' : `$${usage.costUsd.toFixed(4)}`;
  const { inputTokens, cachedInputTokens, outputTokens, calls } = usage;
  return [
    `${calls} model calls: ${inputTokens} tokens in (${cachedInputTokens} cached), ${outputTokens} out, ${cost}`,
  ];
}

function ms(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 10 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}
