import { expect, test } from 'vitest';
import { BattleTracker } from '../../src/battle/tracker.ts';
import { simTurn } from '../support/sim-turn.ts';

test('in generation 3 the abilities that Skill Swap swapped are unknown', () => {
  const battle = {
    format: 'gen3customgame',
    p1: 'Sneasel\nAbility: Inner Focus\n- Skill Swap\n- Splash',
    p2: 'Venomoth\nAbility: Shield Dust\n- Splash',
    choices: [['move skillswap', 'move splash']] as const,
  };
  for (const side of ['p1', 'p2'] as const) {
    const { own, foe } = simTurn({ ...battle, side }).state;
    // The opponent now has what was ours; we have what was the opponent's.
    expect(own.active[0]?.ability).toBeUndefined();
    expect(foe.active[0]?.ability).toBe(side === 'p1' ? 'innerfocus' : 'shielddust');
  }
});

test.each([4, 9])('in generation %s a sketched move replaces Sketch, without PP Ups', (gen) => {
  const sketched = {
    format: gen > 4 ? `gen${gen}customgame@@@!teampreview` : `gen${gen}customgame`,
    p1: 'Rapidash\nAbility: Run Away\n- Growl',
    p2: 'Smeargle\nAbility: Own Tempo\nLevel: 90\n- Sketch\n- Splash',
    choices: [
      ['move growl', 'move splash'],
      ['move growl', 'move sketch'],
      ['move growl', 'move growl'],
    ] as const,
  };
  const moves = (side: 'p1' | 'p2') => {
    const { own, foe } = simTurn({ ...sketched, side }).state;
    return (side === 'p1' ? foe : own).active[0]?.moves;
  };
  expect(moves('p1')).toContainEqual({ id: 'growl', pp: 39, maxPp: 40 });
  expect(moves('p1')?.map(({ id }) => id)).not.toContain('sketch');
  expect(moves('p2')).toContainEqual({ id: 'growl', pp: 39, maxPp: 40 });
});

test.each([2, 3, 4])('in generation %i a disabled mimicked move does not become an own move', (gen) => {
  const { state, battle } = simTurn({
    format: `gen${gen}customgame`,
    p1: 'Electrode\nAbility: Static\n- Disable\n- Splash',
    p2: 'Slowbro\nAbility: Own Tempo\n- Mimic\n- Splash',
    choices: [
      ['move disable', 'move mimic'],
      ['move splash', 'move disable'],
      ['move disable', 'move disable'],
    ],
    prepare: (sim) => {
      sim.randomChance = () => true;
    },
  });
  expect(battle.log.filter((line) => line.startsWith('|cant|p2a: Slowbro|Disable'))).toHaveLength(1);
  expect(state.foe.active[0]?.moves.map(({ id }) => id)).toEqual(['mimic']);
});

test('a mimicked move that Transform copies does not become an own move', () => {
  const { state } = simTurn({
    format: 'gen4customgame',
    p1: 'Chansey\nAbility: Serene Grace\n- Earthquake\n\nDitto\nAbility: Limber\n- Transform',
    p2: 'Slowbro\nAbility: Own Tempo\n- Mimic\n- Splash\n\nSkarmory\nAbility: Sturdy\n- Splash',
    choices: [
      ['move earthquake', 'move mimic'],
      ['switch 2', 'move splash'],
      ['move transform', 'move splash'],
      ['move earthquake', 'switch 2'],
      ['move earthquake', 'move splash'],
    ],
  });
  expect(state.own.active[0]?.moves.map(({ id }) => id)).toContain('earthquake');
  const slowbro = state.foe.pokemon.find(({ species }) => species === 'Slowbro');
  expect(slowbro?.moves.map(({ id }) => id)).toEqual(['mimic', 'splash']);
});

test('a copied move that its original had only mimicked is not attributed to the first Pokémon', () => {
  const { state } = simTurn({
    format: 'gen1customgame',
    p1: 'Ditto\n- Transform',
    p2: 'Electrode\n- Mimic\n- Splash\n\nMew\n- Transform',
    choices: [
      ['move transform', 'move mimic'],
      ['move splash', 'move splash'],
      ['move splash', 'switch 2'],
      ['move splash', 'move transform'],
    ],
  });
  const electrode = state.foe.pokemon.find(({ species }) => species === 'Electrode');
  expect(electrode?.moves.map(({ id }) => id)).toEqual(['mimic', 'splash']);
});

