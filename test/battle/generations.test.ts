import { Dex } from '@pkmn/sim';
import { expect, test } from 'vitest';
import { generations } from '../../src/battle/generations.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';

const future = Dex.forGen(9)
  .species.all()
  .filter(({ isNonstandard, types }) => isNonstandard === 'Future' && types.length > 0);

test('unreleased formes have their types, stats and abilities', () => {
  expect(future.length).toBeGreaterThan(0);
  for (const { name, types, baseStats } of future) {
    const tracker = new BattleTracker({ side: 'p1' });
    for (const line of [
      '|gen|9',
      '|switch|p1a: A|Pikachu, L50|100/100',
      `|switch|p2a: B|${name}, L50|100/100`,
    ])
      tracker.add(line);
    expect(tracker.state.foe.active[0]?.types, name).toEqual(types);
    expect(generations.get(9).species.get(name)?.baseStats, name).toEqual(baseStats);
  }
});

test('things that a generation lacks are not part of it, but are known when they occur', () => {
  expect([...generations.get(3).species].some(({ name }) => name === 'Talonflame')).toBe(false);
  expect(generations.get(3).species.get('Talonflame')?.types).toEqual(['Fire', 'Flying']);
});
