import { describe, expect, it } from 'vitest';
import { findMove } from '../../src/knowledge/dex.ts';
import { choicesOf, GIMMICK, SWITCH, Z_MOVE } from '../../src/mechanics/choices.ts';
import { searchStateOf } from '../../src/mechanics/from-battle-state.ts';
import type { SearchState } from '../../src/mechanics/search-state.ts';
import { advance } from '../../src/mechanics/turn.ts';
import { worldSource } from '../../src/search/determinization/sample-worlds.ts';
import { neuralEvaluator } from '../../src/search/evaluation/evaluator.ts';
import { Matchups, MOVES } from '../../src/search/evaluation/matchups.ts';
import { createRandom } from '../../src/util/random.ts';
import { GEN9, positionIn, set, slots } from '../support/model-turn.ts';
import { type SimTurn, type SimTurnOptions, simTurn } from '../support/sim-turn.ts';

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
  ])('know that %s with %s is immune to %s', (name, ability, move) => {
    const against = (own: string): SearchState =>
      positionIn({
        format: GEN9,
        p1: set('Mew', own, move, 'Psychic'),
        p2: set(name, ability, 'Splash'),
        choices: [],
      });
    expect(damage(against('Synchronize'))).toBe(0);
    const breaks = !name.includes('Balloon');
    expect(damage(against('Mold Breaker')) > 0).toBe(breaks);
  });
});

/** Expected damage of our first move to the opponent, as a share of its HP. */
function damage(p: SearchState): number {
  const [own, foe] = p.sides;
  const matchups = new Matchups(p);
  return matchups.attacks[0].moves[matchups.at(own.active, foe.active) * MOVES] ?? 0;
}

const asked = ({ type }: SimTurn['request']): 'move' | 'switch' => (type === 'switch' ? 'switch' : 'move');