test('in generation 4 a mimicked move that Forewarn reveals does not become an own move', () => {
  const { state, lines } = simTurn({
    format: 'gen4customgame',
    p1: 'Chansey\nAbility: Serene Grace\n- Earthquake\n\nJynx\nAbility: Forewarn\n- Splash',
    p2: 'Slowbro\nAbility: Own Tempo\n- Mimic\n- Splash',
    choices: [
      ['move earthquake', 'move mimic'],
      ['switch 2', 'move splash'],
    ],
  });
  expect(lines.some((line) => line.includes('Forewarn|Earthquake'))).toBe(true);
  expect(state.foe.active[0]?.moves.map(({ id }) => id)).toEqual(['mimic', 'splash']);
});

test('Haze ends Focus Energy in generation 4, and in no other', () => {
  const focused = (gen: number): boolean =>
    'focusenergy' in
    (simTurn({
      format: gen > 4 ? `gen${gen}customgame@@@!teampreview` : `gen${gen}customgame`,
      p1: 'Crobat\nAbility: Inner Focus\n- Haze\n- Splash',
      p2: 'Machamp\nAbility: Guts\n- Focus Energy\n- Splash',
      choices: [
        ['move splash', 'move focusenergy'],
        ['move haze', 'move splash'],
      ],
    }).state.foe.active[0]?.volatiles ?? {});
  expect([3, 4, 5].filter(focused)).toEqual([3, 5]);
});

test('a Sticky Barb moves to a Pokémon that has eaten its own item', () => {
  const { state, battle } = simTurn({
    format: 'gen4customgame',
    p1: 'Snorlax @ Sticky Barb\nAbility: Immunity\n- Splash\n- Seismic Toss',
    p2: 'Machop @ Oran Berry\nLevel: 60\nAbility: Guts\n- Karate Chop\n- Splash',
    choices: [
      ['move seismictoss', 'move splash'],
      ['move splash', 'move karatechop'],
    ],
  });
  expect(battle.p2.active[0]?.item).toBe('stickybarb');
  expect(state.foe.active[0]?.item).toBe('stickybarb');
});

test('a Sticky Barb that hurts nobody has moved as well', () => {
  const { state } = simTurn({
    format: 'gen4customgame',
    p1: 'Clefable\nAbility: Magic Guard\n- Splash\n- Karate Chop',
    p2: 'Snorlax @ Sticky Barb\nAbility: Immunity\n- Splash',
    choices: [
      ['move splash', 'move splash'],
      ['move karatechop', 'move splash'],
    ],
  });
  expect(state.own.active[0]?.item).toBe('stickybarb');
  expect(state.foe.active[0]?.item).toBe('');
});

test.each([0, 1])('two Sticky Barbs are not mistaken for one that has moved, after %i turns', (turns) => {
  const battle = {
    format: 'gen5customgame@@@!teampreview',
    p1: 'Stantler @ Sticky Barb\nAbility: Frisk\n- Splash',
    p2: 'Charmeleon @ Sticky Barb\nAbility: Frisk\n- Splash',
    choices: Array.from({ length: turns }, () => ['move splash', 'move splash'] as const),
  };
  for (const side of ['p1', 'p2'] as const)
    expect(simTurn({ ...battle, side }).state.foe.active[0]?.item).toBe('stickybarb');
});

test('a Sticky Barb whose holder was not touched was brought', () => {
  const choices = [['move splash', 'move splash']] as const;
  const teams = ['Stantler @ Sticky Barb', 'Charmeleon @ Sticky Barb'].map((one) => `${one}\n- Splash`);
  const [p1 = '', p2 = ''] = teams;
  for (const side of ['p1', 'p2'] as const) {
    const { foe } = simTurn({ format: 'gen5customgame@@@!teampreview', p1, p2, choices, side }).state;
    expect(foe.active[0]?.item).toBe('stickybarb');
  }
});

