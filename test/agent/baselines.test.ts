import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agent/agent.ts';
import { heuristicsAgent } from '../../src/agent/heuristics.ts';
import { maxPowerAgent } from '../../src/agent/max-power.ts';
import { randomAgent } from '../../src/agent/random.ts';
import { toChoice } from '../../src/battle/action.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { createRandom } from '../../src/util/random.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';

const signal = new AbortController().signal;

async function choice(agent: Agent, turn: DecisionContext): Promise<string> {
  return toChoice((await agent.decide(turn, signal)).action);
}

async function choices(agent: Agent, turn: DecisionContext, draws: number): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let i = 0; i < draws; i++) seen.add(await choice(agent, { ...turn, random: createRandom(`${i}`) }));
  return seen;
}

const MACHAMP = 'Machamp\nAbility: No Guard\n- Dynamic Punch\n- Knock Off\n- Stone Edge\n- Bulk Up';
const BLISSEY = 'Blissey\nAbility: Natural Cure\n- Soft-Boiled\n- Seismic Toss\n- Calm Mind\n- Stealth Rock';
const GENGAR = 'Gengar\nAbility: Cursed Body\n- Shadow Ball\n- Sludge Bomb\n- Focus Blast\n- Thunderbolt';
const SKARMORY = 'Skarmory\nAbility: Sturdy\n- Brave Bird\n- Spikes\n- Roost\n- Defog';
const GYARADOS =
  'Gyarados\nAbility: Intimidate\nTera Type: Water\n- Waterfall\n- Dragon Dance\n- Earthquake\n- Crunch';
const CHARIZARD = 'Charizard\nAbility: Blaze\n- Flamethrower\n- Air Slash\n- Will-O-Wisp\n- Roost';
const VENUSAUR = 'Venusaur\nAbility: Overgrow\n- Energy Ball\n- Sludge Bomb\n- Synthesis\n- Sleep Powder';

function position(p1: string[], p2: string[], rest: Partial<SimTurnOptions> = {}): DecisionContext {
  return simTurn({
    format: 'gen9customgame',
    p1: p1.join('\n\n'),
    p2: p2.join('\n\n'),
    ...rest,
    choices: [['team 123456', 'team 123456'], ...(rest.choices ?? [])],
  });
}

describe('random', () => {
  it('draws every legal action, gimmicks and switches included', async () => {
    const turn = position([GYARADOS, BLISSEY], [GENGAR]);
    const seen = await choices(randomAgent, turn, 200);
    expect([...seen].sort()).toEqual(turn.actions.map(toChoice).sort());
    expect(seen).toContain('move 1 terastallize');
    expect(seen).toContain('switch 2');
  });
});

describe('max-power', () => {
  it('uses the highest listed power, whatever the type', async () => {
    // Stone Edge (100) and Dynamic Punch (100) tie; Gengar is immune to the latter.
    const seen = await choices(maxPowerAgent, position([MACHAMP, BLISSEY], [GENGAR]), 40);
    expect([...seen].sort()).toEqual(['move 1', 'move 3']);
  });

  it('draws among moves, never switches, when it has no attack', async () => {
    const wall = 'Blissey\nAbility: Natural Cure\n- Soft-Boiled\n- Calm Mind';
    const seen = await choices(maxPowerAgent, position([wall, MACHAMP], [GENGAR]), 40);
    expect([...seen].sort()).toEqual(['move 1', 'move 2']);
  });

  it('draws which Pokémon to send in', async () => {
    const weak = 'Gengar\nLevel: 1\nAbility: Cursed Body\n- Shadow Ball';
    const turn = position([weak, BLISSEY, MACHAMP], [MACHAMP], { choices: [['move 1', 'move 2']] });
    expect(turn.request.type).toBe('switch');
    expect([...(await choices(maxPowerAgent, turn, 40))].sort()).toEqual(['switch 2', 'switch 3']);
  });

  it('aims at opponents in doubles', async () => {
    const turn = position([MACHAMP, GYARADOS, BLISSEY], [GENGAR, SKARMORY], {
      format: 'gen9doublescustomgame',
    });
    const seen = await choices(maxPowerAgent, turn, 200);
    // Stone Edge and Dynamic Punch at either foe; Earthquake takes no target.
    expect([...seen].sort()).toEqual(
      ['move 1 +1', 'move 1 +2', 'move 3 +1', 'move 3 +2'].map((left) => `${left}, move 3`),
    );
  });
});

