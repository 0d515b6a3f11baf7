import { expect, test } from 'vitest';
import { type BattlePlan, drawPlan } from '../../fuzz/battle-plan.ts';
import { checkReading, checkTracker, FoeIdentities } from '../../fuzz/check-tracker.ts';
import type { Finding } from '../../fuzz/finding.ts';
import { minimise } from '../../fuzz/minimise.ts';
import { type Played, playPlan } from '../../fuzz/play-plan.ts';
import { simulate } from '../support/simulated-battle.ts';

test('the same seed gives the same battle', () => {
  const play = () => playPlan({ ...drawPlan('same'), maxTurns: 8 });
  const [a, b] = [play(), play()];
  const withoutTime = (lines: readonly string[]): string[] =>
    lines.filter((line) => !line.startsWith('|t:|'));
  expect(withoutTime(a.lines.p1)).toEqual(withoutTime(b.lines.p1));
  expect(a.findings).toEqual(b.findings);
  expect(a.decisions).toBeGreaterThan(1);
});

test('a battle can be played again from its written choices', () => {
  const plan = { ...drawPlan('again', { gen: 9, doubles: true }), maxTurns: 8 };
  const first = playPlan(plan);
  const again = playPlan({ ...plan, choices: first.choices });
  expect(again.choices).toEqual(first.choices);
});

test('a wrong belief is found and named', () => {
  const { sim, trackers, lines } = simulate({ format: 'gen9randombattle', seed: 'wrong', maxTurns: 5 });
  const { state } = trackers.p1;
  const wrong = { ...state, own: { ...state.own, conditions: { spikes: { layers: 1 } } } };
  const battle = {
    sim,
    lines,
    trackers: { ...trackers, p1: Object.create(trackers.p1, { state: { value: wrong } }) },
  };
  expect(checkTracker(battle, 'p1', new FoeIdentities())).toEqual([
    {
      check: 'tracker',
      kind: 'own conditions +spikes',
      detail: 'own conditions: believed {"spikes":1}, is {}',
    },
  ]);
  expect(checkReading(battle, 'p1').map(({ kind }) => kind)).toEqual(['.own.conditions.spikes']);
});

test('a battle that shows a finding is minimised', () => {
  // Fainting stands for an error.
  const shown = ({ lines, turns }: Played): Finding | undefined =>
    lines.p1.some((line) => line.startsWith('|faint|p2'))
      ? { check: 'move', kind: 'faint', detail: '', turn: turns, side: 'p1' }
      : undefined;
  const plan = { ...drawPlan('small-2', { gen: 4, doubles: false }), maxTurns: 12 };
  const found = minimise(plan, shown, 15);
  const parts = ({ teams }: BattlePlan): number =>
    [...teams.p1, ...teams.p2].reduce((sum, { moves }) => sum + 1 + moves.length, 0);
  expect(found && shown(found.played)).toBeDefined();
  expect(found && parts(found.plan)).toBeLessThan(parts(plan));
  expect(found?.plan.maxTurns).toBeLessThan(plan.maxTurns);
});

test.each([4, 6, 8, 10, 13, 17, 31, 33])('nothing is wrong in battle short-%s', (number) => {
  const { findings, decisions } = playPlan({ ...drawPlan(`short-${number}`), maxTurns: 12 });
  expect(findings).toEqual([]);
  expect(decisions).toBeGreaterThan(5);
});