test('Trump Card has no PP Ups', () => {
  const { own } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: 'Slowking\nAbility: Oblivious\n- Trump Card',
    p2: 'Blissey\nAbility: Healer\n- Splash',
    choices: [],
  }).state;
  expect(own.pokemon[0]?.moves).toEqual([{ id: 'trumpcard', pp: 5, maxPp: 5 }]);
});

test('in generation 1 a charge continues through sleep', () => {
  const [foe] = simTurn({
    format: 'gen1customgame',
    p1: 'Gengar\nLevel: 1\n- Spore',
    p2: 'Oddish\nLevel: 50\n- Razor Wind',
    choices: [
      ['move spore', 'move razorwind'],
      ['move spore', 'move razorwind'],
      ['move spore', 'move 1'],
    ],
  }).state.foe.active;
  expect(foe?.status).toBe('slp');
  expect(foe?.volatiles).toHaveProperty('twoturnmove');
});

test('Unburden does not notice an item lost while it is suppressed', () => {
  const [foe] = simTurn({
    format: 'gen5customgame@@@!teampreview',
    p1: 'Drifblim @ Air Balloon\nAbility: Unburden\n- Splash',
    p2: 'Spinda\nAbility: No Guard\nLevel: 5\n- Gastro Acid\n- Rock Throw',
    choices: [
      ['move splash', 'move gastroacid'],
      ['move splash', 'move rockthrow'],
    ],
    side: 'p2',
  }).state.foe.active;
  expect(foe?.item).toBe('');
  expect(foe?.volatiles).not.toHaveProperty('itemremoved');
});

test('the base ability of a copy is known when the log is read again', () => {
  const turn = simTurn({
    format: 'gen8doublescustomgame@@@!teampreview',
    p1: 'Centiskorch\nAbility: Flash Fire\n- Splash\n\nDitto\nAbility: Imposter\n- Transform',
    p2: 'Marill\nAbility: Huge Power\n- Splash\n\nFroakie\nAbility: Torrent\n- Splash',
    choices: [['move splash, move 1', 'move splash, move splash']],
  });
  const again = new BattleTracker({ side: 'p1', format: 'gen8doublescustomgame@@@!teampreview' });
  for (const line of turn.lines) again.add(line);
  // Nothing is read before another line has come.
  again.add('|-message|');
  again.add('|move|p1a: Centiskorch|Splash|p1a: Centiskorch');
  expect(again.state.own.pokemon.map(({ baseAbility }) => baseAbility)).toEqual(['flashfire', 'imposter']);
});

test('of two with the same name, the one at the position in the line faints', () => {
  const { foe } = simTurn({
    format: 'gen7doublescustomgame@@@!teampreview',
    p1: 'Gengar\nAbility: Cursed Body\n- Shadow Ball\n\nBlissey\nAbility: Healer\n- Splash',
    p2: [
      'Same (Abra)\nAbility: Inner Focus\nLevel: 1\n- Splash',
      'Same (Golem)\nAbility: Sturdy\n- Splash',
      'Other (Onix)\nAbility: Sturdy\n- Splash',
    ].join('\n\n'),
    choices: [
      ['move shadowball +1, move splash', 'move splash, move splash'],
      ['', 'switch 3, pass'],
    ],
  }).state;
  expect(foe.active.map((pokemon) => pokemon?.species)).toEqual(['Onix', 'Golem']);
  expect(foe.pokemon.filter(({ fainted }) => fainted).map(({ species }) => species)).toEqual(['Abra']);
});

test('in generation 1 a Rage that has hit once continues for good', () => {
  const battle = { format: 'gen1customgame', p1: 'Moltres\n- Rage', p2: 'Slowbro\n- Splash' };
  const rages = (turns: number): boolean => {
    const choices = Array.from({ length: turns }, () => ['move 1', 'move splash'] as const);
    return 'rage' in (simTurn({ ...battle, choices, side: 'p2' }).state.foe.active[0]?.volatiles ?? {});
  };
  expect(rages(0)).toBe(false);
  expect(rages(1)).toBe(true);
  expect(rages(3)).toBe(true);
});