/** Slots of the moves that the simulator offers our side. */
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
  ): { readonly p: SearchState; readonly sim: number[] } => {
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

  it('is not a disabled move, whatever was used since', () => {
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
  /** Both have a last HP and are poisoned: the one damaged first loses. */
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

  it('at the end of a turn depends on Speed, Trick Room and, on a tie, on chance', () => {
    const fast = set('Jolteon', 'Quick Feet', 'Splash');
    expect([loser(fast, 0, 0.5), loser(fast, 5, 0.5)]).toEqual([1, 0]);
    const equal = set('Snorlax', 'Gluttony', 'Splash');
    expect([loser(equal, 0, 0.2), loser(equal, 0, 0.8)]).toEqual([0, 1]);
  });

  it('under Trick Room is the slower one, and the search expects it', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Snorlax', 'Gluttony', 'Body Slam'),
      p2: set('Jolteon', 'Quick Feet', 'Thunderbolt'),
      choices: [],
    });
    const chance = (trickRoom: number): number => {
      p.trickRoom = trickRoom;
      return neuralEvaluator(p).evaluate(p);
    };
    expect(chance(5)).toBeGreaterThan(chance(0));
  });

  it('with a Max Move or Max Guard does not depend on the base move', () => {
    const turn = (choice: number): SearchState => {
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
  it('affect each other: both Intimidate', () => {
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
  it('deals double damage to a Pokémon that is leaving', () => {
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
      const [snorlax] = p.sides[1].pokemon;
      return snorlax ? snorlax.maxHp - snorlax.hp : 0;
    };
    expect(lost(SWITCH + 1)).toBeGreaterThan(1.8 * lost(0));
    expect(lost(SWITCH + 1)).toBeLessThan(2.2 * lost(0));
  });
});

describe('protecting moves that react to contact', () => {
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

/** The outcome of the last choices in the model and in the simulator. */
function bothAfter(options: SimTurnOptions): { readonly model: SearchState; readonly sim: SearchState } {
  const model = positionIn({ ...options, choices: options.choices.slice(0, -1) });
  const [own = 0, foe = 0] = (options.choices.at(-1) ?? []).map((choice) => Number(choice.slice(5)) - 1);
  model.random = () => 0.5;
  advance(model, own, foe);
  return { model, sim: positionIn(options) };
}

describe('generation 1', () => {
  const GEN1 = 'gen1customgame';
  const chansey = ['Chansey', 'Level: 100', '- Soft-Boiled', '- Reflect', '- Splash', '- Haze'].join('\n');

  it('heals by half with Soft-Boiled', () => {
    const { model, sim } = bothAfter({
      format: GEN1,
      p1: chansey,
      p2: ['Mewtwo', 'Level: 100', '- Seismic Toss', '- Splash'].join('\n'),
      choices: [
        ['move 3', 'move 1'],
        ['move 3', 'move 1'],
        ['move 3', 'move 1'],
        ['move 3', 'move 1'],
        ['move 1', 'move 2'],
      ],
    });
    expect(model.sides[0].active.hp).toBe(sim.sides[0].active.hp);
    expect(model.sides[0].active.hp).toBeGreaterThan(model.sides[0].active.maxHp / 2);
  });

  it('keeps a screen while its user stays, and Haze or leaving ends it', () => {
    const p2 = ['Mewtwo', 'Level: 100', '- Splash', '- Haze'].join('\n');
    const p1 = [chansey, ['Snorlax', 'Level: 100', '- Rest'].join('\n')].join('\n\n');
    const up = { format: GEN1, p1, p2, choices: [['move 2', 'move 1']] } as const;
    const { model, sim } = bothAfter(up);
    expect([model.sides[0].reflect > 0, sim.sides[0].reflect > 0]).toEqual([true, true]);
    const hazed = bothAfter({ ...up, choices: [...up.choices, ['move 3', 'move 2']] });
    expect([hazed.model.sides[0].reflect, hazed.sim.sides[0].reflect]).toEqual([0, 0]);
    advance(sim, SWITCH + 1, 0);
    expect(sim.sides[0].reflect).toBe(0);
  });
});

describe('what past turns imply about the active Pokémon', () => {
  it('Protect is less likely to work again', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Snorlax', 'Gluttony', 'Protect', 'Splash'),
      p2: set('Chansey', 'Healer', 'Splash'),
      choices: [
        ['move 2', 'move 1'],
        ['move 1', 'move 1'],
      ],
    });
    expect(p.sides[0].volatiles.stalled).toBe(1);
    let worked = 0;
    for (let i = 0; i < 300; i++) {
      const again = p.clone();
      again.random = createRandom(`protect-${i}`).next;
      advance(again, 0, 0);
      worked += again.sides[0].volatiles.stalled > 0 ? 1 : 0;
    }
    expect(worked).toBeGreaterThan(60);
    expect(worked).toBeLessThan(140);
  });

  it('Perish Song counts down', () => {
    const options = {
      format: GEN9,
      p1: set('Snorlax', 'Gluttony', 'Splash'),
      p2: set('Politoed', 'Damp', 'Perish Song', 'Splash'),
    };
    const rest: SimTurnOptions['choices'] = [
      ['move 1', 'move 2'],
      ['move 1', 'move 2'],
    ];
    for (const [turns, left] of [
      [0, 3],
      [1, 2],
      [2, 1],
    ] as const) {
      const p = positionIn({ ...options, choices: [['move 1', 'move 1'], ...rest.slice(0, turns)] });
      expect(p.sides.map(({ volatiles }) => volatiles.perish)).toEqual([left, left]);
    }
    const last = positionIn({ ...options, choices: [['move 1', 'move 1'], ...rest] });
    advance(last, 0, 1);
    expect(last.sides.map(({ active }) => active.hp)).toEqual([0, 0]);
  });

  it('Outrage continues for the opponent, too, which no line says', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Steelix', 'Sturdy', 'Splash'),
      p2: set('Haxorus', 'Unnerve', 'Splash', 'Outrage'),
      choices: [['move 1', 'move 2']],
    });
    expect(slots(p, 1)).toEqual([1]);
  });

  it('a Slaking that has just loafed does not loaf again', () => {
    const options = {
      format: GEN9,
      p1: set('Slaking', 'Truant', 'Splash'),
      p2: set('Chansey', 'Healer', 'Splash'),
    };
    const loafing = (turns: number): number => {
      const choices = Array.from({ length: turns }, () => ['move 1', 'move 1'] as const);
      return positionIn({ ...options, choices }).sides[0].volatiles.loafing;
    };
    expect([0, 1, 2, 3].map(loafing)).toEqual([0, 1, 0, 1]);
  });

  it('Wish takes effect at the end of the next turn, and no later', () => {
    const options = {
      format: GEN9,
      p1: set('Chansey', 'Healer', 'Wish', 'Splash'),
      p2: set('Snorlax', 'Gluttony', 'Splash'),
    };
    const turns = (...moves: readonly string[]): number =>
      positionIn({ ...options, choices: moves.map((move) => [move, 'move 1'] as const) }).sides[0].wishTurns;
    expect([turns('move 1'), turns('move 1', 'move 2'), turns('move 1', 'move 1')]).toEqual([1, 0, 0]);
  });

  it('Wish is over when its user has fainted in the turn in which it took effect', () => {
    const p = positionIn({
      format: GEN9,
      p1: [set('Abra', 'Inner Focus', 'Wish', 'Splash'), set('Snorlax', 'Gluttony', 'Splash')].join('\n\n'),
      p2: [set('Electrode', 'Static', 'Splash', 'Explosion'), set('Tauros', 'Anger Point', 'Splash')].join(
        '\n\n',
      ),
      choices: [
        ['move 1', 'move 1'],
        ['move 2', 'move 2'],
      ],
    });
    expect(p.sides[0].mustSwitch).toBe(1);
    expect(p.sides[0].wishTurns).toBe(0);
  });

  it('Future Sight hits when the simulator says, and a second one does not delay it', () => {
    const options = {
      format: GEN9,
      p1: set('Slowking', 'Oblivious', 'Future Sight', 'Splash'),
      p2: set('Chansey', 'Healer', 'Splash'),
    };
    const left = (...moves: readonly string[]): number =>
      positionIn({ ...options, choices: moves.map((move) => [move, 'move 1'] as const) }).sides[1]
        .futureTurns;
    expect([left('move 1'), left('move 1', 'move 1'), left('move 1', 'move 2', 'move 2')]).toEqual([2, 1, 0]);
  });

  it('a Pokémon underground cannot be hit, but can again once it has attacked', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Snorlax', 'Gluttony', 'Body Slam'),
      p2: set('Dugtrio', 'Sand Force', 'Dig', 'Splash'),
      choices: [['move 1', 'move 1']],
    });
    const dugtrio = p.sides[1].active;
    const whole = dugtrio.hp;
    p.random = () => 0.5;
    advance(p, 0, 0);
    // It is faster: by the time of the attack it is above ground again.
    expect(dugtrio.hp).toBeLessThan(whole);
  });
});

