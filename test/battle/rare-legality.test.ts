import type { Pokemon } from '@pkmn/sim';
import { describe, expect, test } from 'vitest';
import { type Action, slotActions } from '../../src/battle/action.ts';
import type { MoveRequest, RequestActive, SwitchRequest } from '../../src/battle/request.ts';
import type { SideId } from '../../src/battle/state.ts';
import { createRandom } from '../../src/util/random.ts';
import { expectExactlyLegal, expectHiddenReason } from '../support/expect-legal.ts';
import { rareTeam, shortTeam } from '../support/rare-sets.ts';
import { type Moment, simulate } from '../support/simulated-battle.ts';

/** Battles that cause situations which random ones rarely have. */
interface Game {
  readonly format: string;
  readonly battles: number;
  /** Situations that must occur at least once. */
  readonly occurs: string;
  /** Both teams in the shorthand of rare-sets.ts; default: drawn from there. */
  readonly teams?: readonly [p1: string, p2: string];
}

const GHOSTS = `
  Gengar @ | levitate | explosion shadowball icywind protect
  Chandelure @ | infiltrator | memento shadowball flamethrower protect`;

const GAMES: Readonly<Record<string, Game>> = {
  'mega X and Y, and Ultra Burst': {
    format: 'gen7customgame',
    battles: 6,
    occurs: 'mega ultra zmove Charizard-Mega-X Charizard-Mega-Y Necrozma-Ultra',
    teams: [
      `Necrozma-Dusk-Mane @ ultranecroziumz | prismarmor | photongeyser sunsteelstrike earthquake swordsdance
       Charizard @ charizarditex | blaze | flareblitz dragonclaw dragondance roost`,
      `Charizard @ charizarditey | blaze | fireblast solarbeam focusblast roost
       Necrozma-Dawn-Wings @ ultranecroziumz | prismarmor | photongeyser moongeistbeam earthpower calmmind`,
    ],
  },
  'gimmicks of both slots at once': {
    format: 'gen7doublescustomgame',
    battles: 6,
    occurs: 'mega ultra zmove',
    teams: [
      `Necrozma-Dusk-Mane @ ultranecroziumz | prismarmor | photongeyser sunsteelstrike earthquake swordsdance
       Necrozma-Dawn-Wings @ ultranecroziumz | prismarmor | photongeyser moongeistbeam earthpower calmmind
       Charizard @ charizarditex | blaze | flareblitz dragonclaw dragondance roost`,
      `Charizard @ charizarditey | blaze | heatwave solarbeam focusblast helpinghand
       Mewtwo @ mewtwonitex | pressure | psystrike lowkick taunt recover
       Mewtwo @ mewtwonitey | pressure | psystrike aurasphere taunt recover`,
    ],
  },
  'Dynamax, Gigantamax and Max Moves over disabled moves': {
    format: 'gen8customgame',
    battles: 8,
    occurs: 'dynamax gigantamax max-over-disabled encore taunt choicelock',
    teams: [
      `Machamp @ choiceband | noguard | dynamicpunch closecombat taunt encore | gmax
       Inteleon @ choicescarf | torrent | snipeshot icebeam uturn disable | gmax`,
      `Grimmsnarl @ lightclay | prankster | taunt torment encore spiritbreak | gmax
       Whimsicott @ leftovers | prankster | encore taunt disable moonblast`,
    ],
  },
  'Dynamax in doubles': {
    format: 'gen8doublescustomgame',
    battles: 5,
    occurs: 'dynamax gigantamax max-over-disabled',
    teams: [
      `Machamp @ choiceband | noguard | dynamicpunch closecombat taunt encore | gmax
       Charizard @ choicescarf | solarpower | fireblast hurricane helpinghand protect | gmax`,
      `Whimsicott @ leftovers | prankster | encore taunt disable moonblast
       Lapras @ leftovers | shellarmor | freezedry surf disable protect | gmax`,
    ],
  },
  'a Tatsugiri in the mouth of a Dondozo': {
    format: 'gen9doublescustomgame',
    battles: 5,
    occurs: 'commanding-left commanding-right terastallize forced-pass',
    teams: [
      `Tatsugiri @ choicescarf | commander | dracometeor muddywater icywind helpinghand | Water
       Dondozo @ leftovers | unaware | orderup wavecrash curse rest | Grass
       Gengar @ | levitate | explosion shadowball icywind protect`,
      `Dondozo @ leftovers | unaware | orderup wavecrash bodypress rest | Grass
       Tatsugiri @ lifeorb | commander | dracometeor muddywater icywind helpinghand | Water
       Chandelure @ | infiltrator | memento shadowball heatwave protect`,
    ],
  },
  Imprison: {
    format: 'gen9customgame',
    battles: 6,
    occurs: 'maybeDisabled maybeLocked refused',
    teams: [
      `Gothitelle @ leftovers | frisk | imprison psychic taunt recover | Psychic
       Indeedee @ choicescarf | psychicsurge | imprison psychic healingwish encore | Psychic`,
      `Espeon @ leftovers | magicbounce | psychic taunt calmmind encore | Psychic
       Slowking @ leftovers | regenerator | psychic recover taunt trickroom | Psychic`,
    ],
  },
  ...Object.fromEntries(
    [3, 5, 9].map((gen): [string, Game] => [
      `Imprison in doubles, generation ${gen}`,
      {
        format: `gen${gen}doublescustomgame`,
        battles: 5,
        occurs: 'maybeDisabled maybeLocked refused',
        teams: [
          `Alakazam @ leftovers | synchronize | imprison psychic taunt recover
           Gengar @ leftovers | levitate | imprison shadowball thunderbolt icepunch
           Starmie @ leftovers | naturalcure | recover psychic thunderbolt surf`,
          `Alakazam @ leftovers | synchronize | psychic taunt calmmind encore
           Gengar @ leftovers | levitate | shadowball thunderbolt taunt icepunch
           Slowking @ leftovers | owntempo | psychic recover taunt surf`,
        ],
      },
    ]),
  ),
  'Wrap, Bide, Hyper Beam and sleep in generation 1': {
    format: 'gen1customgame',
    battles: 12,
    occurs: 'fight maybeLocked locked-wrap locked-bide recharge locked-rage locked-thrash struggle',
    teams: [
      `Dragonite @ | | wrap hyperbeam thunderwave agility
       Snorlax @ | | bide hyperbeam lovelykiss bodyslam
       Tauros @ | | rage
       Gengar @ | | hypnosis disable nightshade explosion`,
      `Victreebel @ | | wrap sleeppowder razorleaf stunspore
       Gyarados @ | | thrash
       Alakazam @ | | disable psychic thunderwave recover
       Chansey @ | | softboiled`,
    ],
  },
  'Bide and Encore in generation 2': {
    format: 'gen2customgame',
    battles: 8,
    occurs: 'locked-bide encore locked-rollout locked-outrage struggle recharge trapped',
    teams: [
      `Snorlax @ | | bide hyperbeam lovelykiss bodyslam
       Shuckle @ | | rollout encore wrap disable
       Umbreon @ | | meanlook batonpass disable moonlight`,
      `Typhlosion @ | | outrage
       Clefable @ | | encore metronome bodyslam bide
       Misdreavus @ | | meanlook perishsong`,
    ],
  },
  ...Object.fromEntries(
    [3, 4, 5, 6, 7, 8, 9].flatMap((gen) =>
      (gen < 6 ? ['customgame'] : ['customgame', 'doublescustomgame']).map((kind): [string, Game] => [
        `Struggle, locks and recharging in gen${gen}${kind}`,
        {
          format: `gen${gen}${kind}`,
          battles: 4,
          occurs: 'struggle encore recharge choicelock trapped locked-outrage',
          teams: [
            `Snorlax @ leftovers | thickfat | disable torment hyperbeam block
             Alakazam @ choiceband | synchronize | psychic recover
             Dragonite @ leftovers | innerfocus | outrage`,
            `Chansey @ choiceband | naturalcure | softboiled seismictoss
             Clefable @ leftovers | cutecharm | encore disable hyperbeam ingrain
             Slaking @ leftovers | truant | hyperbeam`,
          ],
        },
      ]),
    ),
  ),
  'hidden trappers': {
    format: 'gen9anythinggoes',
    battles: 6,
    occurs: 'maybeTrapped refused maybeTrapped-by-illusion trapped',
    teams: [
      `Zoroark @ | illusion | darkpulse taunt
       Gothitelle @ | shadowtag | psychic taunt
       Dugtrio @ | sandveil | earthquake suckerpunch`,
      `Slowking @ | regenerator | slackoff surf
       Zoroark @ | illusion | nastyplot taunt
       Dugtrio @ | arenatrap | earthquake suckerpunch`,
    ],
  },
  'hidden trappers in doubles': {
    format: 'gen9vgc2024regg',
    battles: 5,
    occurs: 'maybeTrapped refused maybeTrapped-by-illusion trapped',
    teams: [
      `Zoroark @ | illusion | darkpulse taunt
       Slowbro @ | regenerator | slackoff surf
       Gothitelle @ | shadowtag | psychic taunt
       Dugtrio @ | sandveil | earthquake suckerpunch`,
      `Slowking @ | regenerator | slackoff surf
       Zoroark @ | illusion | nastyplot taunt
       Blissey @ | naturalcure | softboiled seismictoss
       Dugtrio @ | arenatrap | earthquake suckerpunch`,
    ],
  },
  'Revival Blessing': {
    format: 'gen9customgame',
    battles: 8,
    occurs: 'revive revive-alone nobody-to-revive',
    teams: [
      `Rabsca @ leftovers | synchronize | revivalblessing psychic | Steel ${GHOSTS}`,
      `Pawmot @ leftovers | naturalcure | revivalblessing nuzzle | Steel ${GHOSTS}`,
    ],
  },
  'Revival Blessing in doubles': {
    format: 'gen9doublescustomgame',
    battles: 10,
    occurs: 'revive revive-alone revive-beside nobody-to-revive forced-pass double-switch',
    teams: [
      `Rabsca @ leftovers | synchronize | revivalblessing psychic | Steel ${GHOSTS}`,
      `Pawmot @ leftovers | naturalcure | revivalblessing nuzzle | Steel ${GHOSTS}
       Slowking @ redcard | regenerator | chillyreception slackoff`,
    ],
  },
  'leaving for another': {
    format: 'gen9customgame',
    battles: 4,
    occurs: 'batonpass shedtail uturn eject',
    teams: [
      `Cyclizar @ | regenerator | shedtail uturn batonpass
       Espeon @ ejectbutton | magicbounce | batonpass calmmind
       Golisopod @ | emergencyexit | firstimpression leechlife`,
      `Orthworm @ | eartheater | shedtail dragontail
       Scizor @ | technician | uturn batonpass bulletpunch
       Kommo-o @ ejectpack | overcoat | closecombat dracometeor`,
    ],
  },
  'targets among allies': {
    format: 'gen9doublescustomgame',
    battles: 4,
    occurs: 'target--1 target--2 target-1 target-2 none-beside',
    teams: [
      `Hatterene @ | healer | healpulse helpinghand coaching acupressure
       Ribombee @ | shielddust | pollenpuff aromaticmist healblock protect`,
      `Terapagos @ | terashift | terastarstorm rapidspin calmmind healpulse | Stellar
       Gholdengo @ | goodasgold | curse trickortreat makeitrain acupressure`,
    ],
  },
  ...Object.fromEntries(
    [
      ['gen9vgc2024regg', 'bring-4'],
      ['gen9bssregi', 'bring-3'],
      ['gen7vgc2018', 'bring-4'],
      ['gen9customgame@@@Picked Team Size = 2', 'bring-2'],
      ['gen9doublescustomgame', 'bring-6'],
    ].map(([format = '', occurs = '']): [string, Game] => [
      `team preview of ${format}`,
      { format, battles: 2, occurs },
    ]),
  ),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((gen) =>
      (gen < 3 ? ['customgame'] : ['customgame', 'doublescustomgame']).map((kind): [string, Game] => [
        `rare sets in gen${gen}${kind}`,
        { format: `gen${gen}${kind}`, battles: 2, occurs: 'compared' },
      ]),
    ),
  ),
};

