import { describe, expect, it } from 'vitest';
import { expandSets } from '../../src/knowledge/expand-sets.ts';
import { parseSetBook } from '../../src/knowledge/set-book.ts';
import { parseStatistics, setsFromStatistics } from '../../src/knowledge/set-statistics.ts';
import { UserError } from '../../src/util/errors.ts';

const book = (set: unknown, species = 'Mew', format = 'gen9ou'): string =>
  JSON.stringify({ [format]: { [species]: [set] } });

describe('a player’s own book', () => {
  it.each([
    [{ moves: ['Psychic'], evs: { spe: 300 } }, /sets\.json, gen9ou → Mew → #1 → evs → spe: .*255/],
    [{ moves: ['Psychic'], nature: 'Sneaky' }, /nature: expected a nature of generation 9, got "Sneaky"/],
    [{ moves: ['Psychik'] }, /Mew → #1 → moves → #1: expected a move of generation 9, got "Psychik"/],
    [{ moves: [] }, /moves: /],
    [{ moves: [4] }, /moves → #1: expected a name, or a list of names/],
    [{ moves: ['Psychic'], item: 'Leftover' }, /item: expected an item/],
    [{ moves: ['Psychic'], ability: 'Synchro' }, /ability: expected an ability/],
    [{ moves: ['Psychic'], teraType: 'Light' }, /teraType: expected a type/],
    [{ moves: ['Psychic'], tera: 'Fire' }, /"tera"/],
    ['Psychic', /Mew → #1: /],
  ])('%j is refused in one line that names the file, the entry and what was expected', (set, message) => {
    expect(() => parseSetBook(book(set), 'sets.json')).toThrow(UserError);
    expect(() => parseSetBook(book(set), 'sets.json')).toThrow(message);
    expect(() => parseSetBook(book(set), 'sets.json')).toThrow(/^sets\.json, [^\n]+$/);
  });

  it('is refused when it is not JSON, not a book, or names no format or species', () => {
    expect(() => parseSetBook('{', 'sets.json')).toThrow(/sets\.json is not valid JSON \(.+\)/);
    expect(() => parseSetBook('[]', 'sets.json')).toThrow(/sets\.json, top level: .*expected record/);
    expect(() => parseSetBook(book({ moves: ['Psychic'] }, 'Mew', 'ou'), 'sets.json')).toThrow(/a format id/);
    expect(() => parseSetBook(book({ moves: ['Psychic'] }, 'Muw'), 'sets.json')).toThrow(/a species/);
  });
});

describe('written sets', () => {
  it('are expanded into each combination of their alternatives', () => {
    const set = { moves: [['Surf', 'Scald'], 'Recover'], item: ['Leftovers', 'Life Orb'], nature: 'Bold' };
    const sets = expandSets(9, 'Milotic', [set, { moves: ['Ice Beam'], weight: 3 }], 100);
    const [likeliest] = sets;
    // Three abilities are possible, and the second set is three times as frequent.
    expect(sets).toHaveLength(3 + 2 * 2 * 3);
    expect(likeliest).toMatchObject({ moves: ['icebeam'], weight: 0.25, item: '' });
    expect(sets.at(-1)).toMatchObject({ nature: 'bold', weight: 0.25 / 12 });
  });

  it('with very many alternatives give an even sample, without the same move twice', () => {
    const any = ['Surf', 'Scald', 'Ice Beam', 'Recover', 'Haze'];
    const set = { moves: [any, any, any, any], teraType: ['Fire', 'Water'], nature: ['Bold', 'Calm'] };
    const sets = expandSets(9, 'Milotic', [set], 100);
    expect(sets).toHaveLength(48);
    for (const { moves } of sets) expect(new Set(moves).size).toBe(moves.length);
    expect(sets.filter(({ teraType }) => teraType === 'Fire')).toHaveLength(24);
    expect(expandSets(9, 'Milotic', [set], 100)).toEqual(sets);
  });

  it('lose what an older generation lacks', () => {
    const [set] = expandSets(
      2,
      'Milotic',
      [{ moves: ['Scald', 'Surf'], item: 'Leftovers', ability: 'X' }],
      50,
    );
    expect(set).toMatchObject({ moves: ['surf'], ability: '', nature: '', level: 50 });
    expect(expandSets(1, 'Mew', [{ moves: ['Scald'] }], 50)).toEqual([]);
  });
});

describe('statistics of sets', () => {
  const usual = {
    level: 80,
    nature: 'serious',
    evs: { hp: 84, atk: 84, def: 84, spa: 84, spd: 84, spe: 84 },
    ivs: { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 },
  };

  it('give sets that have everything as often as stated', () => {
    const shares = { Surf: 1, 'Ice Beam': 0.8, Recover: 0.75, Scald: 0.55, Haze: 0.5, Toxic: 0.4 };
    const roles = [
      { weight: 0.75, moves: shares, items: { Leftovers: 0.5, 'Flame Orb': 0.5 }, evs: { atk: 0 } },
      { weight: 0.25, level: 85, moves: { Rest: 1, 'Sleep Talk': 1, Surf: 1, Curse: 1 } },
    ];
    const sets = setsFromStatistics(9, 'Milotic', roles, usual);
    const share = (test: (set: (typeof sets)[number]) => boolean): number =>
      sets.filter(test).reduce((sum, { weight }) => sum + weight, 0);
    expect(share(() => true)).toBeCloseTo(1, 9);
    expect(share(({ level }) => level === 85)).toBeCloseTo(0.25, 9);
    for (const [move, expected] of Object.entries(shares)) {
      const id = move.toLowerCase().replace(' ', '');
      const seen = share((set) => set.level === 80 && set.moves.includes(id)) / 0.75;
      expect(Math.abs(seen - expected), move).toBeLessThan(0.12);
    }
    expect(sets.every(({ moves }) => new Set(moves).size === 4)).toBe(true);
    expect(sets.every(({ level, evs }) => evs.atk === (level === 80 ? 0 : 84))).toBe(true);
    expect(Math.abs(share(({ item }) => item === 'leftovers') - 0.375)).toBeLessThan(0.12);
  });

  it('name the place of an error in their file', () => {
    expect(() => parseStatistics('{"Mew":[{"moves":{}}]}', 'gen9ou.json')).toThrow(
      /gen9ou\.json, Mew → #1 → weight: /,
    );
  });
});
