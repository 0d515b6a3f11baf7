import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/agent/agent.ts';
import { auditSwitch } from '../../../src/agent/llm/switch-guard.ts';
import { type Action, toChoice } from '../../../src/battle/action.ts';
import { assessTurn } from '../../../src/knowledge/assess-turn.ts';
import { simTurn } from '../../support/sim-turn.ts';

const MILOTIC = `Milotic
Ability: Marvel Scale
- Surf
- Ice Beam
`;
const GARCHOMP = `Garchomp
Ability: Rough Skin
- Stealth Rock
- Earthquake
`;
const FERROTHORN = `Ferrothorn
Ability: Iron Barbs
- Power Whip
- Explosion
`;

function choose(turn: Turn, choice: string): Action {
  const action = turn.actions.find((legal) => toChoice(legal) === choice);
  if (!action) throw new Error(`${choice} is not legal`);
  return action;
}

describe('the switch guard', () => {
  it('finds the switch that takes less, and the one that takes more', () => {
    const p1 = [MILOTIC, FERROTHORN, GARCHOMP].join('\n');
    const turn = simTurn({ format: 'gen9customgame', p1, p2: MILOTIC, choices: [['team 312', 'team 1']] });
    const assessment = assessTurn(turn.state);
    // Garchomp faces Ice Beam: Milotic takes it well.
    const good = auditSwitch(choose(turn, 'switch 2'), turn, assessment);
    expect(good).toMatchObject({ consecutive: 1, intoMoreDamage: false });
    expect(good?.expectedDamageStaying).toBeGreaterThan(2 * (good?.expectedDamageSwitching ?? 1));
    expect(auditSwitch(choose(turn, 'move 1'), turn, assessment)).toBeUndefined();
  });

  it('counts hazards on entry', () => {
    const p1 = [MILOTIC, FERROTHORN].join('\n');
    const p2 = [GARCHOMP, MILOTIC].join('\n');
    const turn = simTurn({
      format: 'gen9customgame',
      p1,
      p2,
      choices: [
        ['team 12', 'team 12'],
        ['move 2', 'move 1'],
      ],
    });
    const assessment = assessTurn(turn.state);
    const switches = assessment.switches.map((entering) => ({ ...entering, hazardDamage: 0 }));
    const rocks = auditSwitch(choose(turn, 'switch 2'), turn, assessment);
    const clear = auditSwitch(choose(turn, 'switch 2'), turn, { ...assessment, switches });
    // Stealth Rock takes 1/16 from a Grass and Steel type.
    const difference = (rocks?.expectedDamageSwitching ?? 0) - (clear?.expectedDamageSwitching ?? 0);
    expect(difference).toBeCloseTo(1 / 16);
  });

  it('counts voluntary switches in a row; forced ones in between change nothing', () => {
    const turn = simTurn({
      format: 'gen9customgame',
      p1: [MILOTIC, FERROTHORN].join('\n'),
      p2: MILOTIC,
      choices: [['team 12', 'team 1']],
    });
    const away = choose(turn, 'switch 2');
    const decisions = [
      { turn: 1, action: choose(turn, 'move 1'), forced: false },
      { turn: 2, action: away, forced: false },
      { turn: 3, action: away, forced: true },
      { turn: 4, action: away, forced: false },
    ];
    const memory = { turns: [], decisions };
    expect(auditSwitch(away, { ...turn, memory })).toEqual({ consecutive: 3, intoMoreDamage: false });
  });

  it('leaves forced switches alone', () => {
    const turn = simTurn({
      format: 'gen9customgame',
      p1: [FERROTHORN, MILOTIC, GARCHOMP].join('\n'),
      p2: MILOTIC,
      choices: [
        ['team 123', 'team 1'],
        ['move 2', 'move 1'],
      ],
    });
    expect(turn.request.type).toBe('switch');
    expect(auditSwitch(choose(turn, 'switch 2'), turn, assessTurn(turn.state))).toBeUndefined();
  });

  it('looks at the slots that switch in doubles', () => {
    const team = [MILOTIC, FERROTHORN, GARCHOMP].join('\n');
    const turn = simTurn({
      format: 'gen9doublescustomgame',
      p1: team,
      p2: team,
      choices: [['team 123', 'team 123']],
    });
    const assessment = assessTurn(turn.state);
    const one = auditSwitch(choose(turn, 'switch 3, move 1 +1'), turn, assessment);
    expect(one?.consecutive).toBe(0);
    expect(one?.expectedDamageSwitching).toBeGreaterThan(one?.expectedDamageStaying ?? 9);
    expect(one?.intoMoreDamage).toBe(true);
  });
});
