// How well the search keeps its time, and whether memory grows over many battles in one process.
//
//   npx tsx --expose-gc bench/search-deadline.ts [battles, default 100] [think-ms, default 100] [format]
//
// Every decision counts, the first of a cold process included. The sets of a species are drawn once, when it is first
// met, and kept: the heap grows until all have been.
import { calcAgent } from '../src/agent/calc.ts';
import { randomAgent } from '../src/agent/random.ts';
import { createSearchAgent } from '../src/agent/search-agent.ts';
import { playSeries } from '../src/arena/series.ts';
import { percentile } from '../src/ledger/summary.ts';

const battles = Number(process.argv[2] ?? 100);
const thinkMs = Number(process.argv[3] ?? 100);
const format = process.argv[4] ?? 'gen9randombattle';

const late: number[] = [];
const heap: string[] = [];
let played = 0;

await playSeries({
  entrants: [{ agent: createSearchAgent({ thinkMs, fallback: calcAgent }) }, { agent: randomAgent }],
  battles,
  concurrency: 1,
  format,
  seed: 'deadline',
  fallback: calcAgent,
  turnMs: 60_000,
  follow: ({ side }) => ({
    onDecision: (record) => {
      const searched = record.side === side && record.legalActions > 1;
      if (searched) late.push(Math.max(0, record.timing.latencyMs - thinkMs));
    },
    onEnd: () => {
      played++;
      if (played % Math.ceil(battles / 10) !== 0) return;
      globalThis.gc?.();
      heap.push(`${played}: ${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MB`);
      if (process.stderr.isTTY) process.stderr.write(`${played} of ${battles} battles\r`);
    },
  }),
});

const ms = (share: number): string => `${percentile(late, share)?.toFixed(1)} ms`;
console.log(`${format}, ${played} battles, ${late.length} decisions of ${thinkMs} ms`);
console.log(`over the time: p50 ${ms(0.5)}, p95 ${ms(0.95)}, p99 ${ms(0.99)}, most ${ms(1)}`);
console.log(`heap after battle: ${heap.join(', ')}`);
