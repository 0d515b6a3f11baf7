import { expect, it } from 'vitest';
import type { ConditionState } from '../../src/battle/state.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import { failsNow } from '../../src/knowledge/fails-now.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemon, set, side, state } from './states.ts';

interface Case {
  readonly volatiles?: Readonly<Record<string, number>>;
  readonly conditions?: Readonly<Record<string, ConditionState>>;
  /** Ability of the target. */
  readonly ability?: string;
}

it.each<[move: string, fails: boolean, situation: Case]>([
  ['recover', false, {}],
  ['recover', true, { volatiles: { taunt: 1 } }],
  ['recover', true, { volatiles: { healblock: 1 } }],
  ['drainpunch', true, { volatiles: { healblock: 1 } }],
  ['moonblast', false, { volatiles: { taunt: 1, healblock: 1, throatchop: 1 } }],
  ['hypervoice', true, { volatiles: { throatchop: 1 } }],
  ['fly', true, { conditions: { gravity: { layers: 1 } } }],
  ['explosion', false, {}],
  ['explosion', true, { ability: 'damp' }],
])('%s fails: %s, in %o', (move, fails, { volatiles = {}, conditions = {}, ability = 'none' }) => {
  const [own, foe] = [pokemon('p1', 'Mew', { volatiles }), pokemon('p2', 'Quagsire')];
  const setting = settingOf(state(side([own]), side([foe]), { field: { conditions } }));
  const found = findMove(9, move);
  const target = foeCombatant(setting, foe, set({ ability }));
  expect(found && failsNow(setting, ownCombatant(setting, own), target, found)).toBe(fails);
});
