import type { PlayedBattle, Summary } from '../ledger/summary.ts';
import type { Budget } from '../model/budget.ts';

/** One finished battle of many, e.g. ` 12/100  win   31 turns  replays/gen9randombattle-7-12`. */
export function battleLine(
  battle: Omit<PlayedBattle, 'decisions'> & { readonly folder: string },
  done: number,
  all: number,
): string {
  const count = `${String(done).padStart(String(all).length)}/${all}`;
  const turns = `${String(battle.result?.turns ?? 0).padStart(4)} turns`;
  return `${count}  ${outcome(battle).padEnd(7)} ${turns}  ${battle.folder}`;
}

function outcome({ result, side }: Omit<PlayedBattle, 'decisions'>): string {
  if (!result) return 'stopped';
  if (result.winner === null) return 'tie';
  return result.winner === side ? 'win' : 'loss';
}

/**
 * A series in a few lines, from the first agent's point of view.
 *
 * @param other the opponent's summary, where it is ours as well
 */
export function summaryLines(
  agent: string,
  opponent: string,
  summary: Summary,
  budget: Budget | undefined,
  other?: Summary,
): string[] {
  const { battles, wins, losses, ties, unfinished, turns, latencyMs } = summary;
  const finished = battles - unfinished;
  const share = finished > 0 ? ` (${Math.round((100 * wins) / finished)}% of ${finished})` : '';
  const others = [ties > 0 ? `${ties} tied` : '', unfinished > 0 ? `${unfinished} unfinished` : ''];
  const lines = [
    [`${agent} won ${wins} and lost ${losses} against ${opponent}${share}`, ...others]
      .filter(Boolean)
      .join(', '),
    `${turns} turns, ${summary.decisions} decisions`,
  ];
  if (latencyMs) {
    lines.push(`Time a decision: median ${ms(latencyMs.p50)}, 95% within ${ms(latencyMs.p95)}`);
  }
  lines.push(...modelLines(summary));
  if (other) lines.push(...modelLines(other).map((line) => `${opponent}: ${line}`));
  if (budget?.exhausted) lines.push('The budget was spent: from then on the fallback played');
  const { voluntary, longestRun, intoMoreDamage } = summary.switching;
  if (longestRun > 0) {
    const worse = intoMoreDamage === undefined ? '' : `, ${intoMoreDamage} into more damage than staying`;
    lines.push(`Switches by choice: ${voluntary}, at most ${longestRun} in a row${worse}`);
  }
  return lines;
}

/** What a player's model was asked, and where it was no use. */
function modelLines({ usage, fallbacks }: Summary): string[] {
  const lines: string[] = [];
  if (usage.calls > 0) {
    const cost = usage.costUsd === undefined ? 'unknown cost' : `$${usage.costUsd.toFixed(4)}`;
    const { inputTokens, cachedInputTokens, outputTokens, calls } = usage;
    lines.push(
      `${calls} model calls: ${inputTokens} tokens in (${cachedInputTokens} cached), ${outputTokens} out, ${cost}`,
    );
  }
  if (fallbacks.length > 0) {
    const reasons = fallbacks.map(([reason, count]) => `${reason} ${count}`).join(', ');
    lines.push(`Fallback decisions: ${reasons}`);
  }
  return lines;
}

function ms(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 10 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}
