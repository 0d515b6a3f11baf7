import { expect, test } from 'vitest';
import { shortTeam } from '../support/rare-sets.ts';
import { simulate } from '../support/simulated-battle.ts';

test.each([
  ['a move', 'Mew @ | synchronize | transform'],
  ['an ability', 'Ditto @ | imposter | transform'],
])('who is copied by %s has shown its moves and its ability', (_, copier) => {
  let seen = false;
  simulate({
    format: 'gen9customgame',
    seed: `copy-${copier}`,
    maxTurns: 3,
    teams: {
      p1: shortTeam(copier),
      p2: shortTeam('Garchomp @ leftovers | roughskin | earthquake dragonclaw swordsdance protect'),
    },
    onDecision({ trackers }) {
      const { own, foe } = trackers.p1.state;
      if (own.active[0]?.volatiles.transform !== 1 || trackers.p1.request?.type !== 'move') return;
      const [original] = foe.active;
      expect(original?.moves.map(({ id }) => id).sort()).toEqual(
        ['dragonclaw', 'earthquake', 'protect', 'swordsdance'].sort(),
      );
      expect(original?.ability).toBe('roughskin');
      expect(original?.baseAbility).toBe('roughskin');
      seen = true;
    },
  });
  expect(seen).toBe(true);
});
