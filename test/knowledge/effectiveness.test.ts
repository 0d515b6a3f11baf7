import { Dex } from '@pkmn/sim';
import { describe, expect, it, test } from 'vitest';
import type { FieldState, PokemonState } from '../../src/battle/state.ts';
import { foeCombatant, ownCombatant } from '../../src/knowledge/combatant.ts';
import { findMove } from '../../src/knowledge/dex.ts';
import { chart, effectivenessOf } from '../../src/knowledge/effectiveness.ts';
import { moveTypeNow } from '../../src/knowledge/move-type.ts';
import { priorityNow } from '../../src/knowledge/priority.ts';
import { settingOf } from '../../src/knowledge/setting.ts';
import { pokemon, set, side, state } from './states.ts';

function matchup(
  own: PokemonState,
  foe: PokemonState,
  { ability = 'none', item = '', field = {}, gen = 9 }: Pick<Case, 'ability' | 'item' | 'field' | 'gen'>,
) {
  const setting = settingOf(state(side([own]), side([foe]), { gen, field }));
  return {
    setting,
    user: ownCombatant(setting, own),
    target: foeCombatant(setting, foe, set({ ability, item })),
  };
}

interface Case {
  readonly own?: Partial<PokemonState> & { readonly species?: string };
  readonly foe: string;
  readonly over?: Partial<PokemonState>;
  readonly ability?: string;
  readonly item?: string;
  readonly field?: Partial<FieldState>;
  readonly gen?: number;
}

function effectiveness(move: string, { own, foe, over, gen = 9, ...rest }: Case): number {
  const { species = 'Mew', ...ownOver } = own ?? {};
  const { setting, user, target } = matchup(
    pokemon('p1', species, { gen, ...ownOver }),
    pokemon('p2', foe, { gen, ...over }),
    { gen, ...rest },
  );
  const found = findMove(gen, move);
  if (!found) throw new Error(`no move ${move}`);
  return effectivenessOf({ setting, user, target, move: found });
}

describe('the type chart', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'is the simulator’s for all pairs of types in generation %i',
    (gen) => {
      const dex = Dex.forGen(gen);
      const types = dex.types.names().filter((name) => name !== 'Stellar');
      expect(types.length).toBeGreaterThanOrEqual(15);
      for (const attacking of types) {
        for (const defending of types) {
          const expected = dex.getImmunity(attacking, defending)
            ? 2 ** dex.getEffectiveness(attacking, defending)
            : 0;
          expect(chart(gen, attacking, defending), `${attacking} on ${defending}`).toBe(expected);
        }
      }
    },
  );
});

