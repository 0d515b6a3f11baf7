import { expect, test } from 'vitest';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { describeEvent } from '../../src/ledger/format-event.ts';
import { ownedName, sharedSpecies, withOwners } from '../../src/ledger/name-owners.ts';

const PLAYERS = { p1: 'calc', p2: 'calc-2' };
const LOG = [
  '|player|p1|calc|',
  '|player|p2|calc-2|',
  '|teamsize|p1|6',
  '|teamsize|p2|6',
  '|gametype|singles',
  '|gen|9',
  '|tier|[Gen 9] Random Battle',
  '|start',
  '|switch|p1a: Primarina|Primarina, L80, F|100/100',
  '|switch|p2a: Garchomp|Garchomp, L77, M|100/100',
  '|turn|1',
  '|switch|p2a: Primarina|Primarina, L80, F|100/100',
  '|move|p1a: Primarina|Moonblast|p2a: Primarina',
  '|-damage|p2a: Primarina|60/100',
  '|-heal|p2a: Primarina|66/100|[from] item: Leftovers',
  '|turn|2',
  '|switch|p1a: Kingambit|Kingambit, L77, M|100/100',
  '|-damage|p2a: Primarina|50/100|[from] ability: Rough Skin|[of] p1a: Kingambit',
];

test('a Pokémon is named with its player when both have one of its species, in every part of a sentence', () => {
  const tracker = new BattleTracker({ side: 'p1' });
  for (const line of LOG) tracker.add(line);
  const shared = sharedSpecies(tracker.state);
  expect([...shared]).toEqual(['Primarina']);
  const sentences = tracker.turns.flatMap(({ events }) =>
    events.flatMap((event) => describeEvent(withOwners(event, PLAYERS, shared), PLAYERS)?.text ?? []),
  );
  expect(sentences).toContain("calc's Primarina used Moonblast on calc-2's Primarina.");
  expect(sentences).toContain("calc-2's Primarina lost 40% of its HP, 60% left.");
  expect(sentences).toContain("Kingambit came in for calc's Primarina.");
  expect(sentences).toContain("calc-2's Primarina lost 16% of its HP (Kingambit's Rough Skin), 50% left.");
  expect(sentences).toContain('Garchomp came in.');
  expect(ownedName({ side: 'p2', species: 'Garchomp' }, PLAYERS, shared)).toBe('Garchomp');
});
