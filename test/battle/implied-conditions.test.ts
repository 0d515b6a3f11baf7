import { expect, test } from 'vitest';
import type { PokemonState } from '../../src/battle/state.ts';
import { simTurn } from '../support/sim-turn.ts';

/** Our and the opponent's active Pokémon after these choices, written `p1 > p2`. */
function after(own: string, foe: string, ...choices: readonly string[]) {
  const export_ = (moves: string): string =>
    moves
      .split('; ')
      .map((one) => {
        const [species = '', ...rest] = one.split(', ');
        return [species, 'Ability: Pressure', ...rest.map((move) => `- ${move}`)].join('\n');
      })
      .join('\n\n');
  const { state } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: export_(own),
    p2: export_(foe),
    choices: choices.map((pair) => pair.split(' > ') as [string, string]),
    prepare: (battle) => {
      battle.randomChance = (numerator, denominator) => numerator * 2 >= denominator;
    },
  });
  const [p1, p2] = [state.own.active[0], state.foe.active[0]];
  if (!p1 || !p2) throw new Error('nobody stands there');
  return { state, own: p1, foe: p2 };
}

const volatile = (pokemon: PokemonState, id: string): number | undefined => pokemon.volatiles[id];

test('Lock-On holds for the next turn, and only for the one it was aimed at', () => {
  const used = ['Magnezone, Lock-On, Splash', 'Blissey, Splash; Chansey, Splash'] as const;
  expect(volatile(after(...used, 'move 1 > move 1').own, 'lockon')).toBe(1);
  expect(volatile(after(...used, 'move 1 > move 1', 'move 2 > move 1').own, 'lockon')).toBeUndefined();
  expect(volatile(after(...used, 'move 2 > move 1', 'move 1 > switch 2').own, 'lockon')).toBe(1);
  expect(volatile(after(...used, 'move 1 > move 1', 'move 2 > switch 2').own, 'lockon')).toBeUndefined();
});

test('Lock-On ends with the turn it was for, even when its target faints in that turn', () => {
  const { state, battle } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Gyarados\nAbility: Intimidate\n- Splash\n\nChansey\nAbility: Healer\n- Splash',
    p2: 'Magnezone\nAbility: Sturdy\n- Lock-On\n- Zap Cannon',
    choices: [
      ['move 1', 'move 1'],
      ['move 1', 'move 2'],
    ],
  });
  expect(battle.requestState).toBe('switch');
  expect(state.foe.active[0]?.volatiles.lockon).toBeUndefined();
});

test('Minimize and Defense Curl leave their mark on both sides until the user leaves', () => {
  const both = ['Chansey, Minimize, Splash; Blissey, Splash', 'Golem, Defense Curl, Splash'] as const;
  const marked = after(...both, 'move 1 > move 1');
  expect(volatile(marked.own, 'minimize')).toBe(1);
  expect(volatile(marked.foe, 'defensecurl')).toBe(1);
  const back = after(...both, 'move 1 > move 1', 'switch 2 > move 2', 'switch 2 > move 2');
  expect(volatile(back.own, 'minimize')).toBeUndefined();
});

test('stats that were shared or swapped are recorded with the partner’s earlier changes', () => {
  const { own, foe } = after(
    'Shuckle, Power Trick, Power Split, Splash',
    'Rampardos, Speed Swap, Splash',
    'move 1 > move 2',
    'move 2 > move 1',
  );
  expect(own.statChanges?.map(({ kind }) => kind).toSorted()).toEqual([
    'powersplit',
    'powertrick',
    'speedswap',
  ]);
  expect(foe.statChanges).toHaveLength(2);
  const split = foe.statChanges?.find(({ kind }) => kind === 'powersplit');
  expect(split).toMatchObject({ partner: own.id });
  expect(split && 'partnerChanges' in split && split.partnerChanges[0]?.kind).toBe('powertrick');
});

test('a streak counts turns in which the move had an effect', () => {
  const teams = ['Scizor, Fury Cutter, Splash', 'Skarmory, Splash, Protect'] as const;
  expect(after(...teams, 'move 1 > move 1', 'move 1 > move 1').own.streak).toEqual({
    move: 'furycutter',
    uses: 2,
  });
  expect(after(...teams, 'move 1 > move 1', 'move 1 > move 2').own.streak).toBeUndefined();
  expect(after(...teams, 'move 1 > move 1', 'move 2 > move 2', 'move 2 > move 1').own.streak).toBeUndefined();
});

