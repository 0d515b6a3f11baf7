import { describe, expect, it } from 'vitest';
import { basePowerOf } from '../../../src/mechanics/damage.ts';
import type { SearchState } from '../../../src/mechanics/search-state.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { GEN9, positionIn, set, slots } from '../../support/model-turn.ts';
import { type SimTurnOptions, simTurn } from '../../support/sim-turn.ts';

const WALL = set('Blissey @ Leftovers', 'Healer', 'Splash', 'Water Gun');

/** Base power of p1's move in a slot. */
function power(p: SearchState, slot = 0): number {
  const [own] = p.sides;
  const move = own.forme.moves[slot];
  if (!move) throw new Error('no such move');
  return basePowerOf(p, own, move);
}

describe('power that depends on what has happened', () => {
  const annihilape = set('Annihilape', 'Vital Spirit', 'Rage Fist', 'Splash');

  it('counts the hits for Rage Fist, in the battle so far and in the turns ahead', () => {
    const hit = ['move 2', 'move 2'] as const;
    const p = positionIn({
      format: GEN9,
      p1: annihilape,
      p2: WALL,
      choices: [hit, ['move 2', 'move 1'], hit],
    });
    expect(power(p)).toBe(150);
    advance(p, 1, 1);
    expect(power(p)).toBe(200);
    advance(p, 1, 0);
    expect(power(p)).toBe(200);
  });

  it('keeps the count on the bench, and does not count other damage', () => {
    const bench = set('Chansey', 'Healer', 'Splash');
    const p = positionIn({
      format: GEN9,
      p1: `${annihilape}\n\n${bench}`,
      p2: set('Toxapex', 'Regenerator', 'Toxic', 'Water Gun', 'Splash'),
      choices: [
        ['move 2', 'move 1'],
        ['move 2', 'move 2'],
        ['switch 2', 'move 3'],
        ['switch 2', 'move 3'],
      ],
    });
    expect(power(p)).toBe(100);
  });

  it('counts each hit of a multi-hit move', () => {
    const cloyster = set('Cloyster', 'Skill Link', 'Icicle Spear');
    const p = positionIn({ format: GEN9, p1: annihilape, p2: cloyster, choices: [['move 2', 'move 1']] });
    expect(power(p)).toBe(300);
  });

  it('counts fainted Pokémon for Last Respects and Supreme Overlord, including revived ones', () => {
    const p1 = [
      set('Rabsca', 'Synchronize', 'Revival Blessing', 'Memento'),
      set('Houndstone', 'Sand Rush', 'Last Respects', 'Memento'),
      set('Kingambit', 'Supreme Overlord', 'Memento', 'Splash'),
      set('Chansey', 'Healer', 'Memento', 'Splash'),
    ].join('\n\n');
    const p = positionIn({
      format: GEN9,
      p1,
      p2: WALL,
      choices: [
        ['switch 4', 'move 1'],
        ['move 1', 'move 1'],
        // Chansey, now in the first place, has fainted: Rabsca replaces it and revives it.
        ['switch 4', ''],
        ['move 1', 'move 1'],
        ['switch 4', ''],
        ['switch 2', 'move 1'],
      ],
    });
    expect(p.sides[0].fainted).toBe(0);
    expect(p.sides[0].everFainted).toBe(1);
    expect(power(p)).toBe(100);
  });

  it.each([
    ['Fury Cutter', [40, 80, 160, 160]],
    ['Rollout', [30, 60, 120, 240]],
    ['Ice Ball', [30, 60, 120, 240]],
    ['Echoed Voice', [40, 80, 120, 160]],
  ])('grows with %s from turn to turn', (move, powers) => {
    const format = 'gen8customgame@@@!Team Preview';
    const p = positionIn({ format, p1: set('Miltank', 'No Guard', move), p2: WALL, choices: [] });
    const grown: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      p.sides[1].active.hp = p.sides[1].active.maxHp;
      // Echoed Voice counts when it is used.
      if (move === 'Echoed Voice') advance(p, 0, 0);
      grown.push(power(p));
      if (move !== 'Echoed Voice') advance(p, 0, 0);
    }
    expect(grown).toEqual(powers);
  });

  it('includes how often Fury Cutter has hit in a row so far', () => {
    const scizor = set('Scizor', 'No Guard', 'Fury Cutter', 'Splash');
    const format = 'gen8customgame@@@!Team Preview';
    const after = (...own: string[]): number =>
      power(
        positionIn({
          format,
          p1: scizor,
          p2: set('Skarmory', 'Sturdy', 'Splash'),
          choices: own.map((move) => [move, 'move 1'] as const),
        }),
      );
    expect(after('move 1', 'move 1')).toBe(160);
    expect(after('move 1', 'move 2')).toBe(40);
    expect(after('move 1', 'move 2', 'move 1')).toBe(80);
  });

  it('doubles Stomping Tantrum after a miss or paralysis, and not after Protect', () => {
    const own = set('Mudsdale', 'Stamina', 'Stomping Tantrum', 'Thunder Wave');
    const after = (foe: string, foeMove: number): number =>
      power(positionIn({ format: GEN9, p1: own, p2: foe, choices: [['move 2', `move ${foeMove}`]] }), 0);
    expect(after(set('Steelix', 'Sturdy', 'Splash', 'Protect'), 1)).toBe(75);
    const p = positionIn({
      format: GEN9,
      p1: own,
      p2: set('Steelix', 'Sturdy', 'Splash', 'Protect'),
      choices: [],
    });
    advance(p, 1, 0);
    // In the next turn, what counts is the turn before.
    p.sides[0].volatiles.failed = 2;
    expect(power(p)).toBe(150);
  });

  it('doubles Assurance against a target that has lost HP this turn', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Weavile', 'Pressure', 'Assurance'),
      p2: set('Chansey', 'Healer', 'Substitute'),
      choices: [],
    });
    expect(power(p)).toBe(60);
    p.sides[1].volatiles.hurtNow = 1;
    expect(power(p)).toBe(120);
  });
});