describe('Encore', () => {
  it('overrides the choice made before it', () => {
    const { model, sim } = bothAfter({
      format: GEN9,
      p1: set('Whimsicott', 'Prankster', 'Splash', 'Encore'),
      p2: set('Snorlax', 'Gluttony', 'Curse', 'Double-Edge'),
      choices: [
        ['move 1', 'move 1'],
        ['move 2', 'move 2'],
      ],
    });
    expect(sim.sides[0].active.hp).toBe(sim.sides[0].active.maxHp);
    expect(model.sides[0].active.hp).toBe(model.sides[0].active.maxHp);
    expect(model.sides[1].volatiles.atk).toBe(sim.sides[1].volatiles.atk);
  });
});

describe('terastallizing', () => {
  it.each([
    ['Ogerpon @ Leftovers', 'Defiant', 'Grass'],
    ['Ogerpon-Hearthflame @ Hearthflame Mask', 'Mold Breaker', 'Fire'],
    ['Ogerpon-Wellspring @ Wellspring Mask', 'Water Absorb', 'Water'],
    ['Ogerpon-Cornerstone @ Cornerstone Mask', 'Sturdy', 'Rock'],
    ['Terapagos @ Leftovers', 'Tera Shift', 'Stellar'],
  ])('changes more than the types of %s', (name, ability, type) => {
    const user = set(name, ability, 'Splash', 'Ivy Cudgel').replace('Level:', `Tera Type: ${type}\nLevel:`);
    const options: SimTurnOptions = {
      format: GEN9,
      p1: user,
      p2: set('Snorlax', 'Gluttony', 'Night Shade', 'Splash', 'Rain Dance'),
      choices: [['move 1', 'move 1']],
    };
    const model = positionIn(options);
    model.random = () => 0.5;
    advance(model, GIMMICK, 1);
    const after = (...more: SimTurnOptions['choices']): SearchState =>
      positionIn({
        ...options,
        choices: [...options.choices, ['move 1 terastallize', 'move 2'], ...more],
      });
    const sim = after();
    const seen = ({ sides: [{ active, forme, type1, type2, volatiles: v }] }: SearchState): unknown => ({
      ...{ hp: active.hp, maxHp: active.maxHp, type1, type2 },
      ...{ boosts: [v.atk, v.def, v.spa, v.spd, v.spe], ability: forme.ability, species: forme.species },
      stats: [forme.atk, forme.def, forme.spa, forme.spd, forme.spe],
    });
    expect(seen(model)).toEqual(seen(sim));
    sim.random = () => 0.5;
    advance(sim, 1, 1);
    const hit = after(['move 2', 'move 2']);
    const [modelled, real] = [sim, hit].map(({ sides }) => sides[1].active.hp / sides[1].active.maxHp);
    expect(Math.abs((modelled ?? 0) - (real ?? 1))).toBeLessThan(0.06);
  });
});

