// Battles per second of random against random with full tracking and ledger, beside the bare simulator playing the
// very same battles; and memory over many battles.
//
//   npx tsx --expose-gc bench/battles.ts [battles, default 500] [format, default gen9randombattle]
//
// Each battle is played fully twice, so 500 show the memory of 1,000.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomAgent } from '../src/agent/random.ts';
import { playMatch } from '../src/arena/match.ts';
import type { SideId } from '../src/battle/state.ts';
import { simulator } from '../src/knowledge/simulator.ts';
import { openBattleLedger } from '../src/ledger/battle-ledger.ts';
import { percentile } from '../src/ledger/summary.ts';
import { createRandom } from '../src/util/random.ts';

const { Battle, Teams, Dex } = simulator;

const battles = Number(process.argv[2] ?? 500);
const format = process.argv[3] ?? 'gen9randombattle';
if (!globalThis.gc)
  throw new Error('Without --expose-gc the heap says nothing: npx tsx --expose-gc bench/battles.ts');
const out = mkdtempSync(join(tmpdir(), 'pokellmon-bench-'));

interface Choice {
  readonly side: SideId;
  readonly choice: string;
}

async function playFully(index: number): Promise<{ ms: number; turns: number; choices: Choice[] }> {
  const choices: Choice[] = [];
  const start = performance.now();
  const players = { p1: { agent: randomAgent, name: 'a' }, p2: { agent: randomAgent, name: 'b' } };
  const battleId = `bench-${index}`;
  const info = {
    id: battleId,
    format,
    players: { p1: { name: 'a', agent: 'random' }, p2: { name: 'b', agent: 'random' } },
    versions: {},
  };
  const { result } = await playMatch({
    battleId,
    format,
    seed: String(index),
    players,
    fallback: randomAgent,
    turnMs: 10_000,
    ledger: openBattleLedger(out, info),
    onDecision: ({ side, choice }) => choices.push({ side, choice }),
  });
  return { ms: performance.now() - start, turns: result?.turns ?? 0, choices };
}

/** The same teams, seeds and choices in the simulator alone. */
function playBare(index: number, choices: readonly Choice[]): { ms: number; turns: number } {
  const start = performance.now();
  const random = createRandom(String(index));
  const sim = new Battle({
    formatid: Dex.formats.get(format).id,
    seed: random.stream('battle').simSeed(),
    send: () => {},
  });
  for (const [side, name] of [
    ['p1', 'a'],
    ['p2', 'b'],
  ] as const) {
    const seed = random.stream(`team-${side}`).simSeed();
    sim.setPlayer(side, { name, team: Teams.pack(Teams.generate(format, { seed })) });
  }
  sim.sendUpdates();
  for (const { side, choice } of choices) {
    sim.choose(side, choice);
    sim.sendUpdates();
  }
  if (!sim.ended)
    throw new Error(`Battle ${index} did not end in the bare simulator: it was not the same battle`);
  return { ms: performance.now() - start, turns: sim.turn };
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const ratios: number[] = [];
const full: number[] = [];
const bare: number[] = [];
const heap: [number, number][] = [];
let turns = 0;
try {
  for (let index = 0; index < battles; index++) {
    // Whoever plays a battle second finds the caches warm, so a first unmeasured game warms them for both, and the
    // two take turns in going first.
    const { choices } = await playFully(index);
    const bareFirst = index % 2 === 0 ? playBare(index, choices) : undefined;
    const played = await playFully(index);
    const alone = bareFirst ?? playBare(index, choices);
    if (index < 10) continue; // The first battles load and compile everything.
    turns += played.turns;
    full.push(played.ms);
    bare.push(alone.ms);
    ratios.push(alone.ms / played.ms);
    if (index % Math.ceil(battles / 10) === 0) heap.push([index, heapMb()]);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const rate = (values: readonly number[]): string => ((1000 * values.length) / sum(values)).toFixed(1);
console.log(
  `${format}, ${full.length} battles of ${(turns / full.length).toFixed(1)} turns, random against random`,
);
console.table({
  'bare @pkmn/sim': { 'battles/s': rate(bare), 'median ms': percentile(bare, 0.5)?.toFixed(1) },
  'tracking and ledger': { 'battles/s': rate(full), 'median ms': percentile(full, 0.5)?.toFixed(1) },
});
console.log(
  `rate beside the bare simulator: ${(sum(bare) / sum(full)).toFixed(2)} in all, median ${percentile(ratios, 0.5)?.toFixed(2)} a battle`,
);
console.log(
  `heap after battle: ${heap.map(([index, mb]) => `${2 * index}: ${mb.toFixed(0)} MB`).join(', ')}`,
);
const [from, to] = [heap[Math.floor(heap.length / 2)], heap.at(-1)];
if (from && to && to !== from) {
  const growth = (1024 * (to[1] - from[1])) / (2 * (to[0] - from[0]));
  console.log(`growth over the second half: ${growth.toFixed(1)} kB a battle`);
}
