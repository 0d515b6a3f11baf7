import { expect, test } from 'vitest';
import { shortTeam } from '../../support/rare-sets.ts';
import { simTurn } from '../../support/sim-turn.ts';
import { simulate } from '../../support/simulated-battle.ts';

test.each([
  ['a move', 'Mew @ | synchronize | transform'],
  ['an ability', 'Ditto @ | imposter | transform'],
])('a Pokémon copied by %s has revealed its moves and its ability', (_, copier) => {
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

test('moves of a Pokémon that has since copied a third one are not attributed to the third', () => {
  const { state } = simTurn({
    format: 'gen9doublescustomgame@@@!teampreview',
    p1: 'Mew\nAbility: Synchronize\n- Transform\n- Splash\n\nMetang\nAbility: Light Metal\n- Transform\n- Decorate',
    p2: 'Snorlax\nAbility: Thick Fat\n- Splash\n\nBlissey\nAbility: Healer\n- Splash',
    choices: [
      ['move transform -2, move decorate -1', 'default'],
      ['move decorate -2, move transform 1', 'default'],
      ['move decorate -2, default', 'default'],
    ],
  });
  const [mew, metang] = state.own.active;
  expect([mew?.species, metang?.species]).toEqual(['Metang', 'Snorlax']);
  expect(state.foe.active[0]?.moves.map(({ id }) => id)).toEqual(['splash']);
});

test('the moves of a copy’s copy are not attributed to the copy', () => {
  const { state } = simTurn({
    format: 'gen4customgame',
    p1: 'Clefable\nAbility: Magic Guard\n- Transform\n- Metronome',
    p2: 'Ditto\nAbility: Limber\n- Transform\n- Splash\n\nBlissey\nAbility: Serene Grace\n- Splash',
    choices: [
      ['move metronome', 'move transform'],
      ['move transform', 'move metronome'],
      ['move metronome', 'switch 2'],
      ['move metronome', 'move splash'],
    ],
  });
  const ditto = state.foe.pokemon.find(({ species }) => species === 'Ditto');
  expect(ditto?.moves.map(({ id }) => id)).toEqual(['transform']);
});
