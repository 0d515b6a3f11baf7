import { describe, expect, it } from 'vitest';
import { calcAgent } from '../../src/agent/calc.ts';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { illusionSigns, type Suspicion } from '../../src/knowledge/illusion-signs.ts';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { renderPrompt } from '../../src/observation/render-prompt.ts';
import { sampleWorlds } from '../../src/search/determinization/sample-worlds.ts';
import { createRandom } from '../../src/util/random.ts';
import { RECORDED_VIEWS, recordedView } from '../battle/recorded-view.ts';
import { inputOf } from '../observation/recorded-turn.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';

const OURS = `Mew
Ability: Synchronize
EVs: 252 HP
- Psychic
- Dazzling Gleam
- Body Slam
- Splash

Snorlax
Ability: Immunity
- Body Slam
- Splash
`;
const zoroark = (moves: string, level = 84): string => `Zoroark @ Life Orb
Ability: Illusion
Level: ${level}
${moves}
`;
const SKARMORY = `Skarmory @ Rocky Helmet
Ability: Sturdy
Level: 84
EVs: 252 HP
- Splash
- Body Press
`;
const CHOICES = [['move 4', 'move 1']] as const;

function suspicionOf(options: Omit<SimTurnOptions, 'p1'>): Suspicion | undefined {
  const { state, memory } = simTurn({ ...options, p1: OURS });
  const [foe] = state.foe.active;
  return foe ? illusionSigns(state, memory.turns).get(foe.id) : undefined;
}

describe('a Zoroark in disguise is suspected', () => {
  it('by a move that its look-alike cannot have', () => {
    const p2 = `${zoroark('- Nasty Plot')}\n${SKARMORY}`;
    expect(suspicionOf({ format: 'gen9randombattle', p2, choices: CHOICES })).toEqual({
      species: 'Zoroark',
      signs: ['used Nasty Plot, which Skarmory never has'],
      certain: true,
    });
  });

  it('by a move, in a format with brought teams', () => {
    const p2 = `${zoroark('- Nasty Plot', 100)}\n${SKARMORY}`;
    const choices = [['team 12', 'team 12'], ...CHOICES] as const;
    expect(suspicionOf({ format: 'gen9ou', p2, choices })?.certain).toBe(true);
    expect(suspicionOf({ format: 'gen9customgame', p2, choices })?.species).toBe('Zoroark');
  });

  it('with certainty only where moves are checked, however many odd ones it has used', () => {
    const p2 = `${SKARMORY.replace('- Body Press', '- Nasty Plot\n- Night Daze')}\n${zoroark('- Splash', 100)}`;
    const choices = [
      ['team 12', 'team 12'],
      ['move 4', 'move nastyplot'],
      ['move 4', 'move nightdaze'],
    ] as const;
    const found = suspicionOf({ format: 'gen9customgame', p2, choices });
    expect(found?.signs).toHaveLength(2);
    expect(found?.certain).toBe(false);
  });

  it('by an attack that has no effect on it', () => {
    const p2 = `${zoroark('- Nasty Plot')}\n${SKARMORY}`;
    const found = suspicionOf({ format: 'gen9randombattle', p2, choices: [['move 1', 'move 1']] });
    expect(found?.signs).toContain('Psychic had no effect on it, unlike on Skarmory');
    expect(found?.certain).toBe(true);
  });

  it.each([
    { attack: 2, sign: 'Dazzling Gleam was super effective on it, unlike on Skarmory', species: 'Zoroark' },
    { attack: 3, sign: 'Body Slam had no effect on it, unlike on Skarmory', species: 'Zoroark-Hisui' },
  ])('behind a Substitute: $sign', ({ attack, sign, species }) => {
    const team = `${zoroark('- Substitute').replace('Zoroark', species)}\n${SKARMORY}`;
    const found = suspicionOf({
      format: 'gen9ou',
      p2: team,
      choices: [
        ['team 12', 'team 12'],
        ['move 4', 'move 1'],
        [`move ${attack}`, 'move 1'],
      ],
    });
    expect(found).toEqual({ species, signs: [sign], certain: true });
  });

  it('when team preview has shown the one it looks like at another level', () => {
    const p2 = `${zoroark('- Night Daze', 99)}\n${SKARMORY}`;
    const found = suspicionOf({
      format: 'gen8ou',
      p2,
      choices: [
        ['team 12', 'team 12'],
        ['move 4', 'move 1'],
      ],
    });
    expect(found?.signs).toContain('another Skarmory (level 84) is on its team');
  });

  it('when it comes in with HP that its look-alike does not have, and the real one is not suspected afterwards', () => {
    const blissey = 'Blissey\nAbility: Serene Grace\nLevel: 84\n- Splash\n';
    const p2 = `${SKARMORY.replace('Skarmory', 'Corviknight')}\n${zoroark('- Calm Mind')}\n${blissey}`;
    const choices = [
      ['move 4', 'switch 3'],
      ['move 3', 'move 1'],
      ['move 4', 'switch 3'],
      ['move 4', 'switch 2'],
    ] as const;
    const found = suspicionOf({ format: 'gen9randombattle', p2, choices });
    expect(found?.signs).toContainEqual(
      expect.stringMatching(/^came in with 100% HP, where Blissey has \d\d%$/),
    );
    expect(found?.certain).toBe(false);
    const back = [...choices, ['move 4', 'switch 2'], ['move 4', 'switch 3']] as const;
    expect(suspicionOf({ format: 'gen9randombattle', p2, choices: back })).toBeUndefined();
  });
});

