import { describe, expect, it } from 'vitest';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { damageRolls } from '../../src/knowledge/damage-rolls.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import { possibleHp } from '../../src/knowledge/fixed-damage.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemon, set, side, state } from './states.ts';

const SPECIES = ['Blissey', 'Snorlax', 'Abra', 'Shuckle'];

/** As the simulator tells a foe's HP. */
const TOLD: Readonly<Record<number, (hp: number, max: number) => number>> = {
  100: (hp, max) => (hp === max ? 100 : Math.min(99, Math.ceil((100 * hp) / max))),
  48: (hp, max) => Math.max(1, Math.floor((48 * hp) / max)),
};

/** All HP points that are told alike are possible, and no others. */
describe.each([100, 48])('HP told in %i steps', (steps) => {
  it.each(SPECIES)('%s', (species) => {
    const told = (step: number) => {
      const foe = pokemon('p2', species, { hp: step / steps, ...(steps === 48 ? { hpSteps: 48 } : {}) });
      return foeCombatant(settingOf(state(side([pokemon('p1', 'Mew')]), side([foe]))), foe, set());
    };
    const max = told(steps).stats.hp;
    const ranges = new Map<number, [number, number]>();
    for (let hp = 1; hp <= max; hp++) {
      const step = TOLD[steps]?.(hp, max) ?? 0;
      ranges.set(step, [ranges.get(step)?.[0] ?? hp, hp]);
    }
    for (const [step, range] of ranges) expect(possibleHp(told(step)), `${step}/${steps}`).toEqual(range);
  });
});

it('more than half of the HP is more than half, also where the steps say half', () => {
  const own = pokemon('p1', 'Mew');
  const strength = (step: number): number => {
    const foe = pokemon('p2', 'Archeops', { hp: step / 48, hpSteps: 48 });
    const setting = settingOf(state(side([own]), side([foe]), { format: 'gen5ou' }));
    const user = foeCombatant(setting, foe, set({ ability: 'defeatist' }));
    const move = findMove(5, 'acrobatics');
    if (!move) throw new Error('no such move');
    return damageRolls(setting, user, ownCombatant(setting, own), move).strikes[0]?.at(-1) ?? 0;
  };
  expect(strength(23)).toBeLessThan(strength(25));
  expect(strength(24)).toBe(strength(25));
});