test('a failed move counts for the next turn; one that Protect blocked does not count', () => {
  const teams = ['Snorlax, Drain Punch, Splash', 'Gengar, Splash, Protect'] as const;
  expect(after(...teams, 'move 1 > move 1').own.lastMoveFailed).toBe(true);
  expect(after(...teams, 'move 1 > move 2').own.lastMoveFailed).toBeUndefined();
  expect(after(...teams, 'move 1 > move 1', 'move 2 > move 1').own.lastMoveFailed).toBeUndefined();
});

test('Echoed Voice counts for one more turn, stronger each time', () => {
  const teams = ['Jigglypuff, Echoed Voice, Splash', 'Blissey, Splash'] as const;
  const { state } = after(...teams, 'move 1 > move 1', 'move 1 > move 1');
  expect(state.field.conditions.echoedvoice?.layers).toBe(2);
  const later = after(...teams, 'move 1 > move 1', 'move 2 > move 1');
  expect(later.state.field.conditions).not.toHaveProperty('echoedvoice');
  const amidst = after('Blissey, U-turn; Mew, Splash', 'Crobat, Echoed Voice', 'move 1 > move 1');
  expect(amidst.state.field.conditions.echoedvoice?.turnsLeft).toEqual([2, 2]);
});

test('Echoed Voice also counts when it was aimed at a fainted Pokémon', () => {
  const { state } = simTurn({
    format: 'gen9doublescustomgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Thick Fat\n- Echoed Voice\n- Splash\n\nAbra\nAbility: Synchronize\nLevel: 1\n- Splash',
    p2: 'Crobat\nAbility: Inner Focus\n- Acrobatics\n- Splash\n\nMew\nAbility: Synchronize\n- Splash',
    choices: [
      ['move splash, move splash', 'move acrobatics 2, move splash'],
      ['move echoedvoice -2, pass', 'move splash, move splash'],
    ],
  });
  expect(state.field.conditions.echoedvoice).toEqual({ layers: 1, turnsLeft: [1, 1] });
});

test('a hit of Future Sight does not count as a success of the move before it', () => {
  const teams = ['Slowking, Future Sight, Tackle', 'Blissey, Splash, Protect'] as const;
  const { own, foe } = after(...teams, 'move 1 > move 1', 'move 1 > move 1', 'move 2 > move 2');
  expect(foe.hp).toBeLessThan(1);
  expect(own.streak).toBeUndefined();
});

test('a side remembers for a turn that it has lost a Pokémon, and a Pokémon how often it was hit', () => {
  const teams = ['Houndstone, Splash; Snorlax, Splash', 'Annihilape, Final Gambit; Mew, Splash'] as const;
  const { state } = after(...teams, 'move 1 > move 1');
  expect(state.foe.justLost).toBeUndefined();
  const hit = after('Houndstone, Shadow Sneak', 'Toxapex, Splash', 'move 1 > move 1', 'move 1 > move 1');
  expect(hit.foe.timesHit).toBe(2);
  expect(hit.own.timesHit).toBeUndefined();
});

test.each([
  ['hits itself in confusion', 'confuseray', true],
  ['is not confused and hits', 'splash', false],
])('a Pokémon that %s has or has not failed', (_, foesMove, failed) => {
  const { state } = simTurn({
    format: 'gen8customgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Thick Fat\n- Tackle',
    p2: 'Crobat\nAbility: Inner Focus\n- Splash\n- Confuse Ray',
    choices: [['move 1', `move ${foesMove}`]],
    // Confused Pokémon always hit themselves.
    prepare: (battle) => {
      battle.randomChance = (numerator, denominator) => numerator === 33 || numerator === denominator;
    },
  });
  expect(state.own.active[0]?.lastMoveFailed ?? false).toBe(failed);
});

test('bad poison counts to fifteen', () => {
  const { state } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: 'Breloom\nAbility: Poison Heal\n- Splash',
    p2: 'Crobat\nAbility: Inner Focus\n- Splash\n- Toxic',
    choices: [['move 1', 'move 2'], ...Array.from({ length: 17 }, () => ['move 1', 'move 1'] as const)],
    prepare: (battle) => {
      battle.randomChance = () => true;
    },
  });
  expect(state.own.active[0]).toMatchObject({ status: 'tox', statusTurns: 15 });
});
