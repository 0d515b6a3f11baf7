import { describe, expect, it } from 'vitest';
import { createLLMAgent } from '../../../src/agent/llm/llm-agent.ts';
import { auditSwitch } from '../../../src/agent/llm/switch-guard.ts';
import { maxPowerAgent } from '../../../src/agent/max-power.ts';
import { playMatch } from '../../../src/arena/match.ts';
import { type Action, toChoice } from '../../../src/battle/action.ts';
import { assessTurn } from '../../../src/knowledge/assess-turn.ts';
import type { DecisionRecord } from '../../../src/ledger/record.ts';
import { summarise } from '../../../src/ledger/summary.ts';
import type { DecisionContext } from '../../../src/memory/decision-context.ts';
import { scriptedModel } from '../../../src/model/scripted.ts';
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

function choose(turn: DecisionContext, choice: string): Action {
  const action = turn.actions.find((legal) => toChoice(legal) === choice);
  if (!action) throw new Error(`${choice} is not legal`);
  return action;
}

describe('the switch guard', () => {
  it('finds the switch that takes less damage, and the one that takes more', () => {
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

  it('ignores forced switches', () => {
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

  it('in doubles looks at the slots that switch', () => {
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

  it('counts a panicking model’s switches, in its ledger and summary, and tells the model', async () => {
    const panics = scriptedModel(({ messages }) => {
      const listed = [...(messages.at(-1)?.content ?? '').matchAll(/^(\d+)\. .*switch/gm)];
      return `{"choice": ${listed.at(-1)?.[1] ?? 1}}`;
    });
    const options = {
      strategy: 'direct',
      promptStyle: 'grounded',
      votes: 1,
      fallback: maxPowerAgent,
    } as const;
    const records: DecisionRecord[] = [];
    const { result } = await playMatch({
      battleId: 'panic',
      format: 'gen9randombattle',
      seed: 'panic',
      players: {
        p1: { agent: createLLMAgent({ ...options, model: panics, name: 'llm' }), name: 'Panic' },
        p2: { agent: maxPowerAgent, name: 'Calm' },
      },
      fallback: maxPowerAgent,
      turnMs: 60_000,
      onDecision: (record) => records.push(record),
    });
    const decisions = records.filter(({ side }) => side === 'p1');
    const counted = decisions.flatMap(({ switching }) => switching ?? []);
    const { switching } = summarise([{ side: 'p1', result, decisions }]);
    expect(switching.voluntary).toBe(counted.length);
    expect(switching.longestRun).toBeGreaterThan(3);
    expect(switching.intoMoreDamage).toBe(counted.filter(({ intoMoreDamage }) => intoMoreDamage).length);
    expect(switching.intoMoreDamage).toBeGreaterThan(0);
    const prompts = decisions.map(({ prompt }) => prompt?.messages.at(-1)?.content ?? '').join('\n');
    expect(prompts).toContain(
      `You have switched ${switching.longestRun - 1} turns in a row without attacking`,
    );
    expect(prompts).toMatch(/went into more expected damage than staying/);
  });
});
