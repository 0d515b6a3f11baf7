import { describe, expect, it } from 'vitest';
import type { PokemonState } from '../../src/battle/state.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { damageOf } from '../../src/knowledge/damage.ts';
import { findMove, findSpecies, statsOf } from '../../src/knowledge/dex.ts';
import type { CandidateSet } from '../../src/knowledge/likely-sets.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemon, set, side, state } from './states.ts';

/** Damage of our Pokémon's move on an opponent that has one of these sets. */
function damage(own: PokemonState, foe: PokemonState, move: string, sets: readonly CandidateSet[] = [set()]) {
  const setting = settingOf(state(side([own]), side([foe])));
  const found = findMove(9, move);
  if (!found) throw new Error(`no move ${move}`);
  const user = ownCombatant(setting, own);
  const encounters = sets.map((candidate) => ({
    user,
    target: foeCombatant(setting, foe, candidate),
    weight: candidate.weight,
  }));
  return damageOf(setting, encounters, { move: found }, 1);
}

function raise(): never {
  throw new Error('no such species');
}

describe('damage of one move', () => {
  it('is the published formula, computed by hand', () => {
    // Level 80 Garchomp, Attack 222 of an even spread; Blissey HP 503, Defense 82. Earthquake with STAB, neutral:
    // floor(floor(floor(2·80/5+2)·100·Atk/Def)/50)+2, then a roll of 85–100%, then ×1.5, each rounded as the games do.
    const own = pokemon('p1', 'Garchomp');
    const foe = pokemon('p2', 'Blissey');
    const attack = own.stats?.atk ?? 0;
    expect(attack).toBe(Math.floor(((2 * 130 + 31 + 21) * 80) / 100) + 5);
    const defense = Math.floor(((2 * 10 + 31 + 21) * 80) / 100) + 5;
    const hp = Math.floor(((2 * 255 + 31 + 21) * 80) / 100) + 80 + 10;
    const base = Math.floor(Math.floor((34 * 100 * attack) / defense) / 50) + 2;
    const roll = (percent: number): number => {
      const raw = Math.floor((base * percent) / 100) * 1.5;
      // The games round halves down.
      return raw % 1 > 0.5 ? Math.ceil(raw) : Math.floor(raw);
    };
    const range = damage(own, foe, 'earthquake', [set({ ability: 'shellarmor' })]);
    expect(range.min).toBeCloseTo(roll(85) / hp, 10);
    expect(range.max).toBeCloseTo(roll(100) / hp, 10);
    const rolls = Array.from({ length: 16 }, (_, i) => roll(85 + i));
    expect(range.mean).toBeCloseTo(rolls.reduce((a, b) => a + b, 0) / 16 / hp, 10);
  });

  it('does not include Guts for sleeping or frozen users, which attack only once that is over, except with sleepers’ moves', () => {
    const most = (status: PokemonState['status'], move: string): number => {
      const own = pokemon('p1', 'Taillow', { ability: 'guts', ...(status ? { status } : {}) });
      return damage(own, pokemon('p2', 'Blissey'), move).max;
    };
    const healthy = most(undefined, 'bodyslam');
    expect(most('slp', 'bodyslam')).toBe(healthy);
    expect(most('frz', 'bodyslam')).toBe(healthy);
    expect(most('psn', 'bodyslam')).toBeGreaterThan(1.4 * healthy);
    expect(
      damage(pokemon('p1', 'Taillow', { ability: 'guts', status: 'slp' }), pokemon('p2', 'Blissey'), 'snore')
        .max,
    ).toBe(most('psn', 'snore'));
  });

  it('of Tera Starstorm is reduced only when there are two targets', () => {
    const over = { terastallized: true, teraType: 'Stellar', typesUnderTera: ['Normal'] } as const;
    const own = pokemon('p1', 'Terapagos-Stellar', over);
    const [foe, ally] = [pokemon('p2', 'Blissey'), pokemon('p2', 'Chansey', { position: 1 })];
    const most = (foes: readonly (PokemonState | null)[], gameType: 'singles' | 'doubles'): number => {
      const present = foes.filter((one) => one !== null);
      const setting = settingOf(state(side([own]), side(present, { active: foes }), { gameType }));
      const move = findMove(9, 'terastarstorm') ?? raise();
      const target = foeCombatant(setting, foe, set());
      return damageOf(setting, [{ user: ownCombatant(setting, own), target, weight: 1 }], { move }, 1).max;
    };
    const alone = most([foe], 'singles');
    expect(most([foe, null], 'doubles')).toBe(alone);
    expect(most([foe, ally], 'doubles')).toBeCloseTo(0.75 * alone, 1.8);
  });

  it('is reduced by Friend Guard, also when an ally has copied it', () => {
    const original = pokemon('p2', 'Vivillon', { ability: 'friendguard', position: 1 });
    const copied = { volatiles: { transform: 1 }, ability: undefined, baseAbility: 'imposter' };
    const strike = (over: Partial<PokemonState>): number => {
      const ally = pokemon('p1', 'Vivillon', { id: 'p1-ally', position: 1, ...over });
      const [own, foe] = [pokemon('p1', 'Blissey'), pokemon('p2', 'Garchomp')];
      const owners = side([own, ally], { active: [own, ally] });
      const setting = settingOf(
        state(owners, side([foe, original], { active: [foe, original] }), { gameType: 'doubles' }),
      );
      const move = findMove(9, 'dragonclaw') ?? raise();
      const user = foeCombatant(setting, foe, set());
      return damageOf(setting, [{ user, target: ownCombatant(setting, own), weight: 1 }], { move }, 1).max;
    };
    expect(strike({ ...copied, copyOf: original.id })).toBe(strike({ ability: 'friendguard' }));
    expect(strike({ ability: 'imposter' })).toBeGreaterThan(strike({ ability: 'friendguard' }));
  });

  it('never makes a target faint by a move that leaves 1 HP', () => {
    for (const move of ['falseswipe', 'holdback']) {
      const range = damage(pokemon('p1', 'Garchomp'), pokemon('p2', 'Blissey', { hp: 0.01 }), move);
      expect(range).toMatchObject({ koChance: 0, hitsToKo: [Infinity, Infinity] });
    }
  });

  it('does not call a KO certain that depends on what a percentage hides', () => {
    // Seismic Toss takes 80 points, and some of the HP that a percentage stands for are more than that.
    const toss = (hp: number) =>
      damage(pokemon('p1', 'Chansey'), pokemon('p2', 'Snorlax', { hp }), 'seismictoss');
    const max = statsOf(9, findSpecies(9, 'Snorlax') ?? raise(), { ...set(), level: 80 }).hp;
    const percent = Math.ceil((80 / max) * 100);
    const all = Array.from({ length: max }, (_, hp) => hp + 1);
    const hidden = all.filter((hp) => Math.ceil((hp / max) * 100) === percent);
    const share = hidden.filter((hp) => hp <= 80).length / hidden.length;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(toss(percent / 100).koChance).toBeCloseTo(share, 10);
    expect(toss(percent / 100).hitsToKo).toEqual([1, 2]);
    expect(toss((percent - 1) / 100).koChance).toBe(1);
  });

  it('counts the rolls that knock out', () => {
    const own = pokemon('p1', 'Garchomp');
    const blissey = (hp: number) =>
      damage(own, pokemon('p2', 'Blissey', { hp, maxHp: 539 }), 'earthquake', [
        set({ ability: 'shellarmor' }),
      ]);
    const full = blissey(1);
    // With HP exactly between the lowest and the highest roll some rolls knock out and some do not.
    const between = blissey(full.mean);
    expect(between.koChance).toBeGreaterThan(0.2);
    expect(between.koChance).toBeLessThan(0.8);
    expect((between.koChance * 16) % 1).toBe(0);
    expect(blissey(full.min - 0.02).koChance).toBe(1);
    expect(blissey(full.max + 0.02).koChance).toBe(0);
    expect(full.hitsToKo).toEqual([Math.ceil(1 / full.max), Math.ceil(1 / full.min)]);
  });

  it('weighs the likely sets', () => {
    const own = pokemon('p1', 'Gengar');
    const foe = pokemon('p2', 'Clefable');
    const plain = damage(own, foe, 'sludgebomb', [set({ ability: 'magicguard' })]);
    const vest = damage(own, foe, 'sludgebomb', [set({ ability: 'magicguard', item: 'assaultvest' })]);
    const both = damage(own, foe, 'sludgebomb', [
      set({ ability: 'magicguard', weight: 0.75 }),
      set({ ability: 'magicguard', item: 'assaultvest', weight: 0.25 }),
    ]);
    expect(vest.max).toBeLessThan(plain.min);
    expect([both.min, both.max]).toEqual([vest.min, plain.max]);
    expect(both.mean).toBeCloseTo(0.75 * plain.mean + 0.25 * vest.mean, 10);
  });

  it('lets Focus Sash and Sturdy survive at full HP only, and only one hit', () => {
    const own = pokemon('p1', 'Garchomp', { boosts: { atk: 6 } });
    const sash = [set({ item: 'focussash' })];
    const sturdy = [set({ ability: 'sturdy' })];
    for (const sets of [sash, sturdy]) {
      const full = damage(own, pokemon('p2', 'Magnemite'), 'earthquake', sets);
      expect(full.min).toBeGreaterThan(1);
      expect(full.koChance).toBe(0);
      expect(full.hitsToKo[0]).toBe(2);
      expect(damage(own, pokemon('p2', 'Magnemite', { hp: 0.99 }), 'earthquake', sets).koChance).toBe(1);
      expect(damage(own, pokemon('p2', 'Weedle'), 'dualwingbeat', sets).koChance).toBe(1);
    }
    const breaker = pokemon('p1', 'Garchomp', { boosts: { atk: 6 }, ability: 'moldbreaker' });
    expect(damage(breaker, pokemon('p2', 'Magnemite'), 'earthquake', sturdy).koChance).toBe(1);
  });

  it('lets a Focus Band save its holder once in ten times, at any HP', () => {
    const own = pokemon('p1', 'Garchomp', { boosts: { atk: 6 } });
    for (const hp of [1, 0.3]) {
      const found = damage(own, pokemon('p2', 'Magnemite', { hp }), 'earthquake', [
        set({ item: 'focusband' }),
      ]);
      expect(found.koChance).toBeCloseTo(0.9, 10);
    }
  });

  it('adds up the hits of multi-hit moves', () => {
    const foe = pokemon('p2', 'Snorlax');
    const strike = damage(pokemon('p1', 'Cloyster'), foe, 'iciclespear');
    const linked = damage(pokemon('p1', 'Cloyster', { ability: 'skilllink' }), foe, 'iciclespear');
    const loaded = damage(pokemon('p1', 'Cloyster', { item: 'loadeddice' }), foe, 'iciclespear');
    // Two to five hits, on average 0.35·2 + 0.35·3 + 0.15·4 + 0.15·5 = 3.1 of them.
    expect(linked.max).toBeCloseTo(strike.max, 10);
    expect(linked.min).toBeCloseTo(strike.min * 2.5, 2);
    expect(strike.mean / linked.mean).toBeCloseTo(3.1 / 5, 2);
    expect(loaded.mean / linked.mean).toBeCloseTo(4.5 / 5, 2);
    // Each hit of Triple Axel is stronger and may miss: 20 + 40·0.9 + 60·0.81 of 120.
    const axel = damage(pokemon('p1', 'Weavile'), foe, 'tripleaxel');
    expect(
      axel.mean / damage(pokemon('p1', 'Weavile', { ability: 'skilllink' }), foe, 'tripleaxel').mean,
    ).toBeCloseTo((20 + 40 * 0.9 + 60 * 0.81) / 120, 1);
  });

  it('covers the moves outside of the formula', () => {
    const foe = pokemon('p2', 'Snorlax', { hp: 0.5 });
    const hp = Math.floor(((2 * 160 + 31 + 21) * 80) / 100) + 90;
    const toss = damage(pokemon('p1', 'Blissey'), foe, 'seismictoss');
    expect([toss.min, toss.max]).toEqual([80 / hp, 80 / hp]);
    expect(damage(pokemon('p1', 'Raticate'), foe, 'superfang').max).toBeCloseTo(0.25, 2);
    expect(damage(pokemon('p1', 'Raticate'), pokemon('p2', 'Gengar'), 'superfang').max).toBe(0);
    const weak = pokemon('p1', 'Raticate', { hp: 0.1 });
    const endeavor = damage(weak, foe, 'endeavor');
    expect(endeavor.max * hp).toBeCloseTo(hp * 0.5 - Math.round((weak.maxHp ?? 0) * 0.1), -1);
    expect(damage(pokemon('p1', 'Garchomp'), foe, 'fissure').koChance).toBe(1);
    expect(damage(pokemon('p1', 'Garchomp'), foe, 'fissure', [set({ ability: 'sturdy' })]).koChance).toBe(0);
    expect(damage(pokemon('p1', 'Wobbuffet'), foe, 'counter').max).toBe(0);
  });

  it('does not affect a Pokémon behind a Substitute or a Disguise', () => {
    const own = pokemon('p1', 'Garchomp', { boosts: { atk: 6 } });
    const behind = pokemon('p2', 'Weedle', { volatiles: { substitute: 1 } });
    expect(damage(own, behind, 'rockslide').koChance).toBe(0);
    expect(damage(own, behind, 'boomburst').koChance).toBeGreaterThan(0);
    const mimikyu = damage(own, pokemon('p2', 'Mimikyu'), 'ironhead', [set({ ability: 'disguise' })]);
    expect(mimikyu.max).toBeCloseTo(1 / 8, 1);
    expect(mimikyu.koChance).toBe(0);
  });

  it('uses our exact stats', () => {
    const foe = pokemon('p2', 'Blissey');
    const own = pokemon('p1', 'Garchomp');
    const stats = own.stats ?? { atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };
    const doubled = { ...own, stats: { ...stats, atk: stats.atk * 2 } };
    expect(damage(doubled, foe, 'earthquake').mean / damage(own, foe, 'earthquake').mean).toBeCloseTo(2, 1);
  });

  it('handles things that do not exist', () => {
    const foe = { ...pokemon('p2', 'Blissey'), species: 'Missingno-Prime', baseSpecies: 'Nothing' };
    const range = damage(pokemon('p1', 'Garchomp'), foe, 'earthquake', [
      set({ item: 'no such', ability: 'nope' }),
    ]);
    expect(range.max).toBeGreaterThan(0);
  });
});