describe('a Zoroark in disguise is suspected by what happens to it:', () => {
  const OURS_TOO = `Ting-Lu
Ability: Vessel of Ruin
- Stealth Rock
- Sandstorm
- Toxic Spikes
- Splash
`;
  const suspect = (
    likeness: string,
    choices: SimTurnOptions['choices'],
    item = 'Life Orb',
  ): Suspicion | undefined => {
    const lead = SKARMORY.replace('Skarmory', 'Mew');
    const { state, memory } = simTurn({
      ...{ format: 'gen9randombattle', p1: OURS_TOO, choices },
      p2: `${lead}\n${zoroark('- Calm Mind').replace('Life Orb', item)}\n${likeness}`,
    });
    const [foe] = state.foe.active;
    return foe ? illusionSigns(state, memory.turns).get(foe.id) : undefined;
  };
  const CHARIZARD = 'Charizard\nAbility: Blaze\nLevel: 84\n- Splash\n';
  const STEEL = 'Skarmory @ Rocky Helmet\nAbility: Sturdy\nLevel: 84\n- Splash\n';

  it.each([
    [CHARIZARD, 'move 1', /^lost 1[23]% to Stealth Rock, where Charizard loses 50%$/],
    [STEEL, 'move 2', /^was hurt by the sandstorm, unlike Skarmory$/],
  ])('hazards and weather', (likeness, move, sign) => {
    const choices = [
      [move, 'move 1'],
      ['move 4', 'switch 2'],
    ] as const;
    const found = suspect(likeness, choices);
    expect(found).toMatchObject({ species: 'Zoroark', certain: true });
    expect(found?.signs).toEqual([expect.stringMatching(sign)]);
    // The real one is not suspected.
    expect(
      suspect(likeness, [
        [move, 'move 1'],
        ['move 4', 'switch 3'],
      ]),
    ).toBeUndefined();
  });

  it('status', () => {
    const choices = [
      ['move 3', 'move 1'],
      ['move 4', 'switch 2'],
    ] as const;
    expect(suspect(STEEL, choices)).toEqual({
      species: 'Zoroark',
      signs: ['was poisoned, unlike Skarmory'],
      certain: true,
    });
  });

  it('an item that it does not have, which alone is not certain', () => {
    const blissey = 'Blissey @ Air Balloon\nAbility: Serene Grace\nLevel: 84\n- Splash\n';
    const choices = [
      ['move 1', 'switch 3'],
      ['move 4', 'switch 3'],
      ['move 4', 'switch 2'],
    ] as const;
    expect(suspect(blissey, choices, 'Leftovers')).toEqual({
      species: 'Zoroark',
      signs: ['shows Leftovers, where Blissey had Air Balloon'],
      certain: false,
    });
    expect(suspect(blissey, [...choices, ['move 4', 'switch 3']], 'Leftovers')).toBeUndefined();
  });

  it('but not by what depends on a terastallized type', () => {
    const ghost = 'Skarmory\nAbility: Sturdy\nLevel: 84\nTera Type: Poison\n- Splash\n';
    const choices = [
      ['move 4', 'switch 3'],
      ['move 4', 'move 1 terastallize'],
      ['move 2', 'switch 2'],
      ['move 4', 'switch 2'],
    ] as const;
    expect(suspect(ghost, choices)).toBeUndefined();
  });
});

