import { describe, expect, it } from 'vitest';
import { toId } from '../../src/battle/generations.ts';
import type { PokemonState } from '../../src/battle/state.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { findSpecies } from '../../src/knowledge/dex.ts';
import { learnable } from '../../src/knowledge/guessed-sets.ts';
import type { LikelySets, Marginal } from '../../src/knowledge/likely-sets.ts';
import { likelySets } from '../../src/knowledge/narrow-sets.ts';
import { strongSpecies } from '../../src/knowledge/strong-species.ts';
import { CERTAIN } from '../../src/observation/format-damage.ts';
import { drawSet, orInstead } from '../../src/search/determinization/draw-set.ts';
import { createRandom } from '../../src/util/random.ts';
import { pokemon, side, state } from './states.ts';

const share = (marginal: Marginal, value: string): number =>
  marginal.find(([known]) => known === value)?.[1] ?? 0;

const total = (marginal: Marginal): number => marginal.reduce((sum, [, part]) => sum + part, 0);

function look(format: string, foe: PokemonState, gen = 9): LikelySets {
  return likelySets(state(side([pokemon('p1', 'Mew', { gen })]), side([foe]), { format, gen }), foe);
}

const SURE = 1 - 1e-9;
const LEAVES_OPEN = ['gen9customgame', 'gen9ou', 'gen9vgc2025regi', 'gen9nationaldex', 'gen9lc'];

describe('what has not been seen', () => {
  it('leaves a guess open when a species could have five moves', () => {
    // Bug Bite is the only strong one of eight.
    const { moves, source } = look('gen4customgame', pokemon('p2', 'Kricketot', { gen: 4 }), 4);
    expect(source.basis).toBe('guess');
    expect(Math.max(...moves.map(([, chance]) => chance))).toBeLessThan(CERTAIN);
  });

  it.each(LEAVES_OPEN)(
    '%s: is never certain, whatever the species, unless the rules leave one choice',
    (format) => {
      const random = createRandom(format);
      const names = ['Sunkern', 'Wobbuffet', 'Chansey', 'Smeargle', 'Great Tusk', 'Pichu', 'Luvdisc'];
      for (const name of [
        ...names,
        ...Array.from({ length: 25 }, () => random.pick(strongSpecies(9, format))),
      ]) {
        const species = findSpecies(9, name);
        // Some learn so little that the rules alone decide it.
        if (!species || learnable(9, species).length <= 4) continue;
        const { moves, items, abilities, teraTypes, source } = look(format, pokemon('p2', name));
        expect(
          moves.filter(([, p]) => p >= SURE),
          `${name} by ${source.basis}`,
        ).toEqual([]);
        if (!species.requiredItem && !species.requiredItems)
          expect(
            items.filter(([, p]) => p >= SURE),
            name,
          ).toEqual([]);
        const legal = new Set(Object.values(species.abilities).map(toId));
        if (legal.size > 1)
          expect(
            abilities.filter(([, p]) => p >= SURE),
            name,
          ).toEqual([]);
        else expect(abilities, name).toEqual([[[...legal][0], 1]]);
        if (!species.requiredTeraType)
          expect(
            teraTypes.filter(([, p]) => p >= SURE),
            name,
          ).toEqual([]);
        for (const whole of [items, abilities, teraTypes]) expect(total(whole), name).toBeCloseTo(1, 6);
        expect(total(moves), name).toBeLessThan(4.01);
      }
    },
  );

  it('has a small chance in random battles too', () => {
    const likely = look('gen9randombattle', pokemon('p2', 'Garchomp', { level: 74 }));
    const inSets = new Set(likely.sets.flatMap(({ moves }) => moves));
    expect(inSets.has('surf')).toBe(false);
    expect(share(likely.moves, 'surf')).toBeGreaterThan(0);
    expect(share(likely.moves, 'surf')).toBeLessThan(0.01);
    expect(share(likely.moves, 'earthquake')).toBeGreaterThan(0.9);
    expect(share(likely.moves, 'earthquake')).toBeLessThan(SURE);
    expect(share(likely.items, 'choicespecs')).toBeGreaterThan(0);
  });

  it('is called a guess when it is one, with modest chances', () => {
    const { source, moves } = look('gen9customgame', pokemon('p2', 'Sunkern'));
    expect(source).toEqual({ basis: 'guess' });
    for (const [move, p] of moves) expect(p, move).toBeLessThan(0.6);
  });

  it('leaves the order of moves open when the spread is unknown', () => {
    const tested = (name: string) => {
      const own = pokemon('p1', 'Garchomp');
      return assessTurn(state(side([own]), side([pokemon('p2', name)]))).pairings[0]?.speed;
    };
    // Base Speed 15 and 102: the slower one is slower whatever its spread; one with similar Speed may be on either
    // side.
    expect(tested('Wooper')?.ownFirst).toBe(1);
    const even = tested('Luvdisc');
    expect(even?.ownFirst).toBeGreaterThan(0);
    expect(even?.ownFirst).toBeLessThan(1);
    expect((even?.foe[1] ?? 0) - (even?.foe[0] ?? 0)).toBeGreaterThan(50);
  });
});

describe('what was seen', () => {
  it('is certain, and when everything was seen nothing is open', () => {
    const moveIds = ['softboiled', 'seismictoss', 'thunderwave', 'healbell'];
    const shown = { moveIds, item: 'eviolite', ability: 'healer', baseAbility: 'healer', teraType: 'Steel' };
    const { moves, items, abilities, teraTypes } = look('gen9customgame', pokemon('p2', 'Chansey', shown));
    expect(moves.filter(([, p]) => p > 0).map(([id, p]) => [id, Number(p.toFixed(9))])).toEqual(
      [...moveIds].sort().map((id) => [id, 1]),
    );
    expect([items, abilities, teraTypes]).toEqual([[['eviolite', 1]], [['healer', 1]], [['Steel', 1]]]);
  });

  it('does not narrow the rest to a set that happens to have it', () => {
    const before = look('gen9ou', pokemon('p2', 'Kingambit', { level: 100 }));
    const odd = look('gen9ou', pokemon('p2', 'Kingambit', { level: 100, item: 'mirrorherb' }));
    expect(odd.items).toEqual([['mirrorherb', 1]]);
    expect(share(odd.moves, 'suckerpunch')).toBeGreaterThan(0.7 * share(before.moves, 'suckerpunch'));
    expect(odd.moves.filter(([, p]) => p >= SURE)).toEqual([]);
  });
});

describe('sampled worlds', () => {
  it('sometimes contain what no likely set has, about as often as the chances say', () => {
    const foe = pokemon('p2', 'Kingambit', { level: 100, moveIds: ['suckerpunch'] });
    const likely = look('gen9ou', foe);
    const random = createRandom('worlds');
    const draws = Array.from({ length: 4000 }, () =>
      orInstead(drawSet(likely.sets, random.next()), likely, foe, random),
    );
    const drawn = (test: (set: (typeof draws)[number]) => boolean): number =>
      draws.filter(test).length / draws.length;
    for (const move of ['swordsdance', 'ironhead', 'lowkick', 'substitute']) {
      const expected = share(likely.moves, move);
      expect(Math.abs(drawn(({ moves }) => moves.includes(move)) - expected), move).toBeLessThan(0.04);
    }
    expect(drawn(({ moves }) => moves.includes('suckerpunch'))).toBe(1);
    for (const item of ['leftovers', 'blackglasses', 'airballoon'])
      expect(Math.abs(drawn((set) => set.item === item) - share(likely.items, item)), item).toBeLessThan(
        0.04,
      );
  });
});
