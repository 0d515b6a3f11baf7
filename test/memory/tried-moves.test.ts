import { describe, expect, it } from 'vitest';
import { noteLines, triedMoves } from '../../src/memory/tried-moves.ts';
import { simTurn } from '../support/sim-turn.ts';

const P1 = `Snorlax
Ability: Thick Fat
- Earthquake
- Crunch
- Thunder Wave
- Recover`;
const P2 = `Rotom-Wash
Ability: Levitate
- Splash
- Hydro Pump`;

function notes(choices: readonly (readonly [string, string])[]): readonly string[] {
  const { memory, state } = simTurn({ format: 'gen9customgame@@@!teampreview', p1: P1, p2: P2, choices });
  const [foe] = state.foe.active;
  return foe ? noteLines(triedMoves(memory), foe, 'p1', 3) : [];
}

describe('notes on what was tried', () => {
  it('keep the best result of each move on each Pokémon, and what failed', () => {
    const [ours, ...others] = notes([
      ['move crunch', 'move splash'],
      ['move crunch', 'move splash'],
      ['move earthquake', 'move splash'],
      ['move thunderwave', 'move splash'],
    ]);
    expect(others).toEqual([]);
    expect(ours).toMatch(/^your Snorlax on foe Rotom-Wash: Crunch \d+%.*, Earthquake no effect \(Levitate\)/);
    expect(ours).toContain('Thunder Wave no effect');
    expect(ours?.match(/Crunch/g)).toHaveLength(1);
  });

  it('keep what the foe did to us', () => {
    const lines = notes([
      ['move recover', 'move hydropump'],
      ['move recover', 'move hydropump'],
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^foe Rotom-Wash on your Snorlax: Hydro Pump \d+%/);
  });

  it('prefer a result without a critical hit, and say when there is only one with', () => {
    const foe = { id: 'p2-0', side: 'p2', species: 'Rotom' } as const;
    const user = { id: 'p1-0', side: 'p1', species: 'Snorlax' } as const;
    const move = { type: 'move', pokemon: user, target: foe, move: 'crunch', name: 'Crunch' } as const;
    const flags = { missed: false, noTarget: false, charging: false, zMove: false };
    const hit = (after: number, before: number) => ({ type: 'damage', pokemon: foe, before, after }) as const;
    const crit = { type: 'crit', pokemon: foe } as const;
    const first = { turn: 1, events: [{ ...move, ...flags }, crit, hit(0.4, 1)] };
    const second = { turn: 2, events: [{ ...move, ...flags }, hit(0.1, 0.4)] };
    const lines = (turns: readonly (typeof first | typeof second)[]): readonly string[] =>
      noteLines(triedMoves({ turns, decisions: [] }), foe, 'p1', 3);
    expect(lines([first])).toEqual(['your Snorlax on foe Rotom: Crunch 60% (critical hit)']);
    expect(lines([first, second])).toEqual(['your Snorlax on foe Rotom: Crunch 30%']);
  });
});