test('in generation 5, too, the look-alike of a fainted Pokémon is another one', () => {
  const { foe } = simTurn({
    format: 'gen5customgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Thick Fat\n- Body Slam',
    p2: 'Illumise\nAbility: Oblivious\nLevel: 5\n- Splash\n\nIllumise\nAbility: Oblivious\nLevel: 5\n- Tackle',
    choices: [
      ['move bodyslam', 'move splash'],
      ['', 'switch 2'],
    ],
  }).state;
  expect(foe.active[0]?.id).toBe('p2-1');
  expect(foe.pokemon.map(({ fainted }) => fainted)).toEqual([true, false]);
});

test('a Pokémon held up by Sky Drop loses its turn, and conditions that last until its next one', () => {
  const { state } = simTurn({
    format: 'gen5customgame@@@!teampreview',
    p1: 'Elgyem\nAbility: Telepathy\n- Destiny Bond',
    p2: 'Crobat\nAbility: Inner Focus\n- Sky Drop\n- Splash',
    choices: [
      ['move destinybond', 'move splash'],
      ['move destinybond', 'move skydrop'],
    ],
  });
  expect(state.own.active[0]?.volatiles).toHaveProperty('skydrop');
  expect(state.own.active[0]?.volatiles).not.toHaveProperty('destinybond');
});

test('a charging move without a shown target may be aimed at an ally, which Pressure does not affect', () => {
  const { foe } = simTurn({
    format: 'gen4doublescustomgame',
    p1: 'Lugia\nAbility: Pressure\n- Splash\n\nAbra\nAbility: Inner Focus\nLevel: 1\n- Memento',
    p2: 'Raichu\nAbility: Static\n- Dig\n- Splash\n\nBlissey\nAbility: Healer\n- Splash',
    choices: [
      ['move splash, move memento 1', 'move splash, move splash'],
      ['move splash, pass', 'move dig -2, move splash'],
    ],
  }).state;
  expect(foe.active[0]?.moves).toContainEqual({ id: 'dig', pp: 15, maxPp: 16 });
});

test('a danced move that a Choice item forbids does not become an own move', () => {
  const { state, lines } = simTurn({
    format: 'gen7customgame@@@!teampreview',
    p1: 'Machamp\nAbility: No Guard\n- Splash\n- Swords Dance',
    p2: 'Oricorio @ Choice Scarf\nAbility: Dancer\n- Tailwind',
    choices: [
      ['move splash', 'move tailwind'],
      ['move swordsdance', 'move tailwind'],
    ],
  });
  expect(lines).toContain('|move|p2a: Oricorio|Swords Dance||[still]');
  expect(state.foe.active[0]?.moves.map(({ id }) => id)).toEqual(['tailwind']);
});

test('a danced move that Imprison forbids does not become an own move', () => {
  const { state, lines } = simTurn({
    format: 'gen7customgame@@@!teampreview',
    p1: 'Machamp\nAbility: No Guard\n- Imprison\n- Swords Dance',
    p2: 'Oricorio\nAbility: Dancer\n- Tailwind\n- Swords Dance',
    choices: [
      ['move imprison', 'move tailwind'],
      ['move swordsdance', 'move tailwind'],
    ],
  });
  expect(lines).toContain('|cant|p2a: Oricorio|move: Imprison|Swords Dance');
  expect(state.foe.active[0]?.moves.map(({ id }) => id)).toEqual(['tailwind']);
});

test('of two with the same name, the fainted one loses its forme', () => {
  const { foe } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: 'Gengar\nAbility: Cursed Body\n- U-turn\n\nElectrode\nAbility: Static\n- Explosion',
    p2: [
      'Same (Klefki)\nAbility: Prankster\n- Splash',
      'Same (Blaziken) @ Blazikenite\nAbility: Speed Boost\nLevel: 20\n- Splash',
      'Other (Onix)\nAbility: Sturdy\n- Splash',
    ].join('\n\n'),
    choices: [
      ['move uturn', 'switch 2'],
      ['switch 2', ''],
      ['move explosion', 'move splash mega'],
      ['switch 2', 'switch 3'],
    ],
  }).state;
  expect(foe.pokemon.map(({ species }) => species)).toEqual(['Klefki', 'Blaziken', 'Onix']);
});