describe('a rampage', () => {
  const raging = set('Dragonite', 'Inner Focus', 'Outrage', 'Splash');
  const options = (foe: string, choices: SimTurnOptions['choices']): SimTurnOptions => ({
    format: GEN9,
    p1: foe,
    p2: raging,
    choices,
  });

  it.each([
    ['Protect', set('Blissey', 'Healer', 'Protect')],
    ['an immunity', set('Clefable', 'Unaware', 'Splash')],
  ])('that %s stops is over', (_what, foe) => {
    const start = options(foe, []);
    const p = positionIn(start);
    advance(p, 0, 0);
    expect(slots(p, 1)).toEqual([0, 1]);
    const known = positionIn(options(foe, [['move 1', 'move 1']]));
    expect(slots(known, 1)).toEqual([0, 1]);
    expect(known.sides[1].volatiles.rampage).toBe(0);
    expect(simTurn({ ...start, side: 'p2', choices: [['move 1', 'move 1']] }).actions.length).toBeGreaterThan(
      1,
    );
  });

  it('that is stopped in its second turn is over too, now and then with confusion', () => {
    const confused = new Set<boolean>();
    for (let luck = 0; luck < 30; luck++) {
      const steelix = set('Steelix', 'Sturdy', 'Splash', 'Protect');
      const p = positionIn(options(steelix, [['move 1', 'move 1']]), `luck ${luck}`);
      expect(slots(p, 1)).toEqual([0]);
      advance(p, 1, 0);
      expect(p.sides[1].volatiles.rampage).toBe(0);
      confused.add(p.sides[1].volatiles.confusion > 0);
    }
    expect(confused).toEqual(new Set([true, false]));
  });

  it('continues in generation 2 whatever stops it', () => {
    const [own, foe] = [
      'Blissey\nLevel: 50\n- Splash\n- Protect',
      'Dragonite\nLevel: 50\n- Outrage\n- Splash',
    ];
    const p = positionIn({ format: 'gen2customgame', p1: own, p2: foe, choices: [] });
    advance(p, 1, 0);
    expect(slots(p, 1)).toEqual([0]);
  });
});

describe('Truant', () => {
  const slaking = set('Slaking', 'Truant', 'Slack Off', 'Body Slam');
  const tries = (foe: string, choices: SimTurnOptions['choices']): number => {
    const p = positionIn({ format: GEN9, p1: slaking, p2: foe, choices });
    return p.sides[0].volatiles.loafing;
  };

  it('is checked before a flinch: a Pokémon that flinched loafs next', () => {
    const foe = set('Ambipom', 'Skill Link', 'Fake Out', 'Splash');
    expect(tries(foe, [['move 2', 'move 1']])).toBe(1);
    expect(
      tries(foe, [
        ['move 2', 'move 1'],
        ['move 2', 'move 2'],
      ]),
    ).toBe(0);
  });
});
