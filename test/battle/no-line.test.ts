import { expect, test } from 'vitest';
import { simTurn } from '../support/sim-turn.ts';

test('Natural Gift uses up the berry, which activates Unburden', () => {
  const { state } = simTurn({
    format: 'gen6customgame',
    p1: 'Mew\nAbility: Synchronize\n- Splash',
    p2: 'Hitmonlee @ Aspear Berry\nAbility: Unburden\n- Natural Gift',
    choices: [
      ['team 1', 'team 1'],
      ['move splash', 'move naturalgift'],
    ],
  });
  expect(state.foe.active[0]?.item).toBe('');
  expect(state.foe.active[0]?.volatiles).toHaveProperty('itemremoved');
});

test('a failed Natural Gift uses up nothing', () => {
  const { state } = simTurn({
    format: 'gen6customgame',
    p1: 'Mew\nAbility: Synchronize\n- Embargo',
    p2: 'Slowpoke @ Aspear Berry\nAbility: Own Tempo\n- Natural Gift',
    choices: [
      ['team 1', 'team 1'],
      ['move embargo', 'move naturalgift'],
    ],
  });
  expect(state.foe.active[0]?.item).toBeUndefined();
});

test.each([
  ['Synchronize', 10],
  ['Ripen', 16],
])('a Leppa Berry of a Pokémon with %s restores PP that Grudge has taken', (ability, pp) => {
  const { state } = simTurn({
    format: 'gen8customgame',
    p1: 'Gengar\nAbility: Trace\nLevel: 5\n- Grudge\n\nMew\nAbility: Synchronize\n- Splash',
    p2: `Hoopa @ Leppa Berry\nAbility: ${ability}\n- Psyshock\n- Splash`,
    choices: [
      ['team 12', 'team 1'],
      ['move grudge', 'move splash'],
      ['move grudge', 'move psyshock'],
    ],
  });
  expect(state.foe.active[0]?.moves.find(({ id }) => id === 'psyshock')?.pp).toBe(pp);
});

test('a Max Move costs PP of its base move, even when the next request leaves only Struggle', () => {
  const { state } = simTurn({
    format: 'gen8customgame',
    p1: 'Mew\nAbility: Synchronize\n- Torment\n- Splash',
    p2: 'Espeon\nAbility: Synchronize\n- Psychic',
    choices: [
      ['team 1', 'team 1'],
      ['move splash', 'move psychic dynamax'],
      ['move splash', 'move psychic'],
      ['move torment', 'move psychic'],
    ],
    side: 'p2',
  });
  expect(state.own.active[0]?.moves).toEqual([{ id: 'psychic', pp: 13, maxPp: 16 }]);
});

test('with team preview, too, the look-alike of a fainted Pokémon is another one', () => {
  const { foe } = simTurn({
    format: 'gen8customgame',
    p1: 'Snorlax\nAbility: Thick Fat\n- Body Slam',
    p2: 'Natu\nAbility: Early Bird\nLevel: 5\n- Splash\n\nNatu\nAbility: Magic Bounce\nLevel: 5\n- Splash',
    choices: [
      ['team 1', 'team 12'],
      ['move bodyslam', 'move splash'],
      ['', 'switch 2'],
    ],
  }).state;
  expect(foe.active[0]?.id).toBe('p2-1');
  expect(foe.pokemon.map(({ fainted }) => fainted)).toEqual([true, false]);
});

test('a dancing Pokémon is not on a rampage', () => {
  const { state } = simTurn({
    format: 'gen9customgame',
    p1: 'Lilligant\nAbility: Chlorophyll\n- Petal Dance',
    p2: 'Oricorio\nAbility: Dancer\n- Roost',
    choices: [
      ['team 1', 'team 1'],
      ['move petaldance', 'move roost'],
    ],
  });
  expect(state.foe.active[0]).not.toHaveProperty('streak');
  expect(state.own.active[0]?.streak).toEqual({ move: 'petaldance', uses: 1 });
});

test('the end of a disguise is noticed, even when both have the same name', () => {
  const { foe } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: 'Mew\nAbility: Synchronize\n- Tackle',
    p2: 'Twin (Zoroark)\nAbility: Illusion\n- Splash\n\nTwin (Wynaut)\nAbility: Shadow Tag\n- Splash',
    choices: [['move tackle', 'move splash']],
  }).state;
  expect(foe.active[0]).toMatchObject({ species: 'Zoroark', types: ['Dark'] });
});

test('the end of a flung Micle Berry’s effect removes no item', () => {
  const { state } = simTurn({
    format: 'gen5customgame',
    p1: 'Mew @ Micle Berry\nAbility: Synchronize\n- Fling\n- Splash',
    p2: 'Timburr @ Quick Claw\nAbility: Guts\n- Rock Tomb',
    choices: [
      ['team 1', 'team 1'],
      ['move fling', 'move rocktomb'],
      ['move splash', 'move rocktomb'],
    ],
  });
  expect(state.foe.active[0]?.item).not.toBe('');
});

test('a rampage of two turns may end unseen in Misty Terrain, which prevents confusion', () => {
  const { state } = simTurn({
    format: 'gen7customgame@@@!teampreview',
    p1: 'Blissey\nAbility: Misty Surge\n- Splash',
    p2: 'Snorlax\nAbility: Thick Fat\n- Outrage',
    choices: [
      ['move splash', 'move outrage'],
      ['move splash', 'move outrage'],
    ],
  });
  expect(state.foe.active[0]?.streak).toEqual({ move: 'outrage', uses: 2 });
  expect(state.foe.active[0]?.volatiles).not.toHaveProperty('lockedmove');
});
