import { describe, expect, test } from 'vitest';
import { foeCombatant } from '../../src/knowledge/combatant.ts';
import { findSpecies, generation, type Stats, statsOf } from '../../src/knowledge/dex.ts';
import { statsInForme } from '../../src/knowledge/forme-stats.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { createRandom, type Random } from '../../src/util/random.ts';
import { simTurn } from '../support/sim-turn.ts';
import { set } from './states.ts';

const EVEN = { hp: 0, atk: 0, def: 0, spa: 0, spd: 0, spe: 0 };
const FULL = { hp: 31, atk: 31, def: 31, spa: 31, spd: 31, spe: 31 };
const RANDOM_BATTLE = { hp: 85, atk: 85, def: 85, spa: 85, spd: 85, spe: 85 };

/** EVs, IVs and a nature as players choose them: the raised stat has EVs, the lowered one has none. */
function trained(random: Random): { nature: string; evs: Stats; ivs: Stats } {
  const nature = random.pick([...generation(6).natures]);
  const { plus: first = 'spe', minus: last = 'spa', name } = nature;
  const [second = 'def', third = 'spd'] = STATS.filter((stat) => stat !== first && stat !== last);
  const evs = random.pick([
    { ...EVEN, [first]: 252, [second]: 252, hp: 4 },
    { ...EVEN, hp: 252, [first]: 252, [third]: 4 },
    { ...EVEN, hp: 4, [second]: 252, [third]: 252 },
  ]);
  const ivs = last === 'atk' && random.next() < 0.5 ? { ...FULL, atk: 0 } : FULL;
  return { nature: name, evs, ivs };
}

const STATS = ['spe', 'atk', 'def', 'spa', 'spd'] as const;

const CHANGES = [
  ['Charizard', 'Charizard-Mega-X'],
  ['Gengar', 'Gengar-Mega'],
  ['Scizor', 'Scizor-Mega'],
  ['Beedrill', 'Beedrill-Mega'],
  ['Aegislash', 'Aegislash-Blade'],
] as const;

describe.each(CHANGES)('%s becomes %s', (from, to) => {
  const [before, after] = [findSpecies(6, from), findSpecies(6, to)];
  if (!before || !after) throw new Error('no such species');

  test.each([100, 84, 50])(
    'at level %i its stats are right for usual EVs and IVs with any nature',
    (level) => {
      const random = createRandom(`${from}${level}`);
      for (let i = 0; i < 40; i++) {
        const set = { level, ...trained(random) };
        const believed = statsInForme(level, statsOf(6, before, set), before, after);
        const truth = statsOf(6, after, set);
        for (const stat of STATS) {
          // Below level 100 four more EVs may make no difference in one forme, and a point in the other.
          expect(
            Math.abs(believed[stat] - truth[stat]),
            `${stat} of ${JSON.stringify(set)}`,
          ).toBeLessThanOrEqual(level < 100 ? 1 : 0);
        }
      }
    },
  );

  test('and also for those of random battles, at any level', () => {
    for (let level = 60; level <= 100; level++) {
      for (const ivs of [FULL, { ...FULL, atk: 0 }]) {
        const evs = { ...RANDOM_BATTLE, atk: ivs.atk > 0 ? 85 : 0 };
        const set = { level, nature: '', evs, ivs };
        expect(statsInForme(level, statsOf(6, before, set), before, after)).toEqual(statsOf(6, after, set));
      }
    }
  });
});

test('stats beyond all EVs and IVs, as in Let’s Go, change by the difference of the base stats', () => {
  const [before, after] = [findSpecies(7, 'Gengar'), findSpecies(7, 'Gengar-Mega')];
  if (!before || !after) throw new Error('no such species');
  const stats = { hp: 461, atk: 400, def: 390, spa: 630, spd: 420, spe: 590 };
  expect(statsInForme(100, stats, before, after)).toEqual({
    hp: 461,
    atk: 400,
    def: 430,
    spa: 710,
    spd: 460,
    spe: 630,
  });
});

test('a copy has the stats that its original had before it changed its forme', () => {
  const { state, battle } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Minior-Orange\nAbility: Shields Down\nLevel: 20\n- Splash',
    p2: 'Ditto @ Choice Scarf\nAbility: Imposter\n- Transform',
    choices: [],
  });
  const [copy] = state.foe.active;
  if (!copy) throw new Error('nobody stands there');
  expect(state.own.active[0]?.species).toBe('Minior-Meteor');
  const { spe } = foeCombatant(
    settingOf(state),
    copy,
    set({ ability: 'imposter', item: 'choicescarf' }),
  ).stats;
  expect(spe).toBe(battle.p2.active[0]?.storedStats.spe);
});