test('an ally can also get a Sticky Barb', () => {
  const { foe } = simTurn({
    format: 'gen7doublescustomgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Immunity\n- Splash\n\nBlissey\nAbility: Healer\n- Splash',
    p2: 'Whimsicott @ Sticky Barb\nAbility: Chlorophyll\n- Splash\n\nPancham\nAbility: Iron Fist\n- Hold Back\n- Splash',
    choices: [
      ['move splash, move splash', 'move splash, move splash'],
      ['move splash, move splash', 'move splash, move holdback -1'],
    ],
  }).state;
  expect(foe.active.map((pokemon) => pokemon?.item)).toEqual(['', 'stickybarb']);
});

test('Shed Tail passes no stages on, even to a Pokémon disguised as its user', () => {
  const { foe } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Immunity\n- Splash',
    p2: 'Orthworm (M)\nAbility: Earth Eater\n- Coil\n- Shed Tail\n\nZoroark\nAbility: Illusion\n- Splash\n\nOrthworm (M)\nAbility: Earth Eater\n- Splash',
    choices: [
      ['move splash', 'move coil'],
      ['move splash', 'move shedtail'],
      ['', 'switch 2'],
    ],
  }).state;
  expect(foe.active[0]?.boosts).toEqual({});
  expect(foe.active[0]?.volatiles).toHaveProperty('substitute');
});

test('a copy that changes its forme has the stats of its own forme', () => {
  const { own } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: 'Gyarados @ Gyaradosite\nAbility: Imposter\n- Splash',
    p2: 'Smeargle\nAbility: Own Tempo\n- Splash',
    choices: [['move splash mega', 'move splash']],
  }).state;
  expect(own.active[0]?.species).toBe('Gyarados-Mega');
  expect(own.active[0]).not.toHaveProperty('copyOf');
});

test('two look-alikes that come in at once keep their ids', () => {
  const { own } = simTurn({
    format: 'gen8doublescustomgame@@@!teampreview',
    p1: [
      'Electrode\nAbility: Static\n- Explosion',
      'Golem\nAbility: Sturdy\n- Explosion',
      'Zoroark\nAbility: Illusion\n- Splash',
      'Ditto\nAbility: Imposter\n- Transform',
    ].join('\n\n'),
    p2: 'Gengar\nAbility: Cursed Body\n- Splash\n\nMismagius\nAbility: Levitate\n- Splash',
    choices: [
      ['move explosion, move explosion', 'move splash, move splash'],
      ['switch 3, switch 4', ''],
    ],
  }).state;
  expect(own.pokemon.map(({ id, baseSpecies }) => [id, baseSpecies])).toContainEqual(['p1-3', 'Ditto']);
});

test.each([
  ['skyattack', 'twoturnmove'],
  ['outrage', 'lockedmove'],
  ['destinybond', 'destinybond'],
])('a move reflected by Magic Bounce does not end %s', (move, condition) => {
  const { state, battle } = simTurn({
    format: 'gen6customgame@@@!teampreview',
    p1: `Espeon\nAbility: Magic Bounce\n- ${move}`,
    p2: 'Shuckle\nAbility: Sturdy\n- Leer',
    choices: [[`move ${move}`, 'move leer']],
    side: 'p2',
  });
  expect(battle.log.filter((line) => line.includes('Magic Bounce'))).toHaveLength(1);
  expect(state.foe.active[0]?.volatiles).toHaveProperty(condition);
  expect(state.foe.active[0]?.lastMove).toBe(move);
});

test.each([
  ['Grim Neigh', 'grimneigh'],
  ['As One (Glastrier)', 'asoneglastrier'],
])('a Calyrex-Ice with %s has that ability after its knock-out', (ability, id) => {
  const { state, battle } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Magikarp\nAbility: Swift Swim\nLevel: 1\n- Splash\n\nMagikarp\nAbility: Swift Swim\n- Splash',
    p2: `Calyrex-Ice\nAbility: ${ability}\n- Glacial Lance`,
    choices: [['move splash', 'move glaciallance']],
  });
  expect(battle.log.filter((line) => /^\|-ability\|.*Neigh\|boost/.test(line))).toHaveLength(1);
  expect(state.foe.active[0]?.ability).toBe(id);
});