describe('a suspicion is shown', () => {
  it.each(['grounded', 'pokellmon', 'compact'])('in style %s', (style) => {
    const p2 = `${zoroark('- Nasty Plot')}\n${SKARMORY}`;
    const turn = simTurn({ format: 'gen9randombattle', p1: OURS, p2, choices: CHOICES });
    const { messages } = renderPrompt(style, inputOf(turn));
    expect(messages.at(-1)?.content).toContain(
      'must be a disguised Zoroark (used Nasty Plot, which Skarmory never has)',
    );
  });
});

describe('a certain disguise is seen through', () => {
  const p2 = `${zoroark('- Nasty Plot')}\n${SKARMORY}`;
  const turn = simTurn({ format: 'gen9randombattle', p1: OURS, p2, choices: CHOICES });
  const { state, memory } = turn;
  const [shown] = state.foe.active;

  it('in the effects of attacks', () => {
    const [pairing] = assessTurn(state, memory.turns).pairings;
    const effect = Object.fromEntries(
      (pairing?.ownMoves ?? []).map((move) => [move.move, move.effectiveness]),
    );
    expect(effect).toMatchObject({ psychic: 0, dazzlinggleam: 2, bodyslam: 1 });
    expect(pairing?.foe).toMatchObject({ id: shown?.id, species: 'Zoroark' });
    expect(pairing?.foeMoves.find(({ move }) => move === 'nastyplot')?.probability).toBe(1);
  });

  it('by calc, which uses what hurts the Zoroark', async () => {
    const { action } = await calcAgent.decide(turn, new AbortController().signal);
    expect(action).toMatchObject({ type: 'move', move: 'dazzlinggleam' });
  });

  it('in sampled worlds, where the one it looks like waits', () => {
    for (const { foe } of sampleWorlds(state, memory.turns, 8, createRandom('worlds'))) {
      expect(foe.active[0]).toMatchObject({ species: 'Zoroark', types: ['Dark'], ability: 'illusion' });
      expect(foe.pokemon.filter(({ position }) => position === undefined)).toMatchObject([
        { species: 'Skarmory', hp: 1 },
      ]);
    }
  });
});

describe('no suspicion falls on', () => {
  it('a Pokémon that an attack has hurt', () => {
    const p2 = `${SKARMORY.replace('Splash', 'Nasty Plot')}\n${zoroark('- Splash')}`;
    const choices = [['move 3', 'move 1']] as const;
    expect(suspicionOf({ format: 'gen9randombattle', p2, choices })).toBeUndefined();
  });

  it('a Pokémon that has shown nothing', () => {
    const p2 = `${zoroark('- Splash')}\n${SKARMORY}`;
    expect(suspicionOf({ format: 'gen9randombattle', p2, choices: CHOICES })).toBeUndefined();
  });

  it.each(RECORDED_VIEWS)('anything in %s, where there are no disguises', (file) => {
    const { side, lines } = recordedView(file);
    for (const { state, memory } of decisionPoints(lines, side)) {
      expect([...illusionSigns(state, memory.turns).values()]).toEqual([]);
    }
  });
});
