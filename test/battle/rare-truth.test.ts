import { expect, test } from 'vitest';
import type { SideId } from '../../src/battle/state.ts';
import { shortTeam } from '../support/rare-sets.ts';
import { SIDES, type SimulatedBattle, simulate } from '../support/simulated-battle.ts';
import { describeDifference, differences } from '../support/simulator-truth.ts';

/** Sets that cause what a tracker gets wrong most easily, and enough battles for it to happen. */
const GAMES: Readonly<
  Record<
    string,
    {
      formats: string;
      battles: number;
      teams: readonly [string, string];
      /** What is compared. Default: everything. */
      about?: RegExp;
    }
  >
> = {
  'a trap that binds both ends for both': {
    formats: 'gen9customgame gen9doublescustomgame',
    battles: 3,
    teams: [
      `Drednaw @ leftovers | shellarmor | jawlock recover batonpass roar
         Umbreon @ leftovers | innerfocus | meanlook batonpass block whirlwind
         Grapploct @ leftovers | limber | octolock jawlock recover uturn`,
      `Blissey @ leftovers | naturalcure | softboiled memento teleport batonpass
         Dhelmise @ leftovers | steelworker | anchorshot shadowball recover batonpass
         Decidueye @ leftovers | overgrow | spiritshackle roost uturn jawlock`,
    ],
  },
  'a charge is over when its user is brought to the ground': {
    formats: 'gen5customgame gen6doublescustomgame gen9customgame',
    battles: 3,
    teams: [
      `Crobat @ leftovers | innerfocus | fly roost
         Gyarados @ leftovers | intimidate | bounce skydrop`,
      `Magnezone @ leftovers | sturdy | gravity recover
         Tyranitar @ leftovers | unnerve | smackdown thousandarrows protect`,
    ],
  },
  'a charge is over when it is cut short': {
    formats: 'gen3customgame gen4customgame gen5customgame gen6doublescustomgame gen9customgame',
    battles: 3,
    teams: [
      `Crobat @ leftovers | innerfocus | fly confuseray dig
         Venusaur @ leftovers | overgrow | solarbeam dig razorwind`,
      `Blissey @ leftovers | naturalcure | softboiled sweetkiss confuseray
         Sableye @ leftovers | keeneye | confuseray taunt nightshade`,
    ],
  },
  'a rampage is over when it is blocked': {
    formats:
      'gen2customgame gen3customgame gen4customgame gen5customgame gen7doublescustomgame gen9customgame',
    battles: 3,
    teams: [
      `Dragonite @ leftovers | innerfocus | outrage thrash
         Vileplume @ leftovers | chlorophyll | petaldance sleeppowder`,
      `Clefable @ leftovers | cutecharm | protect softboiled sing substitute
         Gengar @ leftovers | levitate | protect substitute confuseray hypnosis
         Skarmory @ leftovers | sturdy | rest protect`,
    ],
  },
  'what ends before the next move ends when confusion comes first': {
    formats: 'gen9customgame',
    battles: 3,
    teams: [
      `Baxcalibur @ leftovers | thermalexchange | glaiverush
         Spiritomb @ leftovers | infiltrator | grudge destinybond rage`,
      `Blissey @ leftovers | naturalcure | confuseray softboiled
         Politoed @ leftovers | damp | swagger rest`,
    ],
  },
  'whoever stops a move with its ability has not used it': {
    formats: 'gen9doublescustomgame',
    battles: 3,
    teams: [
      `Farigiraf @ leftovers | armortail | destinybond psychic
         Tsareena @ leftovers | queenlymajesty | solarbeam grassknot
         Quagsire @ leftovers | damp | recover dig`,
      `Sneasler @ leftovers | unburden | fakeout quickattack
         Golem @ leftovers | sturdy | explosion suckerpunch
         Electrode @ leftovers | static | selfdestruct aquajet`,
    ],
  },
  'Pressure costs PP of whatever it concerns': {
    formats:
      'gen3customgame gen4customgame gen4doublescustomgame gen5customgame gen8doublescustomgame gen9customgame',
    battles: 3,
    teams: [
      `Zapdos @ leftovers | pressure | rest thunderbolt snatch
         Dusclops @ leftovers | pressure | nightshade imprison willowisp`,
      `Smeargle @ leftovers | owntempo | spikes counter perishsong
         Snorlax @ leftovers | thickfat | bodyslam surf snatch roar
         Blissey @ leftovers | naturalcure | softboiled sunnyday healbell`,
    ],
  },
  'moves whose power is part of their id': {
    formats: 'gen2customgame gen3customgame gen7customgame',
    battles: 2,
    teams: [
      `Tauros @ | intimidate | frustration rest return hiddenpower
       Blissey @ | naturalcure | frustration softboiled`,
      `Snorlax @ | thickfat | hiddenpower rest frustration
       Umbreon @ | synchronize | return moonlight`,
    ],
  },
  'what generation 1 ends without a word': {
    formats: 'gen1customgame',
    battles: 6,
    teams: [
      `Parasect @ | x | rage bide skullbash stomp
       Persian @ | x | hyperbeam stomp bodyslam agility
       Starmie @ | x | substitute thunderwave confuseray haze`,
      `Machop @ | x | skullbash rage rollingkick substitute
       Dugtrio @ | x | bide dig hyperbeam amnesia
       Mewtwo @ | x | amnesia agility disable stomp`,
    ],
  },
  'Baton Pass leaves behind what belongs to its user': {
    formats: 'gen3customgame gen4customgame gen9customgame',
    battles: 3,
    teams: [
      `Elekid @ leftovers | static | stockpile batonpass minimize
       Camerupt @ leftovers | rockhead | stockpile batonpass defensecurl
       Smeargle @ leftovers | owntempo | batonpass substitute`,
      `Blissey @ leftovers | naturalcure | softboiled sweetkiss
       Umbreon @ leftovers | synchronize | moonlight taunt`,
    ],
  },
  'Pressure costs nothing when nobody is there': {
    formats: 'gen9doublescustomgame gen8doublescustomgame',
    battles: 6,
    about: /PP/,
    teams: [
      `Electrode @ | static | explosion
       Snorlax @ leftovers | thickfat | terablast rest
       Dragapult @ leftovers | infiltrator | dragondarts protect`,
      `Zapdos @ leftovers | pressure | roost protect
       Dusclops @ leftovers | pressure | willowisp rest
       Articuno @ leftovers | pressure | roost protect`,
    ],
  },
  'two of a species on one side': {
    formats: 'gen5customgame gen9customgame gen9doublescustomgame',
    battles: 3,
    about: /^own/,
    teams: [
      `Chansey @ sitrusberry | serenegrace | seismictoss rest
       Blissey @ choiceband | naturalcure | softboiled
       Chansey @ leftovers | naturalcure | softboiled teleport`,
      `Snorlax @ leftovers | thickfat | bodyslam rest
       Snorlax @ sitrusberry | immunity | roar earthquake
       Snorlax @ leftovers | gluttony | crunch yawn`,
    ],
  },
  'two that look alike on one field': {
    formats: 'gen9doublescustomgame gen5customgame',
    battles: 5,
    about: /^own (id|order|team size|fainted|moves|item)/,
    teams: [
      `Blissey @ leftovers | naturalcure | softboiled seismictoss
       Snorlax @ leftovers | thickfat | bodyslam roar
       Zoroark @ leftovers | illusion | uturn nightdaze
       Hydreigon @ leftovers | levitate | uturn darkpulse`,
      `Zoroark @ lifeorb | illusion | uturn foulplay
       Tornadus @ leftovers | prankster | uturn airslash
       Meloetta @ leftovers | serenegrace | uturn relicsong
       Archeops @ leftovers | defeatist | uturn rockslide`,
    ],
  },
  'a swap of abilities that nobody names': {
    formats: 'gen3customgame gen4customgame',
    battles: 3,
    teams: [
      `Masquerain @ leftovers | intimidate | skillswap protect transform
         Alakazam @ leftovers | synchronize | skillswap recover roleplay`,
      `Gengar @ leftovers | levitate | skillswap nightshade
         Dusclops @ leftovers | pressure | skillswap nightshade`,
    ],
  },
};