describe.each(Object.entries(GAMES))('%s', (_, { format, battles, occurs, teams }) => {
  test(`${battles} battles of ${format}: exactly the choices that the simulator accepts are offered`, () => {
    const seen = new Map<string, number>();
    const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
    for (let battle = 0; battle < battles; battle++) {
      const random = createRandom(`rare-${format}-${battle}`);
      const gen = Number(/\d/.exec(format)?.[0]);
      const team = (side: SideId): string => rareTeam(gen, 6, random.stream(side));
      simulate({
        format,
        seed: `rare-${battle}`,
        maxTurns: 25,
        teams: teams
          ? { p1: shortTeam(teams[0]), p2: shortTeam(teams[1]) }
          : { p1: team('p1'), p2: team('p2') },
        onMoment(moment) {
          const found = occasions(moment);
          for (const what of found) count(what);
          if (found.some((what) => (seen.get(what) ?? 0) <= 3) || moment.random.below(25) === 0) {
            count('compared');
            expectExactlyLegal(moment);
          }
        },
        choose(moment) {
          const action = moment.random.pick(moment.actions);
          for (const what of deeds(moment, action)) count(what);
          return action;
        },
        onRefusal(refusal) {
          count('refused');
          expectHiddenReason(refusal);
        },
        onProblem({ line, error }) {
          throw new Error(`Could not follow ${line}`, { cause: error });
        },
      });
    }
    expect(occurs.split(' ').filter((what) => !seen.has(what))).toEqual([]);
  });
});

