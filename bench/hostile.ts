/**
 * Plays battles against a model server that misbehaves in every second request, and prints what became of each kind
 * of misbehaviour: npx tsx bench/hostile.ts [battles, default 200]
 */
import { calcAgent } from '../src/agent/calc.ts';
import { playHostileBattles } from '../test/support/hostile-battles.ts';

const battles = Number(process.argv[2] ?? 200);
const ALLOWED_OVERSHOOT_MS = 100;

const start = performance.now();
const report = await playHostileBattles({
  battles,
  seed: 'bench',
  format: 'gen9randombattle',
  strategy: 'direct',
  turnMs: 2000,
  fallback: calcAgent,
  concurrency: 3,
});
const late = report.decisions.filter(({ timing }) => timing.latencyMs > timing.turnMs).length;
const seconds = (performance.now() - start) / 1000;

console.log('What the server did, and how the decisions ended:');
for (const [fault, outcomes] of [...report.outcomes].sort()) {
  const ended = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`);
  console.log(`  ${fault.padEnd(20)} ${ended.join(', ')}`);
}
const fallbacks = report.decisions.filter(({ fallback }) => fallback);
const unexplained = fallbacks.filter(({ fallback }) => !fallback?.detail).length;
const sound =
  report.finished === battles &&
  report.invalidChoices === 0 &&
  unexplained === 0 &&
  report.worstOvershootMs <= ALLOWED_OVERSHOOT_MS;

console.log(`battles finished     ${report.finished} of ${battles} in ${seconds.toFixed(0)} s`);
console.log(`decisions            ${report.decisions.length}, the model asked in ${report.asked}`);
console.log(`fallbacks            ${fallbacks.length}, without a cause ${unexplained}`);
console.log(`choices refused      ${report.invalidChoices}`);
console.log(
  `decisions late       ${late}, the slowest by ${Math.round(Math.max(0, report.worstOvershootMs))} ms`,
);
console.log(`timers held up by    ${Math.round(report.worstTimerDelayMs)} ms at most`);
console.log(sound ? 'Sound.' : 'NOT SOUND.');
process.exitCode = sound ? 0 : 1;