describe('effectiveness of a move now', () => {
  const cases: readonly [move: string, expected: number, situation: Case][] = [
    ['icebeam', 4, { foe: 'Dragonite' }],
    [
      'icebeam',
      0.5,
      { foe: 'Dragonite', over: { terastallized: true, teraType: 'Steel', types: ['Steel'] } },
    ],
    ['earthquake', 0, { foe: 'Gengar', ability: 'levitate' }],
    ['earthquake', 2, { foe: 'Gengar', ability: 'cursedbody' }],
    ['earthquake', 2, { own: { ability: 'moldbreaker' }, foe: 'Gengar', ability: 'levitate' }],
    [
      'earthquake',
      0,
      { own: { ability: 'moldbreaker' }, foe: 'Gengar', ability: 'levitate', item: 'abilityshield' },
    ],
    ['earthquake', 0, { foe: 'Heatran', item: 'airballoon' }],
    [
      'earthquake',
      4,
      { foe: 'Heatran', item: 'airballoon', field: { conditions: { gravity: { layers: 1 } } } },
    ],
    ['earthquake', 1, { foe: 'Skarmory', item: 'ironball' }],
    ['thousandarrows', 1, { foe: 'Skarmory' }],
    ['freezedry', 4, { foe: 'Swampert' }],
    ['flyingpress', 4, { foe: 'Breloom' }],
    ['closecombat', 0, { foe: 'Gengar' }],
    ['closecombat', 0.5, { own: { ability: 'scrappy' }, foe: 'Gengar' }],
    ['closecombat', 1, { own: { ability: 'mindseye' }, foe: 'Chandelure' }],
    ['closecombat', 0.5, { foe: 'Gengar', item: 'ringtarget' }],
    ['surf', 0, { foe: 'Camerupt', ability: 'waterabsorb' }],
    ['surf', 0, { foe: 'Camerupt', ability: 'stormdrain' }],
    ['surf', 4, { foe: 'Camerupt', ability: 'stormdrain', gen: 4 }],
    ['flamethrower', 0, { foe: 'Scizor', ability: 'wellbakedbody' }],
    ['earthquake', 0, { foe: 'Orthworm', ability: 'eartheater' }],
    ['shadowball', 0, { foe: 'Garganacl', ability: 'bulletproof' }],
    ['hypervoice', 0, { foe: 'Snorlax', ability: 'soundproof' }],
    ['hurricane', 0, { foe: 'Breloom', ability: 'windrider' }],
    ['icebeam', 0, { foe: 'Shedinja', ability: 'wonderguard' }],
    ['flamethrower', 2, { foe: 'Shedinja', ability: 'wonderguard' }],
    ['extremespeed', 0, { foe: 'Farigiraf', ability: 'armortail' }],
    ['extremespeed', 0, { foe: 'Snorlax', field: { terrain: 'psychicterrain' } }],
    ['extremespeed', 1, { foe: 'Dragonite', field: { terrain: 'psychicterrain' } }],
    ['moonblast', 0.5, { foe: 'Terapagos-Terastal', ability: 'terashell' }],
    ['moonblast', 1, { foe: 'Terapagos-Terastal', ability: 'terashell', over: { hp: 0.9 } }],
    ['moonblast', 2, { foe: 'Garchomp', ability: 'terashell' }],
    ['icebeam', 2, { foe: 'Dragonite', field: { weather: 'deltastream' } }],
    ['seismictoss', 0, { foe: 'Gengar' }],
    ['seismictoss', 1, { foe: 'Snorlax' }],
    ['seismictoss', 1, { foe: 'Gengar', gen: 1 }],
    ['fissure', 0, { foe: 'Snorlax', over: { level: 90 } }],
    ['thunderwave', 0, { foe: 'Garchomp' }],
    ['thunderwave', 0, { foe: 'Raichu' }],
    ['glare', 1, { foe: 'Gengar' }],
    ['willowisp', 0, { foe: 'Charizard' }],
    ['toxic', 0, { foe: 'Scizor' }],
    ['perishsong', 0, { foe: 'Loudred', ability: 'soundproof' }],
    ['perishsong', 0, { foe: 'Gholdengo', ability: 'goodasgold' }],
    ['perishsong', 1, { foe: 'Loudred' }],
    ['rototiller', 0, { foe: 'Emolga', gen: 7 }],
    ['yawn', 0, { foe: 'Minior-Meteor', ability: 'shieldsdown' }],
    ['toxic', 0, { foe: 'Minior-Meteor', ability: 'shieldsdown' }],
    ['toxic', 1, { foe: 'Minior', ability: 'shieldsdown' }],
    ['toxic', 0, { foe: 'Leafeon', ability: 'leafguard', field: { weather: 'sunnyday' } }],
    ['yawn', 0, { foe: 'Leafeon', ability: 'leafguard', field: { weather: 'desolateland' } }],
    ['toxic', 1, { foe: 'Leafeon', ability: 'leafguard' }],
    ['toxic', 0, { foe: 'Comfey', ability: 'flowerveil', over: { types: ['Grass'] } }],
    ['toxic', 1, { foe: 'Comfey', ability: 'flowerveil' }],
    ['toxic', 1, { own: { ability: 'corrosion' }, foe: 'Scizor' }],
    ['spore', 0, { foe: 'Venusaur' }],
    ['spore', 1, { foe: 'Venusaur', gen: 5 }],
    ['leechseed', 0, { foe: 'Venusaur' }],
    ['taunt', 0, { own: { ability: 'prankster' }, foe: 'Umbreon' }],
    ['taunt', 1, { own: { ability: 'prankster' }, foe: 'Umbreon', gen: 6 }],
    ['spore', 0, { foe: 'Gholdengo', ability: 'goodasgold' }],
    ['stealthrock', 1, { foe: 'Gholdengo', ability: 'goodasgold' }],
    ['swordsdance', 1, { foe: 'Gengar' }],
    [
      'thunderpunch',
      1,
      {
        own: {
          species: 'Castform',
          ability: undefined,
          baseAbility: 'normalize',
          volatiles: { transform: 1 },
        },
        foe: 'Gengar',
        gen: 4,
      },
    ],
    [
      'terablast',
      2,
      { own: { terastallized: true, teraType: 'Stellar' }, foe: 'Snorlax', over: { terastallized: true } },
    ],
  ];
  it.each(cases)('%s: ×%d in %o', (move, expected, situation) => {
    expect(effectiveness(move, situation)).toBe(expected);
  });
});