test('a mimicked move has no PP Ups, even when the request leaves only Struggle', () => {
  const { own } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Ninjask\nAbility: Infiltrator\n- Conversion',
    p2: 'Darmanitan-Galar\nAbility: Gorilla Tactics\n- Mimic\n- Splash',
    choices: [['move conversion', 'move mimic']],
    side: 'p2',
  }).state;
  expect(own.active[0]?.moves[0]).toEqual({ id: 'conversion', pp: 30, maxPp: 30 });
});

test('Crafty Shield has ended when a fainted Pokémon is replaced', () => {
  const { state, request } = simTurn({
    format: 'gen9doublescustomgame@@@!teampreview',
    p1: 'Electrode\nAbility: Static\n- Explosion\n- Growl\n\nJolteon\nAbility: Volt Absorb\n- Growl\n\nMew\nAbility: Synchronize\n- Splash',
    p2: 'Klefki\nAbility: Prankster\n- Crafty Shield\n\nSnorlax\nAbility: Immunity\n- Splash',
    choices: [['move explosion, move growl', 'move craftyshield, move splash']],
  });
  expect(request.type).toBe('switch');
  expect(state.foe.conditions).toEqual({});
});

test('Perish Body works at once, before the log shows the count', () => {
  const { state, battle } = simTurn({
    format: 'gen8customgame@@@!teampreview',
    p1: 'Cursola\nAbility: Perish Body\n- Splash',
    p2: 'Scizor\nAbility: Technician\n- U-turn\n\nMew\nAbility: Synchronize\n- Splash',
    choices: [['move splash', 'move uturn']],
    side: 'p2',
  });
  expect(battle.log.some((line) => line.includes('perish3'))).toBe(false);
  expect(state.foe.active[0]?.volatiles).toMatchObject({ perishsong: 3 });
  expect(state.own.active[0]?.volatiles).toMatchObject({ perishsong: 3 });
});

test('Destiny Bond outlasts its own second use without PP', () => {
  const game = {
    format: 'gen5customgame@@@!teampreview',
    p1: 'Alakazam\nAbility: Inner Focus\n- Spite\n- Splash',
    p2: 'Dusclops\nAbility: Frisk\n- Destiny Bond\n- Splash',
    choices: [
      ['move spite', 'move destinybond'],
      ['move splash', 'move destinybond'],
      ['move spite', 'move destinybond'],
      ['move spite', 'move destinybond'],
    ] as const,
  };
  const seen = (side: 'p1' | 'p2', turns: number) =>
    simTurn({ ...game, side, choices: game.choices.slice(0, turns) });
  const { state, battle } = seen('p1', 4);
  expect(battle.log).toContain('|cant|p2a: Dusclops|nopp|Destiny Bond');
  expect(battle.p2.active[0]?.volatiles.destinybond).toBeDefined();
  expect(state.foe.active[0]?.volatiles.destinybond).toBe(1);
  expect(seen('p2', 4).state.own.active[0]?.volatiles.destinybond).toBe(1);
});

test.each([
  ['Cofagrigus', 'Mummy', 'mummy'],
  ['Oinkologne', 'Lingering Aroma', 'lingeringaroma'],
  ['Runerigus', 'Wandering Spirit', 'wanderingspirit'],
])('%s replaces an ability that the same strike still sets off', (species, ability, id) => {
  const { state, battle } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: `${species}\nAbility: ${ability}\n- Splash`,
    p2: 'Grimer\nAbility: Poison Touch\n- Pound\n- Knock Off',
    choices: [
      ['move splash', 'move knockoff'],
      ['move splash', 'move knockoff'],
    ],
    prepare: (sim) => {
      sim.randomChance = () => true;
    },
  });
  expect(battle.log.join()).toContain('[from] ability: Poison Touch');
  expect(battle.p2.active[0]?.ability).toBe(id);
  expect(state.foe.active[0]?.ability).toBe(id);
});

test('a Sticky Barb goes over to whoever touches its holder with empty hands, before it hurts again', () => {
  const { state, battle } = simTurn({
    format: 'gen5doublescustomgame@@@!teampreview',
    p1: 'Snorlax\nAbility: Immunity\n- Secret Power\n- Splash\n\nBlissey\nAbility: Natural Cure\n- Splash',
    p2: 'Minun\nAbility: Minus\n- Pound\n- Splash\n\nShinx @ Sticky Barb\nAbility: Guts\nLevel: 80\n- Pound\n- Splash',
    choices: [
      ['move splash, move splash', 'move splash, move splash'],
      ['move splash, move splash', 'move pound -2, move splash'],
      ['move secretpower 2, move splash', 'move splash, move pound -1'],
    ],
  });
  expect(battle.p2.active.map(({ hp, item }) => [hp > 0, item])).toEqual([
    [true, ''],
    [false, 'stickybarb'],
  ]);
  expect(state.foe.active[0]?.item).toBe('');
});