/** Some servers ask which of two Mega Evolutions is meant; the simulator here does so when both are made possible. */
test('Mega Evolution X or Y of one Pokémon is offered by name', () => {
  const words = new Set<string>();
  simulate({
    format: 'gen7customgame',
    seed: 'x-or-y',
    teams: {
      p1: shortTeam('Charizard @ | blaze | flareblitz roost'),
      p2: shortTeam('Mewtwo @ | pressure | psystrike recover'),
    },
    maxTurns: 3,
    prepare({ actions }) {
      Object.assign(actions, { canMegaEvoX: () => 'X', canMegaEvoY: () => 'Y' });
    },
    onMoment(moment) {
      expectExactlyLegal(moment);
      for (const action of moment.actions) if (action.type === 'move') words.add(action.gimmick ?? '');
    },
  });
  expect([...words].sort()).toEqual(['', 'megax', 'megay']);
});

/** The rare things about a request. */
function occasions(moment: Moment): string[] {
  const { request, sim, side } = moment;
  if (request.type === 'team') return [`bring-${request.maxChosenTeamSize ?? request.side.pokemon.length}`];
  const actives = sim.getSide(side).active;
  const formes = actives
    .map((pokemon) => pokemon?.species.name ?? '')
    .filter((name) => /-(Mega|Ultra)/.test(name));
  return [
    ...formes,
    ...(request.type === 'switch' ? partings(moment, request) : situations(moment, request)),
  ];
}

