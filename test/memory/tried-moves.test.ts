import { describe, expect, it } from 'vitest';
import { noteLines, ownUseLines, triedMoves } from '../../src/memory/tried-moves.ts';
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
  const [[own], [foe]] = [state.own.active, state.foe.active];
  const tried = triedMoves(memory);
  return own && foe ? [...noteLines(tried, foe, 'p1', 3), ...ownUseLines(tried, [own, foe], 'p1')] : [];
}

describe('notes on what was tried', () => {
  it('keep the best result of each move on each Pokémon, and what failed', () => {
    const [ours, ...others] = notes([
      ['move crunch', 'move splash'],
      ['move crunch', 'move splash'],
      ['move earthquake', 'move splash'],
      ['move thunderwave', 'move splash'],
    ]);
    expect(others).toEqual(['foe Rotom-Wash also used: Splash 4x']);
    expect(ours).toMatch(/^your Snorlax on foe Rotom-Wash: Crunch \d+%.*, Earthquake no effect \(Levitate\)/);
    expect(ours).toMatch(/, Thunder Wave no effect$/);
    expect(ours?.match(/Crunch/g)).toHaveLength(1);
  });

  it('keep what the foe did to us', () => {
    const lines = notes([
      ['move recover', 'move hydropump'],
      ['move recover', 'move hydropump'],
    ]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^foe Rotom-Wash on your Snorlax: Hydro Pump \d+% \(missed 1 of 2\)$/);
    expect(lines[1]).toBe('your Snorlax also used: Recover 2x');
  });

  it('tell what status moves did, what missed, was blocked or failed, and what was for the own side', () => {
    const p1 = 'Gliscor\nAbility: Hyper Cutter\n- Will-O-Wisp\n- Stealth Rock\n- Agility\n- Solar Beam';
    const p2 = 'Chansey\nAbility: Healer\n- Protect\n- Substitute\n- Splash\n- Charm';
    const { memory, state } = simTurn({
      format: 'gen9customgame@@@!teampreview',
      ...{ p1, p2, seed: '1,2,3,4' },
      choices: [
        ['move willowisp', 'move protect'],
        ['move willowisp', 'move splash'],
        ['move stealthrock', 'move charm'],
        ['move stealthrock', 'move charm'],
        ['move agility', 'move charm'],
        ['move solarbeam', 'move charm'],
        ['move solarbeam', 'move splash'],
      ],
    });
    const [[own], [foe]] = [state.own.active, state.foe.active];
    const tried = triedMoves(memory);
    expect(own && foe && noteLines(tried, foe, 'p1', 3)).toEqual([
      expect.stringMatching(/^your Gliscor on foe Chansey: Will-O-Wisp \(burned\), Solar Beam \d+%$/),
      expect.stringMatching(/^foe Chansey on your Gliscor: Charm/),
    ]);
    expect(own && foe && ownUseLines(tried, [own, foe], 'p1')).toEqual([
      'your Gliscor also used: Stealth Rock 2x (last time failed), Agility',
      'foe Chansey also used: Protect, Splash 2x',
    ]);
  });

  it('prefer a result without a critical hit, and say when there is only one with', () => {
    const foe = { id: 'p2-0', side: 'p2', species: 'Rotom' } as const;
    const user = { id: 'p1-0', side: 'p1', species: 'Snorlax' } as const;
    const move = { type: 'move', pokemon: user, target: foe, move: 'crunch', name: 'Crunch' } as const;
    const flags = { missed: false, noTarget: false, still: false, zMove: false };
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
