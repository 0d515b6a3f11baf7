import { readFileSync } from 'node:fs';
import type { Battle } from '@pkmn/sim';
import { describe, expect, it } from 'vitest';
import { assessTurn } from '../../src/knowledge/assess-turn.ts';
import { decisionPoints } from '../../src/memory/decision-points.ts';
import { percent } from '../../src/memory/format-feedback.ts';
import { recentFeedback, turnFeedback } from '../../src/memory/turn-feedback.ts';
import { viewpointOf } from '../../src/observation/viewpoint.ts';
import { type SimTurnOptions, simTurn } from '../support/sim-turn.ts';
import { simulate } from '../support/simulated-battle.ts';
import { dexViewpoint } from './dex-viewpoint.ts';

const pokemon = (species: string, ability: string, moves: readonly string[], item = ''): string =>
  [`${species}${item && ` @ ${item}`}`, `Ability: ${ability}`, ...moves.map((move) => `- ${move}`)].join(
    '\n',
  );

/** p1's feedback on the last turn played. */
function feedback({
  format = 'gen9customgame@@@!teampreview',
  ...options
}: Omit<SimTurnOptions, 'format'> & { readonly format?: string }): readonly string[] {
  const { memory, state } = simTurn({ format, ...options });
  return recentFeedback(memory, 1, dexViewpoint(state.side, state.gen))[0]?.sentences ?? [];
}

const SHUCKLE = pokemon('Shuckle', 'Sturdy', ['Splash', 'Protect', 'Extreme Speed', 'Trick Room', 'Encore']);
const GARCHOMP = pokemon('Garchomp', 'Rough Skin', ['Splash', 'Dragon Tail', 'U-turn', 'Earthquake']);
const BLISSEY = pokemon('Blissey', 'Natural Cure', ['Splash', 'Soft-Boiled', 'Seismic Toss']);

