import { describe, expect, it } from 'vitest';
import { typeOf } from '../../../src/mechanics/move-type.ts';
import { advance } from '../../../src/mechanics/turn.ts';
import { NORMAL } from '../../../src/mechanics/types.ts';
import { GEN9, positionIn, set } from '../../support/model-turn.ts';

describe('stages and items that respond to the other side', () => {
  it('Mirror Armor reflects lowered stages', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Corviknight', 'Mirror Armor', 'Splash'),
      p2: set('Blissey', 'Healer', 'Charm'),
      choices: [],
    });
    advance(p, 0, 0);
    expect(p.sides.map(({ volatiles }) => volatiles.atk)).toEqual([0, -2]);
  });

  it.each([
    ['Opportunist', 'Espathra'],
    ['Speed Boost', 'Espathra @ Mirror Herb'],
  ])('%s: %s gains what the opponent gains', (ability, name) => {
    const p = positionIn({
      format: GEN9,
      p1: set(name, ability, 'Splash'),
      p2: set('Blissey', 'Healer', 'Calm Mind'),
      choices: [],
    });
    advance(p, 0, 0);
    const [own] = p.sides;
    expect([own.volatiles.spa, own.volatiles.spd]).toEqual([1, 1]);
    expect(own.active.item).toBe('');
  });

  it('Pickpocket steals the item of a Pokémon that makes contact', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Weavile', 'Pickpocket', 'Splash'),
      p2: set('Blissey @ Leftovers', 'Healer', 'Pound'),
      choices: [],
    });
    advance(p, 0, 0);
    expect(p.sides.map(({ active }) => active.item)).toEqual(['leftovers', '']);
  });

  it('Judgment is Normal without a plate, whoever uses it', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Gyarados', 'Intimidate', 'Judgment'),
      p2: set('Blissey', 'Healer', 'Splash'),
      choices: [],
    });
    const [own] = p.sides;
    const [judgment] = own.forme.moves;
    expect(judgment && typeOf(p, own, judgment)).toBe(NORMAL);
  });

  it('No Retreat is remembered: it traps its user and fails a second time', () => {
    const p = positionIn({
      format: GEN9,
      p1: set('Falinks', 'Battle Armor', 'No Retreat'),
      p2: set('Blissey', 'Healer', 'Splash'),
      choices: [['move 1', 'move 1']],
    });
    const [own] = p.sides;
    expect(own.volatiles.held).toBe(1);
    advance(p, 0, 0);
    expect(own.volatiles.atk).toBe(1);
  });
});
