// How far the search's chance to win can be trusted: its value at every decision of battles against itself, or another
// agent, beside how the battles ended.
//
//   npx tsx bench/search-value.ts [--battles 500] [--foe search | calc | heuristics] [--format gen9randombattle] [--playouts 300 | --think-ms 100] [--processes 1] [--seed value]
//
// Prints a reliability table, the Brier score, and that of the best logistic curve on the number of Pokémon left.
import { parseArgs } from 'node:util';
import type { Agent } from '../src/agent/agent.ts';
import { BASELINES } from '../src/agent/baselines.ts';
import { calcAgent } from '../src/agent/calc.ts';
import { playSeries } from '../src/arena/series.ts';
import type { SideId } from '../src/battle/state.ts';
import { search } from '../src/search/search.ts';
import { mean } from './support/mean.ts';
import { inProcesses } from './support/shards.ts';

/** The prediction at one decision, and the outcome. */
interface Said {
  /** 0–1 */
  readonly value: number;
  /** Pokémon left, ours minus the opponent's. */
  readonly lead: number;
  /** 1 for a win, ½ for a tie. */
  readonly outcome: number;
}

const { values } = parseArgs({
  options: {
    battles: { type: 'string', default: '500' },
    foe: { type: 'string', default: 'search' },
    format: { type: 'string', default: 'gen9randombattle' },
    playouts: { type: 'string', default: '300' },
    'think-ms': { type: 'string' },
    processes: { type: 'string', default: '1' },
    seed: { type: 'string', default: 'value' },
    shard: { type: 'string' },
  },
});
const battles = Number(values.battles);
const processes = Number(values.processes);
const thinkMs = values['think-ms'] === undefined ? undefined : Number(values['think-ms']);

if (values.shard === undefined) {
  report(await inProcesses<Said>(import.meta.url, processes, values));
} else {
  const [index = 0, count = 1] = values.shard.split('/').map(Number);
  process.send?.(await play(index, count), () => process.disconnect?.());
}

async function play(first: number, step: number): Promise<Said[]> {
  const said: Said[] = [];
  for (let index = first; index < battles; index += step) {
    const heard: (Omit<Said, 'outcome'> & { readonly side: SideId })[] = [];
    const agent = talker((side, value, lead) => heard.push({ side, value, lead }));
    let winner: SideId | null = null;
    await playSeries({
      entrants: [{ agent }, { agent: BASELINES.get(values.foe) ?? agent }],
      battles: 1,
      concurrency: 1,
      format: values.format,
      seed: `${values.seed}-${index}`,
      fallback: calcAgent,
      turnMs: 600_000,
      follow: () => ({ onEnd: ({ result }) => (winner = result?.winner ?? null) }),
    });
    for (const { side, value, lead } of heard) {
      said.push({ value, lead, outcome: winner === null ? 0.5 : Number(winner === side) });
    }
  }
  return said;
}

/** The search agent, observed at every move request. */
function talker(hear: (side: SideId, value: number, lead: number) => void): Agent {
  const options = thinkMs === undefined ? { playouts: Number(values.playouts) } : { timeMs: thinkMs };
  return {
    name: 'search',
    async decide(turn, signal) {
      const found = await search(turn, { ...options, signal });
      const [best] = found?.actions ?? [];
      if (!found || !best) return calcAgent.decide(turn, signal);
      const { own, foe, side } = turn.state;
      const left = (side: typeof own): number => side.teamSize - side.fainted;
      if (turn.request.type === 'move') hear(side, found.value, left(own) - left(foe));
      return { action: best.action, foreseen: found.replies };
    },
  };
}

function report(said: readonly Said[]): void {
  const effort = thinkMs === undefined ? `${values.playouts} playouts` : `${thinkMs} ms`;
  console.log(
    `${values.format}, ${battles} battles of the search against ${values.foe} at ${effort}, ${said.length} decisions`,
  );
  const table = Array.from({ length: 10 }, (_, bin) => {
    const inBin = said.filter(({ value }) => Math.min(9, Math.floor(10 * value)) === bin);
    return [
      `${bin * 10}–${bin * 10 + 10}%`,
      {
        decisions: inBin.length,
        said: percent(mean(inBin.map(({ value }) => value))),
        won: percent(mean(inBin.map(({ outcome }) => outcome))),
      },
    ] as const;
  });
  console.table(Object.fromEntries(table));
  const slope = logisticSlope(said);
  const byLead = said.map(({ lead, outcome }) => (1 / (1 + Math.exp(-slope * lead)) - outcome) ** 2);
  const brier = said.map(({ value, outcome }) => (value - outcome) ** 2);
  console.log(
    `Brier score: search ${mean(brier).toFixed(4)}, Pokémon left ${mean(byLead).toFixed(4)} (0.25 knows nothing)`,
  );
}

/** Slope of the logistic curve through even that fits the outcomes best, by Newton's method. */
function logisticSlope(said: readonly Said[]): number {
  let slope = 0;
  for (let i = 0; i < 30; i++) {
    let [gradient, curvature] = [0, 1e-9];
    for (const { lead, outcome } of said) {
      const p = 1 / (1 + Math.exp(-slope * lead));
      gradient += (p - outcome) * lead;
      curvature += p * (1 - p) * lead * lead;
    }
    slope -= gradient / curvature;
  }
  return slope;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