test('in generation 1 confusion ends a charge, though a Substitute spares its user the damage', () => {
  const { state, battle } = simTurn({
    format: 'gen1customgame',
    p1: 'Clefable\n- Substitute\n- Solar Beam',
    p2: 'Starmie\n- Confuse Ray\n- Splash',
    choices: [
      ['move substitute', 'move confuseray'],
      ['move solarbeam', 'move splash'],
      ['default', 'move splash'],
    ],
    prepare: (sim) => {
      const random = sim.random.bind(sim);
      // Confusion lasts five turns.
      sim.random = (low, high) => (low === 2 && high === 6 ? 5 : random(low, high));
      sim.randomChance = (numerator, denominator) =>
        !(numerator * 2 === denominator && sim.turn === 3) && numerator > 1;
    },
  });
  expect(battle.log.join()).toContain('there is no damage dealt');
  expect(state.own.active[0]?.volatiles.twoturnmove).toBeUndefined();
});

test('our Zoroark keeps its types when the Pokémon it looks like has terastallized', () => {
  const { state, lines } = simTurn({
    format: 'gen9customgame@@@!teampreview',
    p1: 'Oricorio-Sensu\nAbility: Dancer\nTera Type: Ghost\n- U-turn\n\nZoroark\nAbility: Illusion\n- Splash',
    p2: 'Magikarp\nAbility: Swift Swim\nLevel: 5\n- Splash\n\nBlissey\nAbility: Natural Cure\n- Splash',
    choices: [
      ['move uturn terastallize', 'move splash'],
      ['switch 2', ''],
      ['', 'switch 2'],
    ],
  });
  expect(lines).toContain('|-start|p1a: Oricorio|typechange|Ghost|[silent]');
  expect(state.own.active[0]?.species).toBe('Zoroark');
  expect(state.own.active[0]?.types).toEqual(['Dark']);
});

test.each([2, 9])('in generation %i a rampage that Sleep Talk has begun ends with the turn', (gen) => {
  const { state, battle } = simTurn({
    format: gen > 4 ? `gen${gen}customgame@@@!teampreview` : `gen${gen}customgame`,
    p1: 'Blissey\nAbility: Natural Cure\n- Seismic Toss',
    p2: 'Snorlax\nAbility: Immunity\n- Rest\n- Sleep Talk\n- Outrage',
    choices: [
      ['move seismictoss', 'move rest'],
      ['move seismictoss', 'move sleeptalk'],
    ],
  });
  expect(battle.log.join()).toContain('|Outrage|p1a: Blissey|[from] ');
  expect(battle.p2.active[0]?.volatiles.lockedmove).toBeUndefined();
  expect(state.foe.active[0]?.volatiles.lockedmove).toBeUndefined();
});

test('a charge that strikes in the place of a fainted target may have been aimed at nobody with Pressure', () => {
  const { state, battle } = simTurn({
    format: 'gen6doublescustomgame@@@!teampreview',
    p1: 'Kyurem\nAbility: Pressure\n- Splash\n\nWhismur\nAbility: Soundproof\nLevel: 1\n- Splash',
    p2: 'Pidove\nAbility: Big Pecks\n- Fly\n\nRaichu\nAbility: Static\n- Thunderbolt\n- Growl',
    choices: [
      ['move splash, move splash', 'move fly 2, move growl'],
      ['move splash, move splash', 'move fly 2, move thunderbolt 2'],
    ],
  });
  expect(battle.log.join()).toContain('|move|p2a: Pidove|Fly|p1a: Kyurem|[from] lockedmove');
  const real = battle.p2.active[0]?.baseMoveSlots.find(({ id }) => id === 'fly')?.pp;
  expect(state.foe.active[0]?.moves.find(({ id }) => id === 'fly')?.pp).toBe(real);
});