describe('binding attacks', () => {
  it('trap their target and damage it at the end of four or five turns', () => {
    const options: SimTurnOptions = {
      format: GEN9,
      p1: set('Galvantula', 'Unnerve', 'Splash', 'Infestation'),
      p2: [set('Chansey', 'Healer', 'Splash'), set('Snorlax', 'Gluttony', 'Splash')].join('\n\n'),
      choices: [['move 2', 'move 1']],
      seed: '5,5,5,5',
    };
    const { model, sim } = bothAfter(options);
    for (const p of [model, sim]) {
      expect([...choicesOf(p, p.sides[1])].filter((choice) => choice >= SWITCH)).toEqual([]);
    }
    const ends = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const p = positionIn({ ...options, choices: [] });
      p.random = createRandom(`bind-${i}`).next;
      const { active, volatiles } = p.sides[1];
      advance(p, 1, 0);
      if (volatiles.bound === 0) continue;
      let hurt = 1;
      for (let turn = 0; turn < 6; turn++) {
        const before = active.hp;
        advance(p, 0, 0);
        hurt += active.hp < before ? 1 : 0;
      }
      ends.add(hurt);
    }
    expect([...ends].sort()).toEqual([4, 5]);
  });
});

/** The same when the opponent is not asked, in a world that fits what our side knows. */
function positionOfOwn(options: SimTurnOptions): SearchState {
  const { state, request, memory } = simTurn(options);
  const world = worldSource(state, memory.turns, createRandom('world'))();
  return searchStateOf(world, memory.turns, asked(request), createRandom('luck').next);
}

/** State of the model after a replacement, beside the real one. */
function afterReplacing(
  options: SimTurnOptions,
  choice: number,
): { readonly model: SearchState; readonly sim: SearchState } {
  const model = positionOfOwn(options);
  advance(model, choice, 0);
  const words = [`switch ${choice - SWITCH + 1}`, ''] as const;
  return { model, sim: positionIn({ ...options, choices: [...options.choices, words] }) };
}

