import { describe, expect, it } from 'vitest';
import { SWITCH } from '../../../src/mechanics/choices.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { GEN9, positionIn, set } from '../../support/model-turn.ts';

const BENCH = set('Chansey', 'Healer', 'Splash');

describe('formes and abilities of a battle', () => {
  it('Palafin comes back as a hero', () => {
    const p = positionIn({
      format: GEN9,
      p1: `${set('Palafin', 'Zero to Hero', 'Flip Turn')}\n\n${BENCH}`,
      p2: BENCH,
      choices: [],
    });
    const [own] = p.sides;
    const before = own.forme.atk;
    advance(p, SWITCH + 1, 0);
    advance(p, SWITCH, 0);
    expect(own.forme.species).toBe('palafinhero');
    expect(own.forme.atk).toBeGreaterThan(1.5 * before);
  });

  it('Aegislash attacks in its Blade Forme, takes its Shield Forme for King’s Shield, and has its own on the bench', () => {
    const p = positionIn({
      format: GEN9,
      p1: `${set('Aegislash', 'Stance Change', 'Shadow Sneak', 'King’s Shield', 'Swords Dance')}\n\n${BENCH}`,
      p2: BENCH,
      choices: [],
    });
    const [own] = p.sides;
    const shield = own.forme;
    advance(p, 0, 0);
    expect(own.forme.species).toBe('aegislashblade');
    expect(own.forme.atk).toBe(shield.spd);
    advance(p, 2, 0);
    expect(own.forme.species).toBe('aegislashblade');
    advance(p, 1, 0);
    expect(own.forme).toBe(shield);
    advance(p, 0, 0);
    advance(p, SWITCH + 1, 0);
    expect(own.pokemon[0]?.forme).toBe(shield);
  });

  it('an Aegislash in Blade Forme when the search begins has its Shield Forme on the bench', () => {
    const aegislash = set('Aegislash', 'Stance Change', 'Shadow Sneak', 'King’s Shield');
    const p = positionIn({
      format: GEN9,
      p1: `${aegislash}\n\n${BENCH}`,
      p2: BENCH,
      choices: [['move 1', 'move 1']],
    });
    const [own] = p.sides;
    expect(own.forme.species).toBe('aegislashblade');
    advance(p, SWITCH + 1, 0);
    expect(own.pokemon[0]?.forme.species).toBe('aegislash');
  });

  it('Trace takes the ability of the opponent, and loses it with its holder', () => {
    const p = positionIn({
      format: GEN9,
      p1: `${BENCH}\n\n${set('Porygon2', 'Trace', 'Splash')}`,
      p2: set('Gyarados', 'Intimidate', 'Splash'),
      choices: [],
    });
    const [own, foe] = p.sides;
    advance(p, SWITCH + 1, 0);
    expect(own.ability).toBe('intimidate');
    expect(foe.volatiles.atk).toBe(-1);
    advance(p, SWITCH, 0);
    expect(own.pokemon[1]?.forme.ability).toBe('trace');
  });

  it.each(['Emergency Exit', 'Wimp Out'])(
    '%s makes its bearer leave once it has lost half of its HP',
    (ability) => {
      const p = positionIn({
        format: GEN9,
        p1: `${set('Golisopod', ability, 'First Impression', 'Splash')}\n\n${BENCH}`,
        p2: set('Garchomp', 'Rough Skin', 'Stone Edge', 'Splash'),
        choices: [],
      });
      const [own, foe] = p.sides;
      own.active.hp = Math.floor(own.active.maxHp * 0.6);
      p.random = () => 0.5;
      advance(p, 1, 0);
      expect(own.active.hp).toBeGreaterThan(0);
      expect(own.mustSwitch).toBe(2);
      expect(foe.mustSwitch).toBe(0);
    },
  );

  it('Darmanitan enters Zen Mode at half of its HP and leaves it on the bench', () => {
    const p = positionIn({
      format: 'gen7customgame@@@!Team Preview',
      p1: `${set('Darmanitan', 'Zen Mode', 'Splash')}\n\n${BENCH}`,
      p2: BENCH,
      choices: [],
    });
    const [own] = p.sides;
    own.active.hp = Math.floor(own.active.maxHp / 2);
    advance(p, 0, 0);
    expect(own.forme.species).toBe('darmanitanzen');
    advance(p, SWITCH + 1, 0);
    expect(own.pokemon[0]?.forme.species).toBe('darmanitan');
  });

  it.each([
    { gen: 9, stages: 1, species: 'greninjabond' },
    { gen: 7, stages: 0, species: 'greninjaash' },
  ])('Battle Bond reacts to a knock-out in generation $gen', ({ gen, stages, species }) => {
    const p = positionIn({
      format: `gen${gen}customgame@@@!Team Preview`,
      p1: set('Greninja-Bond', 'Battle Bond', 'Hydro Pump'),
      p2: `${set('Golem', 'Rock Head', 'Splash')}\n\n${BENCH}`,
      choices: [],
    });
    const [own] = p.sides;
    p.random = () => 0.5;
    advance(p, 0, 0);
    expect(own.volatiles.spa).toBe(stages);
    expect(own.forme.species).toBe(species);
  });

  it('Ditto is itself again on the bench, even if it is transformed when the search begins', () => {
    const p = positionIn({
      format: GEN9,
      p1: `${set('Ditto', 'Imposter', 'Transform')}\n\n${BENCH}`,
      p2: set('Garchomp', 'Rough Skin', 'Splash', 'Earthquake'),
      choices: [],
    });
    const [own, foe] = p.sides;
    expect(own.forme.species).toBe('garchomp');
    // Everything that reads the Pokémon's forme, including the networks, sees the copy.
    expect(own.active.forme.atk).toBe(foe.forme.atk);
    expect(own.active.forme.maxHp).not.toBe(foe.forme.maxHp);
    expect(own.forme.moves.map(({ id }) => id)).toEqual(['splash', 'earthquake']);
    advance(p, SWITCH + 1, 0);
    expect(own.pokemon[0]?.forme.species).toBe('ditto');
  });
});
