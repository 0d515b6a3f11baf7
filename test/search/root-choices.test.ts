import { describe, expect, it } from 'vitest';
import { Pokemon } from '../../src/mechanics/pokemon.ts';
import { Matchups, MOVES } from '../../src/search/evaluation/matchups.ts';
import { habitOf } from '../../src/search/opponent-model/habits.ts';
import { search } from '../../src/search/search.ts';
import { createRandom } from '../../src/util/random.ts';
import { GEN9, positionIn, set } from '../support/model-turn.ts';
import { simTurn } from '../support/sim-turn.ts';

const BENCH = set('Chansey', 'Healer', 'Splash');
const searched = async (turn: ReturnType<typeof simTurn>, playouts: number) => {
  const found = await search(turn, { worlds: 2, playouts });
  return found?.actions ?? [];
};

describe('what the search considers', () => {
  it.each([
    { foe: 'Wobbuffet', ability: 'Shadow Tag', choices: [['switch 2', 'move 1']], isHeld: true },
    { foe: 'Dugtrio', ability: 'Arena Trap', choices: [], isHeld: true },
    // It traps Steel types only.
    { foe: 'Magnezone', ability: 'Magnet Pull', choices: [], isHeld: false },
  ] as const)('is no switch that $foe is known to prevent', async ({ foe, ability, choices, isHeld }) => {
    // Trace reveals the ability; two Pokémon with Shadow Tag do not trap each other.
    const shown = simTurn({
      format: GEN9,
      p1: `${set('Gardevoir', 'Trace', 'Splash', 'Tackle')}\n\n${set('Snorlax', 'Thick Fat', 'Splash', 'Tackle')}\n\n${BENCH}`,
      p2: set(foe, ability, 'Splash'),
      choices,
    });
    expect(shown.state.foe.active[0]?.ability).toBeDefined();
    const switches = (await searched(shown, 60)).filter(({ action }) => action.type === 'switch');
    for (const { share } of switches) expect(share === 0).toBe(isHeld);
  });

  it('is every switch when the opponent may have another ability', async () => {
    const turn = simTurn({
      format: GEN9,
      p1: `${set('Snorlax', 'Thick Fat', 'Splash')}\n\n${BENCH}`,
      p2: set('Dugtrio', 'Sand Force', 'Splash', 'Earthquake'),
      choices: [],
    });
    const switches = (await searched(turn, 200)).filter(({ action }) => action.type === 'switch');
    expect(switches.every(({ share }) => share > 0)).toBe(true);
  });

  it('is no attack without PP, for both networks', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Kingambit', 'Defiant', 'Sucker Punch', 'Splash'),
      p2: BENCH,
      choices: [],
    });
    const [own, foe] = p.sides;
    const share = (): number => {
      const matchups = new Matchups(p);
      const at = matchups.at(own.active, foe.active);
      return (matchups.attacks[0].moves[at * MOVES] ?? 0) + (matchups.attacks[0].quick[at] ?? 0);
    };
    expect(share()).toBeGreaterThan(0);
    own.active.pp0 = 0;
    expect(share()).toBe(0);
  });

  it('distinguishes a plain from a terastallized Pokémon whatever else its forme is', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Charizard', 'Blaze', 'Flamethrower'),
      p2: set('Abomasnow', 'Snow Warning', 'Splash'),
      choices: [],
    });
    const [own, foe] = p.sides;
    const matchups = new Matchups(p);
    const damage = (terastallized: boolean): number => {
      // As a turn in the simulator leaves it: an equal but different object.
      const pokemon = new Pokemon(0, { ...own.active.forme, teraType: 2 });
      pokemon.terastallized = terastallized;
      return matchups.attacks[0].special[matchups.at(pokemon, foe.active)] ?? 0;
    };
    expect(damage(true)).toBeGreaterThan(1.2 * damage(false));
    expect(damage(false)).toBeCloseTo(damage(false));
  });
});

describe('a habit of the opponent', () => {
  const own = `${set('Kingambit', 'Defiant', 'Sucker Punch', 'Iron Head')}\n\n${BENCH}`;
  const foe = `${set('Volcarona', 'Flame Body', 'Quiver Dance', 'Flamethrower')}\n\n${BENCH}`;
  const after = (choices: readonly (readonly [string, string])[]) =>
    simTurn({ format: GEN9, p1: own, p2: foe, choices });

  it('is what it has done over and over against the same Pokémon', () => {
    const habit = (choices: readonly (readonly [string, string])[]) => {
      const { state, memory } = after(choices);
      return habitOf(state, memory.turns);
    };
    expect(habit([])).toBeUndefined();
    expect(habit([['move 1', 'move 1']])).toBeUndefined();
    const again = habit([
      ['move 1', 'move 1'],
      ['move 1', 'move 1'],
      ['move 1', 'move 1'],
    ]);
    expect(again).toMatchObject({ move: 'quiverdance' });
    expect(again?.chance).toBeGreaterThan(0.2);
    expect(
      habit([
        ['move 1', 'move 1'],
        ['move 1', 'switch 2'],
      ]),
    ).toBeUndefined();
  });

  it('makes Sucker Punch worth less against an opponent that only raises its stages', async () => {
    const plot = ['move 1', 'move 1'] as const;
    const turn = simTurn({
      format: GEN9,
      p1: set('Kingambit', 'Defiant', 'Sucker Punch', 'Kowtow Cleave'),
      p2: set('Gengar', 'Cursed Body', 'Nasty Plot', 'Focus Blast'),
      choices: Array.from({ length: 6 }, () => plot),
    });
    const unwatched = { ...turn.memory, turns: turn.memory.turns.slice(-1) };
    const shares = async (memory: typeof turn.memory) => {
      const found: number[] = [];
      for (let seed = 0; seed < 8; seed++) {
        const random = createRandom(`plot-${seed}`);
        const options = { worlds: 2, playouts: 1500 };
        const result = await search({ ...turn, memory, random }, options);
        const punch = result?.actions.find(
          ({ action }) => action.type === 'move' && action.move === 'suckerpunch',
        );
        found.push(punch?.share ?? 0);
      }
      return found.reduce((sum, share) => sum + share, 0) / found.length;
    };
    expect(await shares(turn.memory)).toBeLessThan((await shares(unwatched)) - 0.1);
  });
});
