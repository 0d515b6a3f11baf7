import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/agent/agent.ts';
import { calcAgent } from '../../src/agent/calc.ts';
import { describeAction, toChoice } from '../../src/battle/action.ts';
import type { DecisionContext } from '../../src/memory/decision-context.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';

function position(p1: string[], p2: string[], rest: Partial<SimTurnOptions> = {}): DecisionContext {
  return simTurn({
    // No gimmick is legal here unless an item allows it.
    format: 'gen7customgame',
    p1: p1.join('\n\n'),
    p2: p2.join('\n\n'),
    ...rest,
    choices: [['team 123456', 'team 123456'], ...(rest.choices ?? [])],
  });
}

function decide(turn: DecisionContext): Promise<Decision> {
  return calcAgent.decide(turn, new AbortController().signal);
}

async function chosen(turn: DecisionContext): Promise<string> {
  return describeAction((await decide(turn)).action);
}

const GARCHOMP = 'Garchomp\nAbility: Rough Skin\n- Earthquake\n- Dragon Claw\n- Swords Dance';
const HEATRAN = 'Heatran\nAbility: Flash Fire\n- Magma Storm\n- Earth Power';
const BLISSEY = 'Blissey\nAbility: Natural Cure\n- Soft-Boiled\n- Seismic Toss';
const GENGAR = 'Gengar\nAbility: Cursed Body\n- Shadow Ball\n- Sludge Bomb';
const SKARMORY = 'Skarmory\nAbility: Sturdy\n- Brave Bird\n- Roost\n- Stealth Rock';
const TOXAPEX = 'Toxapex\nAbility: Regenerator\n- Scald\n- Recover';
const VOLCARONA = 'Volcarona\nAbility: Flame Body\n- Fiery Dance\n- Bug Buzz';
const LANDORUS = 'Landorus\nAbility: Sheer Force\n- Earthquake';
/** An opponent that cannot hurt anything. */
const MAGIKARP = 'Magikarp\nLevel: 100\nAbility: Swift Swim\n- Splash';

