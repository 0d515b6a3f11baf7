import { describe, expect, it, test } from 'vitest';
import type { PokemonState } from '../../src/battle/state.ts';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { damageRolls } from '../../src/knowledge/damage-rolls.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import { possibleHp } from '../../src/knowledge/fixed-damage.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemon, set, side, state } from './states.ts';

const SPECIES = ['Blissey', 'Snorlax', 'Abra', 'Shuckle'];

/**
 * The ways in which the simulator shows an opponent's HP: of 100, of 48, and of 48 with the letters that generations 5
 * and 6 add.
 */
const SHOWN: Readonly<Record<string, (hp: number, max: number) => string>> = {
  '100': (hp, max) => `${hp === max ? 100 : Math.min(99, Math.ceil((100 * hp) / max))}`,
  '48': pixels,
  '48, with letters': (hp, max) => {
    const step = pixels(hp, max);
    if (step === '9') return hp * 5 > max ? '9y' : '9r';
    if (step === '24') return hp * 2 > max ? '24g' : '24y';
    return step;
  },
};

function pixels(hp: number, max: number): string {
  return `${Math.max(1, Math.floor((48 * hp) / max))}`;
}

/** All HP points that are shown in the same way are possible, and no others. */
describe.each(Object.entries(SHOWN))('HP shown in steps of 1/%s', (name, show) => {
  const steps = Number.parseInt(name, 10);
  it.each(SPECIES)('%s', (species) => {
    const shownAs = (text: string) => {
      const [, color] = /([gyr])$/.exec(text) ?? [];
      const known = { hp: Number.parseInt(text, 10) / steps, ...(steps === 48 ? { hpSteps: 48 } : {}) };
      const foe = pokemon('p2', species, { ...known, hpColor: color as PokemonState['hpColor'] });
      return foeCombatant(settingOf(state(side([pokemon('p1', 'Mew')]), side([foe]))), foe, set());
    };
    const max = shownAs(`${steps}`).stats.hp;
    const ranges = new Map<string, [number, number]>();
    for (let hp = 1; hp <= max; hp++) {
      const text = show(hp, max);
      ranges.set(text, [ranges.get(text)?.[0] ?? hp, hp]);
    }
    for (const [text, range] of ranges) expect(possibleHp(shownAs(text)), text).toEqual(range);
  });
});

test('exactly half HP are recognized as such', () => {
  const half = (hp: string): PokemonState | null | undefined => {
    const tracker = new BattleTracker({ side: 'p1', format: 'gen5ou' });
    for (const line of ['|gen|5', '|start', `|switch|p2a: Archeops|Archeops|${hp}`, '|turn|1'])
      tracker.add(line);
    return tracker.state.foe.active[0];
  };
  expect(half('24/48y')).toMatchObject({ hp: 0.5, hpSteps: 48, hpColor: 'y' });
  expect(half('24/48g')?.hpColor).toBe('g');
  expect(half('24/48')?.hpColor).toBeUndefined();
});

it('more than half HP count as more than half, even when the steps say half', () => {
  const own = pokemon('p1', 'Mew');
  const strength = (step: number, hpColor?: PokemonState['hpColor']): number => {
    const foe = pokemon('p2', 'Archeops', { hp: step / 48, hpSteps: 48, hpColor });
    const setting = settingOf(state(side([own]), side([foe]), { format: 'gen5ou' }));
    const user = foeCombatant(setting, foe, set({ ability: 'defeatist' }));
    const move = findMove(5, 'acrobatics');
    if (!move) throw new Error('no such move');
    return damageRolls({ setting, user, target: ownCombatant(setting, own), move }).strikes[0]?.at(-1) ?? 0;
  };
  expect(strength(23)).toBeLessThan(strength(25));
  expect(strength(24)).toBe(strength(25));
  expect(strength(24, 'y')).toBe(strength(23));
});