describe('a Pokémon that faints in generations 2 and 3', () => {
  const electrode = [set('Electrode', 'Static', 'Explosion'), set('Snorlax', 'Immunity', 'Splash')].join(
    '\n\n',
  );
  const steelix = set('Steelix @ Leftovers', 'Sturdy', 'Earthquake', 'Sandstorm');

  it.each([2, 3])('ends all moves of the turn, as in the simulator: generation %i', (gen) => {
    const options = { format: `gen${gen}customgame`, p1: electrode, p2: steelix, choices: [] };
    const start = positionIn(options);
    advance(start, 0, 0);
    expect(start.sides[0].mustSwitch).toBe(1);
    advance(start, SWITCH + 1, 0);
    const { model, sim } = afterReplacing({ ...options, choices: [['move 1', 'move 1']] }, SWITCH + 1);
    for (const p of [start, model, sim])
      expect([p.stage, p.sides[0].active.hp]).toEqual(['choose', p.sides[0].active.maxHp]);
  });

  it.each([2, 3])('is followed by the end of the turn: generation %i', (gen) => {
    const { model, sim } = afterReplacing(
      {
        format: `gen${gen}customgame`,
        p1: [set('Pichu', 'Static', 'Charm'), set('Snorlax', 'Immunity', 'Splash')].join('\n\n'),
        p2: steelix,
        choices: [
          ['move 1', 'move 2'],
          ['move 1', 'move 1'],
        ],
      },
      SWITCH + 1,
    );
    expect(sim.weatherTurns).toBe(3);
    for (const pick of [
      (p: SearchState) => p.weatherTurns,
      (p: SearchState) => p.sides[0].active.hp,
      (p: SearchState) => p.turn,
    ])
      expect(pick(model)).toBe(pick(sim));
  });
});

describe('the clauses of a format', () => {
  const gimmicks = (p: SearchState): number[] =>
    [...choicesOf(p, p.sides[0])].filter((choice) => choice >= GIMMICK && choice < SWITCH);
  const team = (...names: readonly string[]): string =>
    names.map((name) => set(name, 'Pressure', 'Tackle')).join('\n\n');

  it.each([
    ['gen8ou', 'Dynamax Clause', 0],
    ['gen8customgame', 'Dynamax', 1],
    ['gen9monotype', 'Terastal Clause', 0],
    ['gen9ou', 'Terastallization', 1],
  ])('determine the gimmick: %s has %s', (format, _, count) => {
    const options = { format, p1: team('Mew'), p2: team('Mew'), choices: [['team 1', 'team 1'] as const] };
    expect(gimmicks(positionIn(options))).toHaveLength(count);
    const offered = simTurn(options).actions.filter((action) => action.type === 'move' && action.gimmick);
    expect(offered).toHaveLength(count);
  });

  it('do not let Pokémon Dynamax that cannot', () => {
    const format = 'gen8customgame@@@!Team Preview';
    expect(gimmicks(positionIn({ format, p1: team('Zacian'), p2: team('Mew'), choices: [] }))).toEqual([]);
  });

  it('leave Mega Evolution for National Dex', () => {
    const options: SimTurnOptions = {
      format: 'gen9nationaldex',
      p1: set('Charizard @ Charizardite X', 'Blaze', 'Splash'),
      p2: set('Chansey', 'Healer', 'Splash'),
      choices: [['team 1', 'team 1']],
    };
    const model = positionIn(options);
    expect(gimmicks(model)).toEqual([GIMMICK]);
    advance(model, GIMMICK, 0);
    const sim = positionIn({ ...options, choices: [...options.choices, ['move 1 mega', 'move 1']] });
    for (const p of [model, sim]) {
      const [{ active, forme, gimmickSpent, type2 }] = p.sides;
      expect([forme.species, forme.ability, active.terastallized, gimmickSpent, type2]).toEqual([
        'charizardmegax',
        'toughclaws',
        false,
        1,
        model.sides[0].type2,
      ]);
    }
  });
});

