import { describe, expect, it } from 'vitest';
import type { Decision, Turn } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { describeAction, toChoice } from '../../src/battle/action.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';

function position(p1: string[], p2: string[], rest: Partial<SimTurnOptions> = {}): Turn {
  return simTurn({
    format: 'gen9customgame',
    p1: p1.join('\n\n'),
    p2: p2.join('\n\n'),
    ...rest,
    choices: [['team 123456', 'team 123456'], ...(rest.choices ?? [])],
  });
}

function decide(turn: Turn): Promise<Decision> {
  return calcAgent.decide(turn, new AbortController().signal);
}

async function chosen(turn: Turn): Promise<string> {
  return describeAction((await decide(turn)).action);
}

const GARCHOMP = 'Garchomp\nAbility: Rough Skin\n- Earthquake\n- Dragon Claw\n- Swords Dance\n- Stealth Rock';
const HEATRAN = 'Heatran\nAbility: Flash Fire\n- Magma Storm\n- Earth Power';
const BLISSEY = 'Blissey\nAbility: Natural Cure\n- Soft-Boiled\n- Seismic Toss\n- Calm Mind';
const LUCARIO = 'Lucario\nAbility: Inner Focus\n- Extreme Speed\n- Close Combat\n- Swords Dance';
const GENGAR = 'Gengar\nAbility: Cursed Body\n- Shadow Ball\n- Sludge Bomb';
const CORVIKNIGHT = 'Corviknight\nAbility: Pressure\n- Brave Bird\n- Roost';
const TOXAPEX = 'Toxapex\nAbility: Regenerator\n- Surf\n- Recover\n- Sludge Bomb';
const VOLCARONA = 'Volcarona\nAbility: Flame Body\n- Fiery Dance\n- Bug Buzz';

