import { describe, expect, it } from 'vitest';
import type { MoveAssessment } from '../../src/knowledge/assessment.ts';
import { type Observed, play } from './situation.ts';

type Row = readonly [
  gen: number,
  own: string,
  foe: string,
  /** Choices of both sides before, `own > foe`. */
  before: string,
  move: string,
  /** What the foe chooses meanwhile. */
  answer?: string,
];

const SPLASHER = 'Blissey / Natural Cure / splash, protect, watergun';

/** Power that depends on what has happened, or on who acts first. */
const POWER: readonly Row[] = [
  [
    9,
    'Annihilape / Inner Focus / ragefist, splash',
    'Toxapex / Regenerator / splash, surf',
    'splash>surf; splash>surf',
    'ragefist',
  ],
  [
    9,
    'Annihilape / Inner Focus / ragefist, splash, substitute',
    'Toxapex / Regenerator / splash, watergun',
    'substitute>splash; splash>watergun',
    'ragefist',
  ],
  [
    9,
    'Snorlax / Thick Fat / furycutter, splash',
    SPLASHER,
    'furycutter>splash; furycutter>splash',
    'furycutter',
  ],
  [
    5,
    'Snorlax / Thick Fat / furycutter, splash',
    SPLASHER,
    'furycutter>splash; furycutter>splash',
    'furycutter',
  ],
  [
    3,
    'Snorlax / Thick Fat / furycutter, splash',
    SPLASHER,
    'furycutter>splash; furycutter>splash',
    'furycutter',
  ],
  [
    9,
    'Snorlax / Thick Fat / furycutter, splash',
    SPLASHER,
    'furycutter>splash; furycutter>protect',
    'furycutter',
  ],
  [7, 'Golem / Sturdy / rollout, defensecurl', SPLASHER, 'defensecurl>splash; rollout>splash', 'rollout'],
  [9, 'Golem / Sturdy / rollout, defensecurl', SPLASHER, 'rollout>splash; rollout>splash', 'rollout'],
  [9, 'Snorlax / Thick Fat / echoedvoice', SPLASHER, 'echoedvoice>splash; echoedvoice>splash', 'echoedvoice'],
  [
    9,
    'Snorlax / Thick Fat / stompingtantrum, drainpunch',
    'Gengar / Cursed Body / splash',
    'drainpunch>splash',
    'stompingtantrum',
  ],
  [9, 'Snorlax / Thick Fat / temperflare, drainpunch', SPLASHER, 'drainpunch>protect', 'temperflare'],
  [9, 'Snorlax / Thick Fat / payback', SPLASHER, 'payback>protect', 'payback'],
  [
    9,
    'Blissey / Natural Cure / payback',
    'Snorlax / Thick Fat / splash, protect',
    'payback>protect',
    'payback',
  ],
  [9, 'Dracovish / Strong Jaw / fishiousrend', 'Snorlax / Thick Fat / splash, protect', '', 'fishiousrend'],
  [
    9,
    'Dracovish / Strong Jaw / fishiousrend, trickroom',
    'Snorlax / Thick Fat / splash',
    'trickroom>splash',
    'fishiousrend',
  ],
  [
    9,
    'Snorlax*1 / Thick Fat / splash; Houndstone / Sand Rush / retaliate',
    'Blissey / Natural Cure / splash, seismictoss',
    'splash>seismictoss; switch 2>',
    'retaliate',
  ],
  [
    9,
    'Snorlax*1 / Thick Fat / splash; Houndstone / Sand Rush / lastrespects',
    'Chansey / Natural Cure / seismictoss; Toxapex / Merciless / splash',
    'splash>seismictoss; switch 2>; lastrespects>switch 2',
    'lastrespects',
  ],
  [
    9,
    'Snorlax*1 / Thick Fat / splash; Kingambit / Supreme Overlord / ironhead',
    'Blissey / Natural Cure / splash, seismictoss',
    'splash>seismictoss; switch 2>',
    'ironhead',
  ],
  [9, 'Espeon / Synchronize / storedpower, calmmind', SPLASHER, 'calmmind>splash', 'storedpower'],
  [
    7,
    'Espeon / Synchronize / punishment',
    'Blissey / Natural Cure / calmmind',
    'punishment>calmmind',
    'punishment',
  ],
  [9, 'Swalot / Gluttony / spitup, stockpile', SPLASHER, 'stockpile>splash; stockpile>splash', 'spitup'],
  [9, 'Archaludon / Stamina / electroshot', SPLASHER, 'electroshot>splash', 'electroshot'],
  [9, 'Snorlax @ Metronome / Thick Fat / tackle', SPLASHER, 'tackle>splash; tackle>splash', 'tackle'],
  [
    9,
    'Aggron / Sturdy / heavyslam',
    'Metagross / Clear Body / autotomize',
    'heavyslam>autotomize',
    'heavyslam',
  ],
];

/** Conditions of the user, the target, their sides or the field. */
const CONDITIONS: readonly Row[] = [
  [
    9,
    'Garchomp / Rough Skin / earthquake, smackdown',
    'Zapdos / Pressure / splash',
    'smackdown>splash',
    'earthquake',
  ],
  [9, 'Coalossal / Steam Engine / flamethrower, tarshot', SPLASHER, 'tarshot>splash', 'flamethrower'],
  [9, 'Magnezone / Sturdy / zapcannon, lockon', SPLASHER, 'lockon>splash', 'zapcannon'],
  [
    9,
    'Electrode / Static / thunder, splash',
    'Baxcalibur / Thermal Exchange / splash, glaiverush',
    'splash>glaiverush',
    'thunder',
  ],
  [
    9,
    'Dragapult / Infiltrator / shadowball, splash',
    'Torkoal / Drought / dig',
    'splash>dig',
    'shadowball',
    'default',
  ],
  [
    9,
    'Torkoal / Drought / shadowball, splash',
    'Dragapult / Infiltrator / dig',
    'splash>dig',
    'shadowball',
    'default',
  ],
];

function compare(kind: string, rows: readonly Row[]): void {
  describe(`${kind}: both sides are told what the simulator does`, () => {
    it.each(rows.map((row) => ({ row, name: row.join(' | ') })))('$name', ({ row }) => {
      const [gen, own, foe, before, move, answer] = row;
      const { observed, predicted } = play({ gen, own, foe, before, move, ...(answer ? { answer } : {}) });
      expectSame(observed, predicted.user, 'the user’s side');
      expectSame(observed, predicted.target, 'the target’s side');
    });
  });
}

compare('power that depends on what has happened', POWER);
compare('conditions', CONDITIONS);

/** Room for rounding, as a fraction of the target's HP. */
const ROUNDING = 0.006;

function expectSame({ least, most, accuracy }: Observed, said: MoveAssessment, whose: string): void {
  if (accuracy !== undefined) expect(said.accuracy, `${whose}: accuracy`).toBeCloseTo(accuracy, 1.8);
  if (accuracy === 0) return;
  const { min, max } = said.damage ?? { min: 0, max: 0 };
  const range = `${whose}: ${min.toFixed(3)}–${max.toFixed(3)}, not ${least.toFixed(3)}–${most.toFixed(3)}`;
  expect(Math.abs(min - least), range).toBeLessThan(ROUNDING);
  expect(Math.abs(max - most), range).toBeLessThan(ROUNDING);
}
