import { describe, expect, it } from 'vitest';
import { noFeatures, readFeatures } from '../../../src/agent/search/features.ts';
import { matchupsOf } from '../../../src/agent/search/matchups.ts';
import { GIMMICK, legalChoices, SWITCH } from '../../../src/agent/search/turn-model/choices.ts';
import { positionOf } from '../../../src/agent/search/turn-model/from-world.ts';
import type { Position } from '../../../src/agent/search/turn-model/position.ts';
import { advance } from '../../../src/agent/search/turn-model/turn.ts';
import { createRandom } from '../../../src/util/random.ts';
import { type SimTurnOptions, simTurn } from '../../support/sim-turn.ts';

/** The turn model's position for a battle in the simulator, with both sides' real teams as the world. */
function positionIn(options: SimTurnOptions): Position {
  const [own, foe] = [simTurn({ ...options, side: 'p1' }), simTurn({ ...options, side: 'p2' })];
  const asked = own.request.type === 'switch' ? 'switch' : 'move';
  const world = { ...own.state, foe: foe.state.own };
  return positionOf(world, own.memory.turns, asked, createRandom('luck').next);
}

/** A Pokémon in Showdown's export format: name and item, ability, moves. */
function set(name: string, ability: string, ...moves: readonly string[]): string {
  return [name, `Ability: ${ability}`, 'Level: 50', ...moves.map((move) => `- ${move}`)].join('\n');
}

const GEN9 = 'gen9customgame@@@!Team Preview';

describe('matchups', () => {
  it.each([
    ['Rotom', 'Levitate', 'Earth Power'],
    ['Jolteon', 'Volt Absorb', 'Thunderbolt'],
    ['Vaporeon', 'Water Absorb', 'Surf'],
    ['Heatran', 'Flash Fire', 'Flamethrower'],
    ['Azumarill', 'Sap Sipper', 'Energy Ball'],
    ['Gastrodon', 'Storm Drain', 'Surf'],
    ['Electivire', 'Motor Drive', 'Thunderbolt'],
    ['Raichu', 'Lightning Rod', 'Thunderbolt'],
    ['Toxicroak', 'Dry Skin', 'Surf'],
    ['Dachsbun', 'Well-Baked Body', 'Flamethrower'],
    ['Orthworm', 'Earth Eater', 'Earth Power'],
    ['Shedinja', 'Wonder Guard', 'Surf'],
    ['Heatran @ Air Balloon', 'Flame Body', 'Earth Power'],
  ])('know that %s with %s takes nothing from %s', (name, ability, move) => {
    const against = (own: string): Position =>
      positionIn({
        format: GEN9,
        p1: set('Mew', own, move, 'Psychic'),
        p2: set(name, ability, 'Splash'),
        choices: [],
      });
    expect(matchupsOf(against('Synchronize')).ownMoves[0]).toBe(0);
    const breaks = !name.includes('Balloon');
    expect((matchupsOf(against('Mold Breaker')).ownMoves[0] ?? 0) > 0).toBe(breaks);
  });
});

/** Slots of the moves that a side may choose. */
function slots(p: Position, side: 0 | 1): number[] {
  const list = new Int8Array(32);
  const count = legalChoices(p, p.sides[side], list);
  return [...list.subarray(0, count)].filter((choice) => choice < GIMMICK);
}

/** Slots of the moves that the simulator offers the own side. */
function offered(options: SimTurnOptions): number[] {
  return simTurn(options).actions.flatMap((action) =>
    action.type === 'move' && !action.gimmick ? [action.slot - 1] : [],
  );
}

describe('what may be chosen', () => {
  const after = (
    p1: string,
    p2: string,
    choices: SimTurnOptions['choices'],
  ): { readonly p: Position; readonly sim: number[] } => {
    const options = { format: GEN9, p1, p2, choices: choices.slice(0, -1) };
    const p = positionIn(options);
    const [own = 0, foe = 0] = (choices.at(-1) ?? []).map((choice) => Number(choice.slice(5)) - 1);
    advance(p, own, foe);
    return { p, sim: offered({ ...options, choices }) };
  };

  it('is everything again once a choice item is knocked off', () => {
    const garchomp = set('Garchomp @ Choice Band', 'Rough Skin', 'Swords Dance', 'Protect', 'Rest');
    const { p, sim } = after(garchomp, set('Chansey', 'Healer', 'Splash', 'Knock Off'), [
      ['move 1', 'move 1'],
      ['move 1', 'move 2'],
    ]);
    expect(sim).toEqual([0, 1, 2]);
    expect(slots(p, 0)).toEqual(sim);
  });

  it('is not Gigaton Hammer twice in a row', () => {
    const tinkaton = set('Tinkaton', 'Own Tempo', 'Gigaton Hammer', 'Protect');
    const steelix = set('Steelix', 'Sturdy', 'Splash');
    for (const last of ['move 1', 'move 2']) {
      const { p, sim } = after(tinkaton, steelix, [
        ['move 2', 'move 1'],
        [last, 'move 1'],
      ]);
      expect(slots(p, 0)).toEqual(sim);
      expect(sim.includes(0)).toBe(last === 'move 2');
    }
  });

  it('is not what Disable holds back, whatever was used since', () => {
    const jolteon = set('Jolteon', 'Quick Feet', 'Splash', 'Agility', 'Rest');
    const options = {
      format: GEN9,
      p1: jolteon,
      p2: set('Chansey', 'Healer', 'Disable', 'Splash'),
      choices: [
        ['move 1', 'move 1'],
        ['move 2', 'move 2'],
      ],
    } as const;
    expect(offered(options)).toEqual([1, 2]);
    expect(slots(positionIn(options), 0)).toEqual([1, 2]);
  });
});

