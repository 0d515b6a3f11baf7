import { type Matchups, TEAM } from './matchups.ts';
import { race } from './race.ts';
import type { Fighter, Half, Position } from './turn-model/position.ts';

/** What a leaf is judged by: each a difference, own minus foe. */
export const FEATURES = [
  'alive',
  'hp',
  'paralysed',
  'burned',
  'poisoned',
  'badlyPoisoned',
  'asleep',
  'frozen',
  'hazards',
  'web',
  'toxicSpikes',
  'screens',
  'tailwind',
  'substitute',
  'seeded',
  'confused',
  'attackStage',
  'defenceStage',
  'speedStage',
  'gimmick',
  'item',
  'duel',
  'answers',
  'average',
  'trapped',
] as const;

export type Feature = (typeof FEATURES)[number];

export type FeatureVector = Float64Array;

export const featureVector = (): FeatureVector => new Float64Array(FEATURES.length);

/** Writes the features of a position; nothing is allocated. */
export function readFeatures(p: Position, matchups: Matchups, out: FeatureVector): void {
  out.fill(0);
  const [own, foe] = p.sides;
  readHalf(own, 1, out);
  readHalf(foe, -1, out);
  readMatchups(own, foe, matchups, out);
}

function add(out: FeatureVector, index: number, value: number): void {
  out[index] = (out[index] ?? 0) + value;
}

function readHalf(half: Half, sign: number, out: FeatureVector): void {
  const { volatiles: v, active, body } = half;
  for (const fighter of half.fighters) {
    if (fighter.hp <= 0) continue;
    add(out, 0, sign);
    add(out, 1, (sign * fighter.hp) / fighter.maxHp);
    readStatus(fighter, sign, out);
    if (fighter.item !== '') add(out, 20, sign);
    if (fighter !== active) readHazards(half, fighter, sign, out);
  }
  if (half.stickyWeb) add(out, 9, sign);
  if (half.toxicSpikes) add(out, 10, sign * half.toxicSpikes);
  add(
    out,
    11,
    sign * ((half.reflect > 0 ? 1 : 0) + (half.lightScreen > 0 ? 1 : 0) + (half.auroraVeil > 0 ? 2 : 0)),
  );
  if (half.tailwind > 0) add(out, 12, sign);
  if (!half.gimmickSpent) add(out, 19, sign);
  if (active.hp <= 0) return;
  const share = sign * (0.3 + (0.7 * active.hp) / active.maxHp);
  if (v.substitute > 0) add(out, 13, sign);
  if (v.leechSeed) add(out, 14, sign);
  if (v.confusion > 0) add(out, 15, sign);
  const attack = body.atk >= body.spa ? v.atk + 0.3 * v.spa : v.spa + 0.3 * v.atk;
  add(out, 16, share * attack);
  add(out, 17, share * (v.def + v.spd));
  add(out, 18, share * v.spe);
  if (v.bound > 0 || v.held || v.encore > 0 || v.taunt > 0) add(out, 24, sign);
}

function readStatus(fighter: Fighter, sign: number, out: FeatureVector): void {
  switch (fighter.status) {
    case 'par':
      add(out, 2, sign);
      return;
    case 'brn':
      add(out, 3, sign);
      return;
    case 'psn':
      add(out, 4, sign);
      return;
    case 'tox':
      add(out, 5, sign);
      return;
    case 'slp':
      add(out, 6, sign);
      return;
    case 'frz':
      add(out, 7, sign);
      return;
  }
}

/** Share of its HP that coming in would cost. */
function readHazards(half: Half, fighter: Fighter, sign: number, out: FeatureVector): void {
  if (fighter.item === 'heavydutyboots' || fighter.body.ability === 'magicguard') return;
  let share = 0;
  if (half.stealthRock) share += fighter.body.rockWeakness / 8;
  if (half.spikes > 0 && fighter.body.grounded)
    share += half.spikes === 1 ? 1 / 8 : half.spikes === 2 ? 1 / 6 : 1 / 4;
  if (share > 0) add(out, 8, sign * Math.min(share, fighter.hp / fighter.maxHp));
}

function readMatchups(own: Half, foe: Half, { dealt, taken, faster }: Matchups, out: FeatureVector): void {
  let answers = 0;
  let sum = 0;
  let pairs = 0;
  for (let j = 0; j < foe.fighters.length; j++) worst[j] = 1;
  for (const a of own.fighters) {
    if (a.hp <= 0) continue;
    const ownHp = a.hp / a.maxHp;
    let best = -1;
    for (const b of foe.fighters) {
      if (b.hp <= 0) continue;
      const at = a.index * TEAM + b.index;
      const outcome = race(dealt[at] ?? 0, taken[at] ?? 0, faster[at] ?? 0.5, ownHp, b.hp / b.maxHp);
      sum += outcome;
      pairs++;
      if (-outcome > best) best = -outcome;
      if (-outcome < (worst[b.index] ?? 1)) worst[b.index] = -outcome;
    }
    // The best that the foe has against this one.
    if (best > -1) answers -= best;
  }
  for (const b of foe.fighters) {
    // The best that own has against that one.
    if (b.hp > 0) answers += -(worst[b.index] ?? 0);
  }
  out[22] = answers;
  out[23] = pairs > 0 ? sum / pairs : 0;
  if (own.active.hp > 0 && foe.active.hp > 0) {
    const at = own.active.index * TEAM + foe.active.index;
    out[21] = race(
      (dealt[at] ?? 0) * stageLead(own, foe),
      (taken[at] ?? 0) * stageLead(foe, own),
      fasterNow(own, foe, faster[at] ?? 0.5),
      own.active.hp / own.active.maxHp,
      foe.active.hp / foe.active.maxHp,
    );
  }
}

const worst = new Float64Array(TEAM);

/** Factor of the stages on what one active Pokémon's better side does to the other. */
function stageLead(user: Half, target: Half): number {
  const { volatiles: v, body } = user;
  const physical = body.atk >= body.spa;
  const stage = physical ? v.atk - target.volatiles.def : v.spa - target.volatiles.spd;
  const factor = stage >= 0 ? (2 + stage) / 2 : 2 / (2 - stage);
  return factor * (physical && user.active.status === 'brn' ? 0.5 : 1);
}

function fasterNow(own: Half, foe: Half, usually: number): number {
  const lead =
    own.volatiles.spe - foe.volatiles.spe + (own.tailwind > 0 ? 2 : 0) - (foe.tailwind > 0 ? 2 : 0);
  return lead > 1 ? 1 : lead < -1 ? 0 : lead === 0 ? usually : (usually + (lead > 0 ? 1 : 0)) / 2;
}
