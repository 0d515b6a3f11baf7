import { expect, test } from 'vitest';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { sideView } from '../../src/observation/field-view.ts';

const PREVIEW = [
  '|player|p1|One||',
  '|player|p2|Two||',
  '|gametype|singles',
  '|gen|9',
  '|tier|[Gen 9] VGC 2024 Reg G',
  '|clearpoke',
  ...['Dragapult', 'Primarina', 'Corviknight', 'Gholdengo'].map((species) => `|poke|p2|${species}, L50|`),
  '|teampreview|2',
  '|teamsize|p1|2',
  '|teamsize|p2|2',
  '|start',
];

function foeAfter(...lines: readonly string[]) {
  const tracker = new BattleTracker({ side: 'p1' });
  for (const line of [...PREVIEW, ...lines]) tracker.add(line);
  const { foe, gen } = tracker.state;
  return { species: foe.pokemon.map(({ species }) => species), view: sideView(gen, foe) };
}

const FIRST = '|switch|p2a: Dragapult|Dragapult, L50|100/100';

test('a previewed Pokémon may be in the battle until as many as were brought have been met', () => {
  const { species, view } = foeAfter(FIRST, '|turn|1');
  expect(species.length).toBe(4);
  expect(view).toMatchObject({ left: 2, leftOnBench: 1 });
  expect(view.bench.length).toBe(3);
});

test('then the others were not brought', () => {
  const { species, view } = foeAfter(
    FIRST,
    '|turn|1',
    '|switch|p2a: Gholdengo|Gholdengo, L50|100/100',
    '|turn|2',
  );
  expect(species).toEqual(['Dragapult', 'Gholdengo']);
  expect(view).toMatchObject({ left: 2, leftOnBench: 1, unseen: 0 });
  expect(view.bench.map(({ species }) => species)).toEqual(['Dragapult']);
});
