import { describe, expect, it } from 'vitest';
import type { Action, SlotAction } from '../../src/battle/action.ts';
import type { BattleMemory, PastDecision } from '../../src/memory/battle-memory.ts';
import { isSwitchOnly, switchFeedback, switchStreak } from '../../src/memory/switch-streak.ts';

const surf: SlotAction = { type: 'move', slot: 1, move: 'surf', name: 'Surf' };
const out: SlotAction = { type: 'switch', slot: 2, species: 'Milotic' };
const pair = (left: SlotAction, right: SlotAction): Action => ({ type: 'pair', left, right });

function memory(...actions: readonly (Action | 'forced')[]): BattleMemory {
  const decisions = actions.map(
    (action, index): PastDecision =>
      action === 'forced'
        ? { turn: index + 1, action: out, forced: true }
        : { turn: index + 1, action, forced: false },
  );
  return { turns: [], decisions };
}

describe('voluntary switches in a row', () => {
  it('are counted back from now', () => {
    expect(switchStreak(memory())).toBe(0);
    expect(switchStreak(memory(out, surf))).toBe(0);
    expect(switchStreak(memory(out, surf, out, out))).toBe(2);
  });

  it('are neither lengthened nor ended by a forced switch', () => {
    expect(switchStreak(memory('forced', 'forced'))).toBe(0);
    expect(switchStreak(memory(out, 'forced', out))).toBe(2);
  });

  it('in doubles means that no slot attacked', () => {
    expect(isSwitchOnly(pair(out, surf))).toBe(false);
    expect(isSwitchOnly(pair(out, { type: 'pass' }))).toBe(true);
    expect(isSwitchOnly(pair(out, out))).toBe(true);
    expect(isSwitchOnly({ type: 'team', order: [1], leads: ['Milotic'] })).toBe(false);
  });

  it('are reported from two on, with their cost since the first of them', () => {
    const damage = (side: 'p1' | 'p2', before: number, after: number) =>
      ({ type: 'damage', pokemon: { id: `${side}-0`, side, species: 'Milotic' }, before, after }) as const;
    const turns = [
      { turn: 1, events: [damage('p1', 1, 0.5)] },
      { turn: 2, events: [damage('p1', 0.5, 0.3)] },
      { turn: 3, events: [damage('p1', 1, 0.85), damage('p2', 1, 0.4)] },
    ];
    expect(switchFeedback({ ...memory(out), turns }, 'p1')).toBeUndefined();
    expect(switchFeedback({ ...memory(surf, out, out), turns }, 'p1')).toBe(
      'You have switched 2 turns in a row without attacking; your Pokémon lost 35% HP in total meanwhile.',
    );
  });

  it('are reported when they went into more damage than staying, even one', () => {
    const worse = (...bad: readonly boolean[]): BattleMemory => {
      const { turns, decisions } = memory(...bad.map(() => out));
      return { turns, decisions: decisions.map((past, index) => ({ ...past, intoMoreDamage: bad[index] })) };
    };
    expect(switchFeedback(worse(false), 'p1')).toBeUndefined();
    expect(switchFeedback(worse(true), 'p1')).toBe(
      'Your last switch was into more expected damage than staying.',
    );
    expect(switchFeedback(worse(true, false, true), 'p1')).toMatch(
      /3 turns in a row.* 2 of these switches went into more expected damage than staying\.$/,
    );
    const { turns, decisions } = worse(true);
    const attacked = { turn: 2, action: surf, forced: false };
    expect(switchFeedback({ turns, decisions: [...decisions, attacked] }, 'p1')).toBeUndefined();
  });
});