describe('who acted first and why', () => {
  it('names the priority when it decided', () => {
    expect(
      feedback({ p1: SHUCKLE, p2: GARCHOMP, choices: [['move extremespeed', 'move splash']] }),
    ).toContain('Your Shuckle acted before foe Garchomp (Extreme Speed has priority +2).');
    expect(feedback({ p1: SHUCKLE, p2: GARCHOMP, choices: [['move splash', 'move dragontail']] })).toContain(
      'Your Shuckle acted before foe Garchomp (Dragon Tail has priority -6).',
    );
  });

  it('names Speed when priorities are equal, and inverts it under Trick Room', () => {
    expect(feedback({ p1: SHUCKLE, p2: GARCHOMP, choices: [['move splash', 'move splash']] })).toContain(
      'Foe Garchomp acted before your Shuckle (same priority, faster or tied).',
    );
    const underTrickRoom: SimTurnOptions['choices'] = [
      ['move trickroom', 'move splash'],
      ['move splash', 'move splash'],
    ];
    expect(feedback({ p1: SHUCKLE, p2: GARCHOMP, choices: underTrickRoom })).toContain(
      'Your Shuckle acted before foe Garchomp (same priority, slower or tied under Trick Room).',
    );
  });

  it('says nothing about the Speed of a Pokémon that switched', () => {
    const sentences = feedback({
      p1: SHUCKLE,
      p2: `${GARCHOMP}\n\n${BLISSEY}`,
      choices: [['move splash', 'switch 2']],
    });
    expect(sentences).toEqual(['Foe switched Garchomp to Blissey.', 'Your Shuckle used Splash.']);
  });

  it('counts a pivot as a move, not as a switch by choice', () => {
    const sentences = feedback({
      p1: SHUCKLE,
      p2: `${GARCHOMP}\n\n${BLISSEY}`,
      choices: [
        ['move splash', 'move uturn'],
        ['', 'switch 2'],
      ],
    });
    expect(sentences).toContain('Foe sent in Blissey (U-turn).');
    expect(sentences).toContain('Foe Garchomp acted before your Shuckle (same priority, faster or tied).');
    expect(sentences.join()).not.toContain('switched');
  });

  it('claims nothing about a Pokémon that flinched or was made to repeat a move', () => {
    const flinched = feedback({
      p1: pokemon('Ambipom', 'Technician', ['Fake Out']),
      p2: GARCHOMP,
      choices: [['move fakeout', 'move splash']],
    });
    expect(flinched).toContain('Foe Garchomp could not move (flinched).');
    expect(flinched.join()).not.toContain('acted before');

    const encored = feedback({
      p1: pokemon('Ninjask', 'Infiltrator', ['Encore', 'Splash']),
      p2: GARCHOMP,
      choices: [
        ['move splash', 'move dragontail'],
        ['move encore', 'move splash'],
      ],
    });
    expect(encored.join(' ')).toContain('Foe Garchomp used Dragon Tail');
    expect(encored).toContain('Your Ninjask acted before foe Garchomp.');
  });

  it('includes that Pursuit hits before a switch', () => {
    const sentences = feedback({
      format: 'gen7customgame@@@!teampreview',
      p1: pokemon('Shuckle', 'Sturdy', ['Pursuit']),
      p2: `${GARCHOMP}\n\n${BLISSEY}`,
      choices: [['move pursuit', 'switch 2']],
    });
    expect(sentences.some((text) => text.startsWith('Your Shuckle used Pursuit'))).toBe(true);
    expect(sentences).toContain('Foe switched Garchomp to Blissey.');
    expect(sentences.join()).not.toContain('acted before');
  });

  it('credits a Quick Claw, not Speed', () => {
    const [yours, foe] = [
      { id: 'p1-0', side: 'p1', species: 'Shuckle' },
      { id: 'p2-0', side: 'p2', species: 'Garchomp' },
    ] as const;
    const splash = { type: 'move', move: 'splash', name: 'Splash', missed: false, noTarget: false } as const;
    const rest = { still: false, zMove: false };
    const claw = { type: 'volatile', change: 'activate', effect: 'quickclaw', name: 'Quick Claw' } as const;
    const events = [
      { ...claw, pokemon: yours },
      { ...splash, ...rest, pokemon: yours },
      { ...splash, ...rest, pokemon: foe },
    ];
    expect(turnFeedback({ turn: 1, events }, [], dexViewpoint('p1')).sentences).toEqual([
      'Your Shuckle Quick Claw.',
      'Your Shuckle used Splash.',
      'Foe Garchomp used Splash.',
      'Your Shuckle acted before foe Garchomp (Quick Claw).',
    ]);
  });

  it.each(['gen9randombattle', 'gen4randombattle'])('never calls the slower one faster (%s)', (format) => {
    let claims = 0;
    for (const seed of ['order-1', 'order-2']) {
      const speeds = new Map<string, number>();
      const { trackers } = simulate({ format, seed, onDecision: ({ sim }) => noteSpeeds(sim, speeds) });
      const { state, turns } = trackers.p1;
      const view = viewpointOf(state, assessTurn(state, turns).likelySets);
      for (const [index, turn] of turns.entries()) {
        for (const text of turnFeedback(turn, turns.slice(0, index), view).sentences) {
          const [faster, slower] = claimedOrder(text).map((who) => speeds.get(`${turn.turn} ${who}`));
          if (faster === undefined || slower === undefined) continue;
          claims++;
          expect(faster, `turn ${turn.turn}: ${text}`).toBeGreaterThanOrEqual(slower);
        }
      }
    }
    expect(claims).toBeGreaterThan(10);
  });

  /** The Speed of all active Pokémon as a turn begins, by turn, side and species. */
  function noteSpeeds(sim: Battle, speeds: Map<string, number>): void {
    for (const active of sim.sides.flatMap((side) => side.active)) {
      if (!active || active.fainted) continue;
      const key = `${sim.turn} ${active.side.id} ${active.species.name}`;
      if (!speeds.has(key)) speeds.set(key, active.getActionSpeed());
    }
  }

  /**
   * Which Pokémon is said to be the faster one, and which the slower one, by side and species; empty when nothing is
   * said.
   */
  function claimedOrder(text: string): readonly string[] {
    const [, whose, first, second] =
      /^(Your|Foe) (.+) acted before (?:your|foe) (.+) \(same priority, faster or tied\)\.$/.exec(text) ?? [];
    if (!whose) return [];
    return whose === 'Your' ? [`p1 ${first}`, `p2 ${second}`] : [`p2 ${first}`, `p1 ${second}`];
  }
});