describe('who goes first', () => {
  /** Both down to their last HP and poisoned: who suffers first loses. */
  function loser(foe: string, trickRoom: number, luck: number): number {
    const p = positionIn({ format: GEN9, p1: set('Snorlax', 'Gluttony', 'Splash'), p2: foe, choices: [] });
    p.trickRoom = trickRoom;
    p.random = () => luck;
    for (const { active } of p.sides) {
      active.hp = 1;
      active.status = 'psn';
    }
    advance(p, 0, 0);
    return 1 - p.winner;
  }

  it('at the end of a turn goes by Speed, Trick Room and, of equals, by chance', () => {
    const fast = set('Jolteon', 'Quick Feet', 'Splash');
    expect([loser(fast, 0, 0.5), loser(fast, 5, 0.5)]).toEqual([1, 0]);
    const equal = set('Snorlax', 'Gluttony', 'Splash');
    expect([loser(equal, 0, 0.2), loser(equal, 0, 0.8)]).toEqual([0, 1]);
  });

  it('under Trick Room is the slower one, and the search expects so', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Snorlax', 'Gluttony', 'Body Slam'),
      p2: set('Jolteon', 'Quick Feet', 'Thunderbolt'),
      choices: [],
    });
    const duel = (trickRoom: number): number => {
      p.trickRoom = trickRoom;
      const features = noFeatures();
      readFeatures(p, matchupsOf(p), features);
      return features.duel;
    };
    expect(duel(5)).toBeGreaterThan(duel(0));
  });

  it('with a Max Move or Max Guard does not go by the move that it was', () => {
    const turn = (choice: number): Position => {
      const p = positionIn({
        format: 'gen8customgame@@@!Team Preview',
        p1: set('Dragonite', 'Inner Focus', 'Extreme Speed', 'Agility'),
        p2: set('Jolteon', 'Volt Absorb', 'Thunderbolt'),
        choices: [],
      });
      p.random = () => 0.5;
      for (const { active } of p.sides) active.hp = 1;
      advance(p, choice, 0);
      return p;
    };
    expect(turn(0).winner).toBe(0);
    expect(turn(GIMMICK).winner).toBe(1);
    expect(turn(GIMMICK + 1).winner).toBe(-1);
  });
});

describe('two newcomers at once', () => {
  it('meet each other: both Intimidate', () => {
    const p = positionIn({
      format: GEN9,
      p1: [set('Electrode', 'Static', 'Explosion'), set('Gyarados', 'Intimidate', 'Splash')].join('\n\n'),
      p2: [set('Caterpie', 'Shield Dust', 'Tackle'), set('Tauros', 'Intimidate', 'Splash')].join('\n\n'),
      choices: [['move 1', 'move 1']],
    });
    expect(p.sides.map(({ mustSwitch }) => mustSwitch)).toEqual([1, 1]);
    advance(p, SWITCH + 1, SWITCH + 1);
    expect(p.sides.map(({ volatiles }) => volatiles.atk)).toEqual([-1, -1]);
  });
});

describe('Pursuit', () => {
  it('hits twice as hard whoever is on the way out', () => {
    const lost = (reply: number): number => {
      const p = positionIn({
        format: 'gen4customgame',
        p1: set('Tyranitar', 'Sand Stream', 'Pursuit'),
        p2: [set('Snorlax', 'Immunity', 'Splash'), set('Tauros', 'Anger Point', 'Splash')].join('\n\n'),
        choices: [],
      });
      p.random = () => 0.5;
      p.weather = '';
      advance(p, 0, reply);
      const [snorlax] = p.sides[1].fighters;
      return snorlax ? snorlax.maxHp - snorlax.hp : 0;
    };
    expect(lost(SWITCH + 1)).toBeGreaterThan(1.8 * lost(0));
    expect(lost(SWITCH + 1)).toBeLessThan(2.2 * lost(0));
  });
});

describe('shields that answer to touch', () => {
  it.each([
    ["King's Shield", { atk: -1 }],
    ['Obstruct', { def: -2 }],
    ['Silk Trap', { spe: -1 }],
    ['Spiky Shield', { hp: 7 / 8 }],
    ['Baneful Bunker', { status: 'psn' }],
    ['Burning Bulwark', { status: 'brn' }],
  ])('%s', (shield, expected) => {
    const p = positionIn({
      format: GEN9,
      p1: set('Tauros', 'Anger Point', 'Body Slam', 'Earthquake'),
      p2: set('Chansey', 'Healer', shield),
      choices: [],
    });
    const untouched = p.clone();
    for (const [position, choice] of [
      [p, 0],
      [untouched, 1],
    ] as const) {
      position.random = () => 0.5;
      advance(position, choice, 0);
    }
    const [{ volatiles, active }] = p.sides;
    const found = { ...volatiles, status: active.status, hp: Math.round((8 * active.hp) / active.maxHp) / 8 };
    expect(found).toMatchObject(expected);
    const [{ volatiles: stages, active: whole }] = untouched.sides;
    expect([stages.atk, stages.def, stages.spe, whole.status]).toEqual([0, 0, 0, '']);
    expect(whole.hp).toBe(whole.maxHp);
  });
});