/**
 * What a side believes that is not true, without look-alikes on the field and differences that are not `about` the
 * subject.
 */
function faultsOf(moment: SimulatedBattle, side: SideId, about: RegExp): readonly string[] {
  const { own, foe } = moment.trackers[side].state;
  const twins = [own, foe]
    .map(({ active }) => active.flatMap((pokemon) => (pokemon ? [pokemon.id] : [])))
    .filter((ids) => new Set(ids).size < ids.length);
  const different = differences(moment, side).filter(({ kind }) => about.test(kind));
  return [...twins.map((ids) => `${ids.join()} on the field`), ...different.map(describeDifference)];
}

test.each(Object.entries(GAMES))('%s', (_, { formats, battles, teams, about = /./ }) => {
  const wrong = new Set<string>();
  let decisions = 0;
  for (const format of formats.split(' ')) {
    for (let battle = 0; battle < battles; battle++) {
      simulate({
        format,
        seed: `rare-truth-${battle}`,
        maxTurns: 15,
        teams: { p1: shortTeam(teams[0]), p2: shortTeam(teams[1]) },
        onDecision(moment) {
          decisions++;
          for (const side of SIDES) {
            for (const what of faultsOf(moment, side, about))
              wrong.add(`${format} ${battle} turn ${moment.sim.turn}, ${side}: ${what}`);
          }
        },
      });
    }
  }
  expect(decisions).toBeGreaterThan(30);
  expect([...wrong].slice(0, 10)).toEqual([]);
});
