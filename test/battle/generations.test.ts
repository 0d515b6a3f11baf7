import { Dex } from '@pkmn/sim';
import { expect, test } from 'vitest';
import { generations } from '../../src/battle/generations.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';

const future = Dex.forGen(9)
  .species.all()
  .filter(({ isNonstandard, types }) => isNonstandard === 'Future' && types.length > 0);

test('formes that are only announced have their types, stats and abilities', () => {
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

test('what a generation does not have is not part of it, but is known when it turns up', () => {
  expect([...generations.get(3).species].some(({ name }) => name === 'Talonflame')).toBe(false);
  expect(generations.get(3).species.get('Talonflame')?.types).toEqual(['Fire', 'Flying']);
});