describe('calc', () => {
  it('takes a sure KO when it moves first', async () => {
    const turn = position([GARCHOMP, BLISSEY], [HEATRAN, GENGAR]);
    const decision = await decide(turn);
    expect(describeAction(decision.action)).toBe('use Earthquake');
    expect(decision.reasoning).toMatch(/^use Earthquake: \d+–\d+% on Heatran, moves first, KO$/);
  });

  it('finishes with priority what it could not outspeed', async () => {
    // Both are nearly down after the first turn, and Gengar is faster.
    const turn = position(
      ['Lucario\nLevel: 80\nAbility: Inner Focus\n- Extreme Speed\n- Close Combat', BLISSEY],
      ['Volcarona\nLevel: 80\nAbility: Flame Body\nEVs: 252 Spe\n- Swift\n- Quiver Dance', HEATRAN],
      {
        choices: [
          ['move 1', 'move 2'],
          ['move 1', 'move 1'],
        ],
      },
    );
    expect(turn.state.foe.active[0]?.hp).toBeLessThan(0.4);
    expect(await chosen(turn)).toBe('use Extreme Speed');
  });

  it('leaves for somebody who is immune when staying means fainting', async () => {
    const jolteon = 'Jolteon\nLevel: 80\nAbility: Volt Absorb\n- Thunderbolt';
    const golem = 'Landorus\nAbility: Sheer Force\n- Earthquake';
    const turn = position([jolteon, CORVIKNIGHT, TOXAPEX], [golem, BLISSEY]);
    expect(await chosen(turn)).toBe('switch to Corviknight');
  });

  it('stays and attacks when whoever comes in would fare worse', async () => {
    const turn = position(
      [GARCHOMP, 'Heatran\nLevel: 30\nAbility: Flash Fire\n- Magma Storm'],
      ['Landorus\nAbility: Sheer Force\n- Earthquake'],
    );
    expect((await decide(turn)).action.type).toBe('move');
  });

  it('does not use what does nothing', async () => {
    const turn = position(
      ['Garchomp\nAbility: Rough Skin\n- Earthquake\n- Dragon Claw'],
      ['Corviknight\nAbility: Pressure\n- Brave Bird'],
    );
    expect(await chosen(turn)).toBe('use Dragon Claw');
  });

  it('heals when the foe cannot break it', async () => {
    const turn = position([TOXAPEX, GENGAR], ['Blissey\nAbility: Natural Cure\n- Seismic Toss\n- Growl'], {
      choices: [
        ['move 2', 'move 1'],
        ['move 3', 'move 1'],
      ],
    });
    expect(turn.state.own.active[0]?.hp).toBeLessThan(0.5);
    expect(await chosen(turn)).toBe('use Recover');
  });

  it('sets up in front of a foe that cannot hurt it', async () => {
    const turn = position(
      [LUCARIO, BLISSEY],
      [
        'Blissey\nAbility: Natural Cure\nEVs: 252 HP / 252 Def\nBold Nature\n- Growl\n- Sing',
        GENGAR,
        TOXAPEX,
      ],
    );
    expect(await chosen(turn)).toBe('use Swords Dance');
  });

  it('lays Stealth Rock early against a foe that cannot hurt it, and only once', async () => {
    const foes = [
      'Blissey\nAbility: Natural Cure\n- Soft-Boiled',
      VOLCARONA,
      CORVIKNIGHT,
      HEATRAN,
      GENGAR,
      TOXAPEX,
    ];
    const user = 'Skarmory\nAbility: Sturdy\n- Stealth Rock\n- Brave Bird';
    expect(await chosen(position([user, BLISSEY], foes))).toBe('use Stealth Rock');
    const laid = position([user, BLISSEY], foes, { choices: [['move 1', 'move 1']] });
    expect(await chosen(laid)).toBe('use Brave Bird');
  });

  it('terastallizes when that turns a loss around, and not when it gains nothing', async () => {
    // Slower and 2HKOed at best as a Fire type; as a Ghost it cannot be touched.
    const foe = 'Lopunny\nAbility: Limber\nEVs: 252 Atk / 252 Spe\nJolly Nature\n- Close Combat\n- Return';
    const tera = 'Tyranitar\nAbility: Unnerve\nTera Type: Ghost\n- Crunch\n- Stone Edge';
    expect(await chosen(position([tera], [foe]))).toMatch(/^Terastallize and use/);
    const easy = position(
      [GARCHOMP.replace('\n-', '\nTera Type: Ground\n-'), BLISSEY, GENGAR, TOXAPEX],
      [HEATRAN, GENGAR],
    );
    expect(await chosen(easy)).toBe('use Earthquake');
  });

  it('avenges a fainted Pokémon with somebody who wins the duel', async () => {
    const weak = 'Gengar\nLevel: 1\nAbility: Cursed Body\n- Shadow Ball';
    const turn = position([weak, VOLCARONA, TOXAPEX, GARCHOMP], [HEATRAN, BLISSEY], {
      choices: [['move 1', 'move 2']],
    });
    expect(turn.request.type).toBe('switch');
    expect(await chosen(turn)).toBe('switch to Garchomp');
  });

  it('lets two Pokémon finish one foe together and spares its ally in doubles', async () => {
    const attacker = 'Garchomp\nAbility: Rough Skin\nLevel: 70\n- Earthquake\n- Dragon Claw';
    const turn = position(
      [attacker, attacker, BLISSEY],
      ['Dragonite\nAbility: Inner Focus\n- Outrage', BLISSEY],
      {
        format: 'gen9doublescustomgame',
      },
    );
    expect(toChoice((await decide(turn)).action)).toBe('move 2 +1, move 2 +1');
  });

  it('leads with somebody who does well against the team it is shown', async () => {
    const turn = simTurn({
      format: 'gen9customgame',
      p1: [BLISSEY, GENGAR, GARCHOMP].join('\n\n'),
      p2: [
        HEATRAN,
        'Raichu\nAbility: Static\n- Thunderbolt',
        'Arcanine\nAbility: Flash Fire\n- Flare Blitz',
      ].join('\n\n'),
      choices: [],
    });
    expect(await chosen(turn)).toBe('lead with Garchomp');
  });

  it('says how good each legal action looked, the same each time', async () => {
    const turn = position([GARCHOMP, BLISSEY, GENGAR], [HEATRAN, GENGAR]);
    const decision = await decide(turn);
    expect(decision.scores?.map(({ choice }) => choice)).toEqual(turn.actions.map(toChoice));
    expect(decision.scores?.every(({ score }) => Number.isFinite(score))).toBe(true);
    expect(await decide(turn)).toEqual(decision);
  });

  it('plays on when its knowledge fails', async () => {
    const turn = position([GARCHOMP, BLISSEY], [HEATRAN]);
    const broken: Turn = {
      ...turn,
      get state(): never {
        throw new Error('no state');
      },
    };
    expect(turn.actions.map(toChoice)).toContain(toChoice((await decide(broken)).action));
  });
});