describe('what moves led to', () => {
  it('reports effectiveness, immunity and failure with their reasons', () => {
    const p2 = pokemon('Rotom-Wash', 'Levitate', ['Protect', 'Splash', 'Will-O-Wisp']);
    const p1 = pokemon('Snorlax', 'Thick Fat', ['Earthquake', 'Giga Drain', 'Seed Bomb', 'Recover']);
    const after = (choice: string, answer = 'splash'): string =>
      feedback({ p1, p2, choices: [[`move ${choice}`, `move ${answer}`]] }).join(' ');
    expect(after('earthquake')).toContain(
      'Your Snorlax used Earthquake on foe Rotom-Wash: no effect, immune (Levitate).',
    );
    expect(after('seedbomb')).toMatch(
      /Your Snorlax used Seed Bomb on foe Rotom-Wash: super effective, -\d+% \(/,
    );
    expect(after('seedbomb', 'protect')).toContain(
      'Your Snorlax used Seed Bomb on foe Rotom-Wash: blocked by Protect.',
    );
    expect(after('recover')).toContain('Your Snorlax used Recover: failed (HP already full).');
  });

  it('reports that Haze resets all stages', () => {
    const p1 = pokemon('Snorlax', 'Thick Fat', ['Haze']);
    const sentences = feedback({ p1, p2: GARCHOMP, choices: [['move haze', 'move earthquake']] });
    expect(sentences).toContain('Your Snorlax used Haze: all stat stages reset.');
  });

  it('sums up multi-hit moves and reports recoil, drain and items by their cause', () => {
    const p2 = pokemon('Snorlax', 'Thick Fat', ['Splash'], 'Leftovers');
    const p1 = pokemon('Blaziken', 'Speed Boost', ['Double Kick', 'Leech Life'], 'Life Orb');
    const kicked = feedback({ p1, p2, choices: [['move doublekick', 'move splash']] });
    expect(kicked[0]).toMatch(
      /^Your Blaziken used Double Kick on foe Snorlax: super effective, .*-\d+% in 2 hits \(now \d+%\); your Blaziken -10% Life Orb \(now 90%\)\.$/,
    );
    expect(kicked.find((text) => text.startsWith('End of turn'))).toMatch(
      /foe Snorlax \+6% Leftovers \(now \d+%\)/,
    );
    expect(kicked.find((text) => text.startsWith('End of turn'))).toContain(
      'your Blaziken ability Speed Boost, Spe +1',
    );
  });

  it('reports hazards on entry, revealed abilities, and statuses', () => {
    const p1 = `${pokemon('Snorlax', 'Thick Fat', ['Splash'])}\n\n${pokemon('Volcarona', 'Flame Body', ['Splash'])}`;
    const p2 = pokemon('Landorus-Therian', 'Intimidate', ['Stealth Rock', 'Toxic']);
    const sentences = feedback({
      p1,
      p2,
      choices: [
        ['move splash', 'move stealthrock'],
        ['switch 2', 'move toxic'],
      ],
      seed: '4,3,2,1',
    });
    expect(sentences[0]).toBe('You switched Snorlax to Volcarona: -50% Stealth Rock (now 50%).');
    expect(sentences[1]).toBe('Foe Landorus-Therian used Toxic on your Volcarona: badly poisoned.');
    const { memory } = simTurn({ format: 'gen9customgame@@@!teampreview', p1, p2, choices: [] });
    const start = recentFeedback(memory, 1, dexViewpoint('p1'))[0]?.sentences.join(' ');
    expect(start).toContain('Foe sent in Landorus-Therian: ability Intimidate; your Snorlax Atk -1.');
  });

  it('does not subtract a berry eaten between hits from the damage', () => {
    const [user, target] = [
      { id: 'p1-0', side: 'p1', species: 'Maushold' },
      { id: 'p2-0', side: 'p2', species: 'Dedenne' },
    ] as const;
    const move = {
      type: 'move',
      move: 'populationbomb',
      name: 'Population Bomb',
      pokemon: user,
      target,
    } as const;
    const flags = { missed: false, noTarget: false, still: false, zMove: false };
    const berry = { kind: 'item', id: 'sitrusberry', name: 'Sitrus Berry' } as const;
    const events = [
      { ...move, ...flags },
      { type: 'damage', pokemon: target, before: 1, after: 0.4 },
      { type: 'heal', pokemon: target, before: 0.4, after: 0.65, cause: berry },
      { type: 'damage', pokemon: target, before: 0.65, after: 0.35 },
    ] as const;
    expect(turnFeedback({ turn: 1, events }, [], dexViewpoint('p1')).sentences).toEqual([
      'Your Maushold used Population Bomb on foe Dedenne: -90% in 2 hits (now 35%), +25% Sitrus Berry (now 65%).',
    ]);
  });

  it('shows unknown reasons by their bare id', () => {
    const pokemon = { id: 'p2-0', side: 'p2', species: 'Ditto' } as const;
    const events = [
      { type: 'cant', pokemon, reason: 'constructor' },
      { type: 'boosts-reset', pokemon, how: 'constructor' },
      { type: 'fail', pokemon, effect: 'constructor' },
    ] as const;
    const [sentence] = turnFeedback({ turn: 1, events }, [], dexViewpoint('p1')).sentences;
    expect(sentence).toBe('Foe Ditto could not move (constructor): stat stages changed, failed.');
  });

  it('reports the same turn to both sides from their own points of view', () => {
    const options = { p1: SHUCKLE, p2: GARCHOMP, choices: [['move splash', 'move earthquake']] } as const;
    const own = feedback({ ...options });
    const foe = feedback({ ...options, side: 'p2' });
    expect(own[0]).toMatch(/^Foe Garchomp used Earthquake on your Shuckle/);
    expect(foe[0]).toMatch(/^Your Garchomp used Earthquake on foe Shuckle/);
  });
});

describe('a recorded battle', () => {
  const lines = readFileSync('test/fixtures/battles/battle-14/fpr500.log', 'utf8').split('\n');
  const last = [...decisionPoints(lines, 'p1')].at(-1);
  const turns = last?.memory.turns ?? [];

  it('has each turn reported as it was', async () => {
    const view = dexViewpoint('p1');
    const text = turns
      .map((turn, index) => turnFeedback(turn, turns.slice(0, index), view))
      .map(({ turn, sentences }) => [`Turn ${turn}`, ...sentences].join('\n  '))
      .join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot('golden/battle-14.txt');
  });

  it('has every change of HP reported', () => {
    for (const [index, turn] of turns.entries()) {
      const feedback = turnFeedback(turn, turns.slice(0, index), dexViewpoint('p1')).sentences.join(' ');
      const final = new Map<string, string>();
      for (const event of turn.events) {
        if ((event.type === 'damage' || event.type === 'heal') && event.before !== event.after) {
          final.set(event.pokemon.id, event.after === 0 ? '(fainted)' : `(now ${percent(event.after)})`);
        }
      }
      for (const words of final.values()) expect(feedback).toContain(words);
    }
  });

  it('is reported for the requested number of turns', () => {
    const memory = { turns, decisions: [] };
    const feedback = recentFeedback(memory, 3, dexViewpoint('p1'));
    expect(feedback.map(({ turn }) => turn)).toEqual(
      turns
        .filter(({ events }) => events.length > 0)
        .slice(-3)
        .map(({ turn }) => turn),
    );
  });
});