describe('calc', () => {
  it('takes a KO when it moves first, and says why', async () => {
    const slow = 'Heatran\nLevel: 60\nAbility: Flash Fire\n- Magma Storm';
    const attacker = 'Garchomp\nAbility: Rough Skin\n- Dragon Claw\n- Earthquake';
    const decision = await decide(position([attacker, BLISSEY], [slow, GENGAR]));
    expect(describeAction(decision.action)).toBe('use Earthquake');
    expect(decision.reasoning).toMatch(/^\d+–\d+% on Heatran, moves first, KO$/);
  });

  it('uses priority to finish an opponent that would move first and win', async () => {
    const lucario = 'Lucario\nLevel: 75\nEVs: 252 Atk\nAbility: Inner Focus\n- Close Combat\n- Extreme Speed';
    const turn = position(
      [lucario, BLISSEY],
      ['Alakazam\nAbility: Inner Focus\n- Psychic\n- Belly Drum', HEATRAN],
      {
        choices: [['move 2', 'move 2']],
      },
    );
    expect(turn.state.foe.active[0]?.hp).toBeLessThan(0.5);
    expect(await chosen(turn)).toBe('use Extreme Speed');
  });

  it('leaves for an immune Pokémon when staying means fainting', async () => {
    const jolteon = 'Jolteon\nLevel: 80\nAbility: Volt Absorb\n- Thunderbolt';
    expect(await chosen(position([jolteon, TOXAPEX, SKARMORY], [LANDORUS, BLISSEY]))).toBe(
      'switch to Skarmory',
    );
  });

  it('stays when any Pokémon that could come in would fare worse', async () => {
    const weak = 'Heatran\nLevel: 30\nAbility: Flash Fire\n- Magma Storm';
    expect((await decide(position([GARCHOMP, weak], [BLISSEY]))).action.type).toBe('move');
  });

  it('does not use a move that does nothing', async () => {
    expect(await chosen(position([GARCHOMP], [SKARMORY]))).not.toBe('use Earthquake');
    const levitates = 'Rotom-Wash\nAbility: Levitate\n- Hydro Pump';
    expect(await chosen(position([GARCHOMP], [levitates]))).not.toBe('use Earthquake');
  });

  it('heals when the opponent cannot out-damage it', async () => {
    const turn = position([TOXAPEX], ['Blissey\nLevel: 60\nAbility: Natural Cure\n- Seismic Toss'], {
      choices: [
        ['move 1', 'move 1'],
        ['move 1', 'move 1'],
        ['move 1', 'move 1'],
      ],
    });
    expect(turn.state.own.active[0]?.hp).toBeLessThan(0.5);
    expect(await chosen(turn)).toBe('use Recover');
  });

  it('sets up in front of an opponent that cannot hurt it', async () => {
    const weak = 'Garchomp\nLevel: 60\nAbility: Rough Skin\n- Dragon Claw\n- Swords Dance';
    const wall = 'Wobbuffet\nAbility: Telepathy\n- Splash';
    expect(await chosen(position([weak, BLISSEY], [wall, GENGAR, TOXAPEX]))).toBe('use Swords Dance');
  });

  it('sets Stealth Rock when it has the time, and only once', async () => {
    const foes = [TOXAPEX, VOLCARONA, SKARMORY, HEATRAN, GENGAR, BLISSEY];
    expect(await chosen(position([SKARMORY, BLISSEY], foes))).toBe('use Stealth Rock');
    const laid = position([SKARMORY, BLISSEY], foes, { choices: [['move 3', 'move 2']] });
    expect(await chosen(laid)).not.toBe('use Stealth Rock');
  });

  it('when it loses whatever it does, uses what helps if the opponent misses', async () => {
    const doomed =
      'Forretress\nLevel: 1\nAbility: Overcoat\n- Stealth Rock\n- Protect\n- Gyro Ball\n- Spikes';
    const foe = 'Ninjask\nLevel: 60\nAbility: Speed Boost\n- Fire Punch\n- X-Scissor';
    const tackler = 'Weavile\nLevel: 12\nAbility: Pressure\n- Stealth Rock\n- Spikes\n- Ice Punch';
    const last = 'Landorus\nLevel: 50\nAbility: Sheer Force\n- Stone Edge';
    expect(await chosen(position([tackler], [last]))).toBe('use Ice Punch');
    expect(await chosen(position([doomed], [foe]))).not.toMatch(/Stealth Rock|Spikes/);
  });

  it('does not try to switch when a known ability traps it', async () => {
    const held = 'Jolteon\nLevel: 80\nAbility: Volt Absorb\n- Thunderbolt';
    const dugtrio = 'Dugtrio\nAbility: Arena Trap\n- Earthquake\n- Splash';
    const before = position([held, SKARMORY], [dugtrio], { format: 'gen7customgame' });
    expect(await chosen(before)).toBe('switch to Skarmory');
    const refused = position([held, SKARMORY], [dugtrio], { choices: [['!switch 2', '']] });
    expect(refused.state.foe.active[0]?.ability).toBe('arenatrap');
    expect((await decide(refused)).action.type).toBe('move');
    const later = position([held, SKARMORY], [dugtrio], {
      choices: [
        ['!switch 2', ''],
        ['move 1', 'move 2'],
      ],
    });
    expect(later.request.type === 'move' && later.request.active[0]?.maybeTrapped).toBe(true);
    expect((await decide(later)).action.type).toBe('move');
  });

  it('terastallizes when that turns a loss around, and not when it gains nothing', async () => {
    const foe = 'Lopunny\nAbility: Limber\n- Close Combat\n- Return';
    const tera = 'Tyranitar\nAbility: Unnerve\nTera Type: Ghost\n- Crunch\n- Stone Edge';
    const options = { format: 'gen9customgame' };
    expect(await chosen(position([tera, BLISSEY], [foe], options))).toMatch(/^Terastallize and use/);
    const easy = position([GARCHOMP, BLISSEY, GENGAR, TOXAPEX], [MAGIKARP, GENGAR], options);
    expect(await chosen(easy)).not.toMatch(/^Terastallize/);
  });

  it('replaces a fainted Pokémon with one that wins the duel', async () => {
    const weak = 'Gengar\nLevel: 1\nAbility: Cursed Body\n- Shadow Ball';
    const turn = position([weak, VOLCARONA, TOXAPEX, GARCHOMP], [HEATRAN, BLISSEY], {
      choices: [['move 1', 'move 2']],
    });
    expect(turn.request.type).toBe('switch');
    expect(await chosen(turn)).toBe('switch to Garchomp');
  });

  it('in doubles, aims two attacks at the opponent that they knock out together, and spares its ally', async () => {
    const attacker = 'Garchomp\nAbility: Rough Skin\nLevel: 70\n- Earthquake\n- Dragon Claw';
    const turn = position(
      [attacker, attacker, BLISSEY],
      ['Dragonite\nAbility: Inner Focus\n- Outrage', SKARMORY],
      {
        format: 'gen7doublescustomgame',
      },
    );
    expect(toChoice((await decide(turn)).action)).toBe('move 2 +1, move 2 +1');
  });

  it('leads with a Pokémon that does well against the team it is shown', async () => {
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

  it('distinguishes moves whose ids begin alike', async () => {
    const turn = position(['Raichu\nAbility: Static\n- Thunderbolt\n- Thunder'], [BLISSEY]);
    const notes = (await decide(turn)).scores?.map(({ note }) => note ?? '') ?? [];
    expect(notes[0]).not.toContain('hits 70%');
    expect(notes[1]).toContain('hits 70%');
  });

  it('reports how good each legal action looked, the same each time', async () => {
    const turn = position([GARCHOMP, BLISSEY, GENGAR], [HEATRAN, GENGAR]);
    const decision = await decide(turn);
    expect(decision.scores?.map(({ choice }) => choice)).toEqual(turn.actions.map(toChoice));
    expect(decision.scores?.every(({ score }) => Number.isFinite(score))).toBe(true);
    expect(await decide(turn)).toEqual(decision);
  });

  it('plays on when its knowledge fails', async () => {
    const turn = position([GARCHOMP, BLISSEY], [HEATRAN]);
    const broken: DecisionContext = {
      ...turn,
      get state(): never {
        throw new Error('no state');
      },
    };
    expect(turn.actions.map(toChoice)).toContain(toChoice((await decide(broken)).action));
  });
});