describe('what no line shows', () => {
  it('sleep by Rest ends after two turns, whatever Sleep Talk has used since', () => {
    const options: SimTurnOptions = {
      format: 'gen4customgame',
      p1: set('Snorlax', 'Immunity', 'Rest', 'Sleep Talk', 'Splash'),
      p2: set('Chansey', 'Healer', 'Seismic Toss'),
      choices: [
        ['move 3', 'move 1'],
        ['move 1', 'move 1'],
        ['move 2', 'move 1'],
      ],
    };
    for (let i = 0; i < 20; i++)
      expect(positionIn(options, `sleep-${i}`).sides[0].active).toMatchObject({ status: 'slp', counter: 1 });
  });

  it('Shed Tail passes no stages on', () => {
    const p = positionOfOwn({
      format: GEN9,
      p1: [
        set('Cyclizar', 'Regenerator', 'Nasty Plot', 'Shed Tail'),
        set('Snorlax', 'Gluttony', 'Splash'),
      ].join('\n\n'),
      p2: set('Chansey', 'Healer', 'Splash'),
      choices: [
        ['move 1', 'move 1'],
        ['move 2', 'move 1'],
      ],
    });
    advance(p, SWITCH + 1, 0);
    expect(p.sides[0].active.forme.species).toBe('snorlax');
    expect(p.sides[0].volatiles).toMatchObject({ spa: 0 });
    expect(p.sides[0].volatiles.substitute).toBeGreaterThan(0);
  });

  it('a transformed Pokémon keeps what it copied when it terastallizes', () => {
    const options: SimTurnOptions = {
      format: GEN9,
      p1: set('Ditto', 'Imposter', 'Transform').replace('Level:', 'Tera Type: Dragon\nLevel:'),
      p2: set('Garchomp', 'Rough Skin', 'Dragon Claw', 'Splash').replace('Level:', 'Tera Type: Fire\nLevel:'),
      choices: [],
    };
    const p = positionIn(options);
    p.random = () => 0.5;
    advance(p, GIMMICK, 1);
    const sim = positionIn({ ...options, choices: [['move 1 terastallize', 'move 2']] });
    const left = ({ sides: [, foe] }: SearchState): number => foe.active.hp / foe.active.maxHp;
    expect(p.sides[0].forme.species).toBe('garchomp');
    expect(Math.abs(left(p) - left(sim))).toBeLessThan(0.08);
    expect(p.sides[0].type1).toBe(sim.sides[0].type1);
  });
});

describe('Z-moves', () => {
  it.each([
    ['Garchomp @ Dragonium Z', 'Dragon Claw', 'Swords Dance', 'Outrage', 'Earthquake'],
    ['Raichu-Alola @ Aloraichium Z', 'Thunderbolt', 'Thunder', 'Psychic'],
    ['Raichu @ Aloraichium Z', 'Thunderbolt', 'Thunder'],
    ['Porygon-Z @ Normalium Z', 'Conversion', 'Hyper Beam', 'Hidden Power [Fire]'],
    ['Garchomp @ Leftovers', 'Dragon Claw', 'Earthquake'],
  ])('of %s are those that the simulator offers, once', (name, ...moves) => {
    const options: SimTurnOptions = {
      format: 'gen7customgame',
      p1: set(name, 'Pressure', ...moves),
      p2: set('Steelix', 'Sturdy', 'Splash'),
      choices: [['team 1', 'team 1']],
    };
    const zSlots = (p: SearchState): number[] =>
      [...choicesOf(p, p.sides[0])]
        .filter((choice) => choice >= Z_MOVE && choice < SWITCH)
        .map((choice) => choice - Z_MOVE);
    const offeredAs = simTurn(options).actions.flatMap((action) =>
      action.type === 'move' && action.gimmick === 'zmove' && findMove(7, action.move)?.category !== 'Status'
        ? [action.slot - 1]
        : [],
    );
    const p = positionIn(options);
    expect(zSlots(p)).toEqual(offeredAs);
    const [slot] = offeredAs;
    if (slot === undefined) return;
    advance(p, Z_MOVE + slot, 0);
    expect(zSlots(p)).toEqual([]);
  });
});