describe('heuristics', () => {
  it('leaves a lost match-up for a better one', async () => {
    // Charizard takes 4× from Rock; Machamp resists it.
    const shuckle = 'Shuckle\nAbility: Sturdy\n- Rock Slide';
    expect(await choice(heuristicsAgent, position([CHARIZARD, VENUSAUR, MACHAMP], [shuckle]))).toBe(
      'switch 3',
    );
  });

  it('stays in a lost match-up when nobody on the bench is better', async () => {
    const shuckle = 'Shuckle\nAbility: Sturdy\n- Rock Slide';
    expect(await choice(heuristicsAgent, position([CHARIZARD, CHARIZARD], [shuckle]))).toMatch(/^move/);
  });

  it('sets a hazard that is not there yet, and only then attacks', async () => {
    const foes = [MACHAMP, GENGAR, VENUSAUR];
    expect(await choice(heuristicsAgent, position([SKARMORY, BLISSEY], foes))).toBe('move 2');
    const laid = position([SKARMORY, BLISSEY], foes, { choices: [['move 2', 'move 4']] });
    expect(laid.state.foe.conditions.spikes).toBeDefined();
    expect(await choice(heuristicsAgent, laid)).toBe('move 1');
  });

  it('also sets Stealth Rock', async () => {
    expect(await choice(heuristicsAgent, position([BLISSEY], [MACHAMP, GENGAR, VENUSAUR]))).toBe('move 4');
    expect(await choice(heuristicsAgent, position([BLISSEY], [MACHAMP, GENGAR]))).not.toBe('move 4');
  });

  it('clears hazards from its own side', async () => {
    const turn = position([SKARMORY, BLISSEY], [BLISSEY, GENGAR], { choices: [['move 3', 'move 4']] });
    expect(turn.state.own.conditions.stealthrock).toBeDefined();
    expect(await choice(heuristicsAgent, turn)).toBe('move 4');
  });

  it('sets up at full HP in a good match-up only', async () => {
    expect(await choice(heuristicsAgent, position([GYARADOS], [CHARIZARD]))).toMatch(/^move 2/);
    const hurt = position([GYARADOS], [CHARIZARD], { choices: [['move 2', 'move 2']] });
    expect(hurt.state.own.active[0]?.hp).toBeLessThan(1);
    expect(await choice(heuristicsAgent, hurt)).toMatch(/^move 1/);
  });

  it('attacks by estimate: type, STAB, stats and accuracy', async () => {
    expect(await choice(heuristicsAgent, position([GENGAR], [VENUSAUR]))).toMatch(/^move 2/);
    expect(await choice(heuristicsAgent, position([GENGAR], [GYARADOS]))).toMatch(/^move 4/);
  });

  it('terastallizes when move and new type are good against the opponent', async () => {
    // Waterfall is super effective on Charizard and Water resists Fire; against Venusaur it is neither.
    const one = 'Gyarados\nAbility: Intimidate\nTera Type: Water\n- Waterfall\n- Earthquake';
    expect(
      await choice(heuristicsAgent, position([one], ['Arcanine\nAbility: Flash Fire\n- Flare Blitz'])),
    ).toBe('move 1 terastallize');
    expect(await choice(heuristicsAgent, position([one], [VENUSAUR]))).not.toContain('terastallize');
  });

  it('sends in the best match-up', async () => {
    const weak = 'Gengar\nLevel: 1\nAbility: Cursed Body\n- Shadow Ball';
    const turn = position([weak, MACHAMP, VENUSAUR, CHARIZARD], ['Swampert\nAbility: Torrent\n- Waterfall'], {
      choices: [['move 1', 'move 1']],
    });
    expect(await choice(heuristicsAgent, turn)).toBe('switch 3');
  });

  it('leads with the best mean match-up', async () => {
    const turn = simTurn({
      format: 'gen9customgame',
      p1: [MACHAMP, GYARADOS, VENUSAUR].join('\n\n'),
      p2: [CHARIZARD, CHARIZARD].join('\n\n'),
      choices: [],
    });
    expect(await choice(heuristicsAgent, turn)).toMatch(/^team 2/);
  });

  it('answers for each slot in doubles without choosing the impossible', async () => {
    const turn = position(
      [CHARIZARD, CHARIZARD, MACHAMP, BLISSEY],
      ['Shuckle\nAbility: Sturdy\n- Rock Slide', 'Shuckle\nAbility: Sturdy\n- Rock Slide'],
      {
        format: 'gen9doublescustomgame',
      },
    );
    // Both want out, and only Machamp is a good answer: it cannot come in twice.
    expect(await choice(heuristicsAgent, turn)).toBe('switch 3, switch 4');
  });
});