describe('the type and priority of a move now', () => {
  it.each([
    ['terablast', 'Fire', { terastallized: true, teraType: 'Fire', types: ['Fire'] }, {}],
    ['terablast', 'Normal', {}, {}],
    ['weatherball', 'Water', {}, { weather: 'raindance' }],
    ['weatherball', 'Ice', {}, { weather: 'snowscape' }],
    ['hypervoice', 'Fairy', { ability: 'pixilate' }, {}],
    ['hypervoice', 'Water', { ability: 'liquidvoice' }, {}],
    ['judgment', 'Dragon', { item: 'dracoplate' }, {}],
    ['terrainpulse', 'Psychic', {}, { terrain: 'psychicterrain' }],
    ['surf', 'Normal', { ability: 'normalize' }, {}],
    ['struggle', '???', {}, {}],
  ] as const)('%s is of type %s', (move, type, over, field) => {
    const { setting, user } = matchup(pokemon('p1', 'Mew', over), pokemon('p2', 'Snorlax'), { field });
    const found = findMove(9, move);
    expect(found && moveTypeNow(setting, user, found)).toBe(type);
  });

  it.each([
    ['quickattack', 1, {}, {}],
    ['grassyglide', 0, {}, {}],
    ['grassyglide', 1, {}, { terrain: 'grassyterrain' }],
    ['thunderwave', 1, { ability: 'prankster' }, {}],
    ['bravebird', 1, { ability: 'galewings' }, {}],
    ['bravebird', 0, { ability: 'galewings', hp: 0.9 }, {}],
    ['drainpunch', 3, { ability: 'triage' }, {}],
    ['dragontail', -6, {}, {}],
  ] as const)('%s has priority %i', (move, priority, over, field) => {
    const { setting, user } = matchup(pokemon('p1', 'Mew', over), pokemon('p2', 'Snorlax'), { field });
    const found = findMove(9, move);
    expect(found && priorityNow(setting, user, found)).toBe(priority);
  });
});

describe('status moves against abilities that stop them', () => {
  it.each([
    ['toxic', 'Hatterene', 'magicbounce'],
    ['taunt', 'Hatterene', 'magicbounce'],
    ['spore', 'Azumarill', 'sapsipper'],
    ['willowisp', 'Dachsbun', 'wellbakedbody'],
    ['spore', 'Hypno', 'insomnia'],
    ['glare', 'Persian', 'limber'],
    ['toxic', 'Snorlax', 'immunity'],
    ['taunt', 'Grimmsnarl', 'oblivious'],
    ['thunderwave', 'Garganacl', 'purifyingsalt'],
  ])('%s does nothing to %s with %s', (move, foe, ability) => {
    expect(effectiveness(move, { foe })).toBeGreaterThan(0);
    expect(effectiveness(move, { foe, ability })).toBe(0);
    if (ability !== 'purifyingsalt') {
      expect(effectiveness(move, { own: { ability: 'moldbreaker' }, foe, ability })).toBeGreaterThan(0);
    }
  });
});

describe('moves with immunities of their own', () => {
  const male = { gender: 'M' } as const;
  const female = { gender: 'F' } as const;
  it.each<readonly [move: string, works: Case, immune: Case]>([
    ['attract', { own: male, foe: 'Snorlax', over: female }, { own: male, foe: 'Snorlax', over: male }],
    ['captivate', { own: male, foe: 'Snorlax', over: female }, { own: male, foe: 'Magnemite' }],
    [
      'captivate',
      { own: male, foe: 'Lickitung', over: female },
      { own: male, foe: 'Lickitung', over: female, ability: 'oblivious' },
    ],
    ['worryseed', { foe: 'Snorlax' }, { foe: 'Hypno', ability: 'insomnia' }],
    [
      'worryseed',
      { foe: 'Snorlax', over: { volatiles: { gastroacid: 1 } } },
      { foe: 'Hypno', over: { ability: 'insomnia', volatiles: { gastroacid: 1 } } },
    ],
    ['trick', { foe: 'Muk' }, { foe: 'Muk', ability: 'stickyhold' }],
    ['synchronoise', { foe: 'Hypno' }, { foe: 'Snorlax' }],
    ['skydrop', { foe: 'Hypno' }, { foe: 'Swellow' }],
    ['octolock', { foe: 'Hypno' }, { foe: 'Gengar' }],
  ])('%s', (move, works, immune) => {
    expect(effectiveness(move, { gen: 8, ...works })).toBeGreaterThan(0);
    expect(effectiveness(move, { gen: 8, ...immune })).toBe(0);
  });
});

test.each([
  [3, 'frz', 1],
  [4, 'frz', 1],
  [5, 'frz', 0],
  [4, 'par', 0],
] as const)(
  'in generation %i Flash Fire of a Pokémon with %s leaves Fire a multiplier of %i',
  (gen, status, multiplier) => {
    const found = effectiveness('fireblast', { gen, foe: 'Zapdos', ability: 'flashfire', over: { status } });
    expect(found).toBe(multiplier);
  },
);

test.each([
  ['brn', 'Darmanitan', 'none', 0],
  ['brn', 'Snorlax', 'none', 1],
  ['par', 'Darmanitan', 'none', 1],
  ['par', 'Snorlax', 'limber', 0],
  ['tox', 'Steelix', 'none', 0],
] as const)(
  'Psycho Shift passes on %s to %s with ability %s with chance %i',
  (status, foe, ability, works) => {
    expect(effectiveness('psychoshift', { own: { status }, foe, ability })).toBe(works);
  },
);
