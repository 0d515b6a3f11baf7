import { describe, expect, it } from 'vitest';
import { noteLines, ownUseLines, triedMoves } from '../../src/memory/tried-moves.ts';
import { simTurn } from '../support/sim-turn.ts';

const nameOf = (id: string): string => id;

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
  const tried = triedMoves(memory, nameOf);
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

  it('keep what the opponent did to us', () => {
    const lines = notes([
      ['move recover', 'move hydropump'],
      ['move recover', 'move hydropump'],
    ]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^foe Rotom-Wash on your Snorlax: Hydro Pump \d+% \(missed 1 of 2\)$/);
    expect(lines[1]).toBe('your Snorlax also used: Recover 2x');
  });

  it('report what status moves did, what missed, was blocked or failed, and what was for our own side', () => {
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
    const tried = triedMoves(memory, nameOf);
    expect(own && foe && noteLines(tried, foe, 'p1', 3)).toEqual([
      expect.stringMatching(/^your Gliscor on foe Chansey: Will-O-Wisp \(burned\), Solar Beam \d+%$/),
      expect.stringMatching(/^foe Chansey on your Gliscor: Charm/),
    ]);
    expect(own && foe && ownUseLines(tried, [own, foe], 'p1')).toEqual([
      'your Gliscor also used: Stealth Rock 2x (last time failed), Agility',
      'foe Chansey also used: Protect, Splash 2x',
    ]);
  });

  it('report what redirected or absorbed a move', () => {
    const format = 'gen9customgame@@@!teampreview';
    const p1 = 'Rotom\nAbility: Levitate\n- Thunderbolt\n- Stealth Rock\n- Shadow Ball\n- Energy Ball';
    const after = (p2: string, ...choices: readonly (readonly [string, string])[]): string | undefined => {
      const { memory, state } = simTurn({ format, p1, p2, choices });
      const [foe] = state.foe.active;
      return foe ? noteLines(triedMoves(memory, nameOf), foe, 'p1', 3)[0] : undefined;
    };
    const jolteon = 'Jolteon\nAbility: Volt Absorb\n- Splash';
    expect(after(jolteon, ['move 3', 'move 1'], ['move 1', 'move 1'])).toMatch(
      /Shadow Ball \d+%, Thunderbolt absorbed \(Volt Absorb\)$/,
    );
    const azumarill = 'Azumarill\nAbility: Sap Sipper\n- Splash';
    expect(after(azumarill, ['move 4', 'move 1'])).toMatch(/: Energy Ball no effect \(sapsipper\)$/);
    const hatterene = 'Hatterene\nAbility: Magic Bounce\n- Splash';
    expect(after(hatterene, ['move 2', 'move 1'])).toMatch(/: Stealth Rock bounced back \(Magic Bounce\)$/);
    const mimikyu = 'Mimikyu\nAbility: Disguise\n- Splash';
    expect(after(mimikyu, ['move 1', 'move 1'])).toMatch(/: Thunderbolt broke its disguise$/);
  });

  it('count a spread move that misses both as a miss on each', () => {
    const p1 = 'Snorlax\nAbility: Gluttony\n- Rock Slide\n\nMew\nAbility: Synchronize\n- Splash';
    const p2 = 'Blissey\nAbility: Healer\n- Minimize\n\nChansey\nAbility: Healer\n- Minimize';
    const twice = ['move 1, move 1', 'move 1, move 1'] as const;
    const { memory, state } = simTurn({
      ...{ format: 'gen9doublescustomgame@@@!teampreview', p1, p2 },
      choices: [twice, twice, twice, twice],
    });
    const lines = state.foe.active.flatMap((foe) =>
      foe ? noteLines(triedMoves(memory, nameOf), foe, 'p1', 3).slice(0, 1) : [],
    );
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/missed [234] of 4/);
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
      noteLines(triedMoves({ turns, decisions: [] }, nameOf), foe, 'p1', 3);
    expect(lines([first])).toEqual(['your Snorlax on foe Rotom: Crunch 60% (critical hit)']);
    expect(lines([first, second])).toEqual(['your Snorlax on foe Rotom: Crunch 30%']);
  });
});