function partings({ sim, side, actions }: Moment, request: SwitchRequest): string[] {
  const found: string[] = [];
  const truth = sim.getSide(side);
  const onField = request.side.pokemon.slice(0, request.forceSwitch.length);
  const bench = truth.pokemon.slice(truth.active.length).filter(({ fainted }) => !fainted);
  for (const [position, forced] of request.forceSwitch.entries()) {
    const flag = truth.active[position]?.switchFlag;
    if (typeof flag === 'string') found.push(flag);
    else if (forced && !truth.active[position]?.fainted) found.push('eject');
  }
  if (onField.some(({ reviving }) => reviving)) {
    found.push('revive');
    if (bench.length === 0) found.push('revive-alone');
    if (truth.active.some((pokemon) => pokemon?.fainted)) found.push('revive-beside');
  }
  if (request.forceSwitch.filter(Boolean).length === 2) found.push('double-switch');
  const passes = (action: Action): boolean =>
    slotActions(action).some(({ type }, position) => type === 'pass' && request.forceSwitch[position]);
  if (actions.some(passes)) found.push('forced-pass');
  return found;
}

function situations({ sim, side, actions }: Moment, request: MoveRequest): string[] {
  const found: string[] = [];
  const truth = sim.getSide(side);
  const disguised = truth.foe.active.some((pokemon) => pokemon?.illusion);
  for (const [position, active] of request.active.entries()) {
    const real = truth.active[position];
    if (!active || !real || real.fainted) {
      found.push('none-beside');
      continue;
    }
    if (request.side.pokemon[position]?.commanding) {
      found.push(position === 0 ? 'commanding-left' : 'commanding-right');
      continue;
    }
    found.push(...locks(active, real), ...limits(active));
    if (active.maybeTrapped && disguised && !real.trapped) found.push('maybeTrapped-by-illusion');
  }
  for (const { type, ...action } of actions.flatMap(slotActions)) {
    if (type === 'move' && 'target' in action) found.push(`target-${action.target}`);
  }
  return [...new Set(found)];
}

/** The moves that a Pokémon is locked into, and the reason. */
function locks({ moves, trapped }: RequestActive, real: Pokemon): string[] {
  const [only] = moves.length === 1 && real.moveSlots.length > 1 ? moves : [];
  const into = [trapped && only?.id, real.getLockedMove() && moves[0]?.id, real.getSemiLockedMove()];
  const isDisabled = moves.some(({ disabled }) => disabled);
  return [
    ...['recharge', 'fight', 'struggle'].filter((id) => id === only?.id),
    ...into.flatMap((id) => (id ? [`locked-${id}`] : [])),
    ...['encore', 'taunt', 'choicelock'].filter((lock) => real.volatiles[lock] && isDisabled),
  ];
}

/** Options that a request rules out, or hints may be refused. */
function limits({ moves, maxMoves, ...active }: RequestActive): string[] {
  const overDisabled = maxMoves?.maxMoves.some(({ disabled }, index) => !disabled && moves[index]?.disabled);
  return [
    ...(moves.every(({ disabled, id }) => disabled || id === 'struggle') ? ['struggle'] : []),
    ...(['trapped', 'maybeTrapped', 'maybeDisabled', 'maybeLocked'] as const).filter((key) => active[key]),
    ...(overDisabled ? ['max-over-disabled'] : []),
    ...(maxMoves?.gigantamax ? ['gigantamax'] : []),
  ];
}

/** The rare things about a choice. */
function deeds({ sim, side }: Moment, action: Action): string[] {
  const nobodyFell = sim.getSide(side).pokemon.every(({ fainted }) => !fainted);
  return slotActions(action).flatMap((slot) => {
    if (slot.type !== 'move') return [];
    const vain = slot.move === 'revivalblessing' && nobodyFell ? ['nobody-to-revive'] : [];
    return slot.gimmick ? [slot.gimmick, ...vain] : vain;
  });
}
