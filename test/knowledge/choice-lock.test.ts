import { expect, test } from 'vitest';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { lockedMove } from '../../src/knowledge/locked-move.ts';
import { simTurn } from '../support/sim-turn.ts';

const FOE = 'Garchomp @ Choice Scarf\nAbility: Rough Skin\n- Earthquake\n- Outrage\n- Swords Dance';
const FRISKER = 'Noivern\nAbility: Frisk\n- Splash\n- Tailwind';

/** The opponent's moves that p1 considers possible after these choices. */
function reckonedWith(
  p1: string,
  p2: string,
  choices: readonly (readonly [string, string])[],
): readonly string[] {
  const { state, memory } = simTurn({ format: 'gen9customgame@@@!teampreview', p1, p2, choices });
  return assessTurn(state, memory.turns).pairings[0]?.foeMoves.map(({ move }) => move) ?? [];
}

const BENCH = '\n\nBlissey\nAbility: Natural Cure\n- Splash';

test('an opponent known to hold a Choice item can only repeat its move, until it leaves the field', () => {
  const used = ['move splash', 'move swordsdance'] as const;
  expect(reckonedWith(FRISKER, FOE + BENCH, [used])).toEqual(['swordsdance']);
  const back = [
    ['move splash', 'switch 2'],
    ['move splash', 'switch 2'],
  ] as const;
  expect(reckonedWith(FRISKER, FOE + BENCH, [used, ...back])).not.toEqual(['swordsdance']);
});

test('an opponent whose item is unknown may use any of its moves', () => {
  const p1 = FRISKER.replace('Frisk', 'Infiltrator');
  const moves = reckonedWith(p1, FOE, [['move splash', 'move swordsdance']]);
  expect(moves).not.toEqual(['swordsdance']);
});

test('a transformed opponent is locked into the move that it copied', () => {
  const p1 = 'Noivern\nAbility: Frisk\n- Splash\n- Tailwind\n- Roost';
  const ditto = 'Ditto @ Choice Scarf\nAbility: Imposter\n- Transform';
  expect(reckonedWith(p1, ditto, [])).toEqual(['splash', 'tailwind', 'roost']);
  expect(reckonedWith(p1, ditto, [['move splash', 'move tailwind']])).toEqual(['tailwind']);
});

test('a rampage that has hit leaves no choice; one that was stopped does', () => {
  const p1 = 'Blissey\nAbility: Natural Cure\n- Splash\n- Protect';
  const p2 = 'Dragonite\nLevel: 50\nAbility: Multiscale\n- Outrage\n- Roost';
  const outrage = ['move splash', 'move outrage'] as const;
  expect(reckonedWith(p1, p2, [outrage])).toEqual(['outrage']);
  expect(reckonedWith(p1, p2, [outrage, ['move protect', 'move outrage']])).not.toEqual(['outrage']);
  expect(reckonedWith(p1, p2, [['move protect', 'move outrage']])).not.toEqual(['outrage']);
  const clefable = 'Clefable\nAbility: Magic Guard\n- Splash';
  expect(reckonedWith(clefable, p2, [outrage])).not.toEqual(['outrage']);
});

test('a Pokémon that may have Own Tempo may have ended a rampage unseen after its second turn', () => {
  const rage = ['move splash', 'move outrage'] as const;
  const moves = (p2: string) =>
    reckonedWith('Blissey\nAbility: Natural Cure\n- Splash', `${p2}\n- Outrage\n- Splash`, [rage, rage]);
  expect(moves('Lickilicky\nLevel: 5\nAbility: Own Tempo')).not.toEqual(['outrage']);
});

test('Safeguard lets a rampage of generation 2 end unseen after its second turn', () => {
  const sets = {
    format: 'gen2customgame',
    p1: 'Steelix\n- Splash',
    p2: 'Chikorita\nLevel: 20\n- Safeguard\n- Petal Dance\n- Splash',
  };
  const rage = ['move splash', 'move petaldance'] as const;
  const moves = (...choices: (readonly [string, string])[]): number => {
    const { state, memory } = simTurn({ ...sets, choices });
    return assessTurn(state, memory.turns).pairings[0]?.foeMoves.length ?? 0;
  };
  const safe = ['move splash', 'move safeguard'] as const;
  expect(moves(safe, rage)).toBe(1);
  expect(moves(safe, rage, rage)).toBeGreaterThan(1);
});

test('Encore locks into Metronome, not into the move that it called', () => {
  const { state, memory } = simTurn({
    format: 'gen3customgame',
    p1: 'Ninjask\nAbility: Speed Boost\n- Encore\n- Splash',
    p2: 'Snorlax\nAbility: Immunity\n- Metronome\n- Rest',
    choices: [
      ['move splash', 'move metronome'],
      ['move encore', 'move metronome'],
    ],
  });
  const [foe] = state.foe.active;
  expect(foe?.volatiles.encore).toBe(1);
  expect(foe?.lastMove).not.toBe('metronome');
  const sure = assessTurn(state, memory.turns).pairings[0]?.foeMoves.filter((move) => move.probability === 1);
  expect(sure?.map(({ move }) => move)).not.toContain(foe?.lastMove);
});

test('the second turn of a move and Encore leave no choice', () => {
  const p1 = 'Clefable\nAbility: Magic Guard\n- Splash\n- Encore';
  const p2 = 'Torkoal\nAbility: Drought\n- Dig\n- Iron Defense';
  expect(reckonedWith(p1, p2, [['move splash', 'move dig']])).toEqual(['dig']);
  expect(reckonedWith(p1, p2, [['move splash', 'move irondefense']])).not.toEqual(['irondefense']);
  const encored = [
    ['move splash', 'move irondefense'],
    ['move encore', 'move irondefense'],
  ] as const;
  expect(reckonedWith(p1, p2, encored)).toEqual(['irondefense']);
});

test('a Choice item received after the move locks from the next move on', () => {
  const p1 =
    'Blissey\nAbility: Natural Cure\n- Splash\n\nMew @ Choice Band\nAbility: Synchronize\n- Trick\n- Splash';
  const p2 = 'Regieleki @ Leftovers\nAbility: Transistor\n- Rapid Spin\n- Reflect';
  const tricked = [
    ['move splash', 'move rapidspin'],
    ['switch 2', 'move reflect'],
    ['move trick', 'move rapidspin'],
  ] as const;
  expect(reckonedWith(p1, p2, tricked)).toEqual(expect.arrayContaining(['rapidspin', 'reflect']));
  expect(reckonedWith(p1, p2, [...tricked, ['move splash', 'move reflect']])).toEqual(['reflect']);
});

test('in generation 1 a rampage is over with the confusion that ends it, even when Haze ends that, too', () => {
  const turnsOf = (turns: number) =>
    simTurn({
      format: 'gen1customgame',
      p1: 'Golem\n- Haze',
      p2: 'Dratini\n- Thrash\n- Splash',
      choices: Array.from({ length: turns }, (): [string, string] => ['move haze', 'default']),
    });
  let locked = 0;
  for (let turns = 1; turns <= 6; turns++) {
    const { state, battle } = turnsOf(turns);
    const [foe] = state.foe.active;
    const truth = battle.p2.active[0]?.volatiles.lockedmove !== undefined;
    const believed = foe ? lockedMove(state, foe) : undefined;
    if (believed !== undefined) locked++;
    expect(truth || believed === undefined, `after ${turns} turns`).toBe(true);
  }
  expect(locked).toBeGreaterThan(1);
});
