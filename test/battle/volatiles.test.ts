import { expect, test } from 'vitest';
import { simTurn } from '../support/sim-turn.ts';

test('a drowsy Pokémon that is burned stays drowsy until the turn in which it would fall asleep is over', () => {
  const battle = {
    format: 'gen9customgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Thick Fat\n- Yawn\n- Splash',
    p2: 'Blissey @ Flame Orb\nAbility: Healer\n- Splash',
  };
  const yawned = ['move yawn', 'move splash'] as const;
  const [foe] = simTurn({ ...battle, choices: [yawned] }).state.foe.active;
  expect(foe?.status).toBe('brn');
  expect(foe?.volatiles).toHaveProperty('yawn');
  const later = simTurn({ ...battle, choices: [yawned, ['move splash', 'move splash']] });
  expect(later.state.foe.active[0]?.volatiles).not.toHaveProperty('yawn');
});
