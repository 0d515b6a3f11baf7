import { type Matchups, TEAM } from './matchups.ts';
import { race } from './race.ts';
import { stageFactor } from './turn-model/condition.ts';
import type { Half, Position } from './turn-model/position.ts';

/**
 * What a position is judged by: each a difference, own minus foe, at its place in a list of numbers. A list and not an
 * object, whose fractions would each be allocated anew.
 */
export const FEATURE = {
  /** Pokémon left. */
  alive: 0,
  /** HP left, as fractions summed over the team. */
  hp: 1,
  paralysed: 2,
  burned: 3,
  poisoned: 4,
  badlyPoisoned: 5,
  asleep: 6,
  frozen: 7,
  /** HP that coming in would cost those on the bench, as fractions summed. */
  hazards: 8,
  web: 9,
  toxicSpikes: 10,
  screens: 11,
  tailwind: 12,
  substitute: 13,
  seeded: 14,
  confused: 15,
  /** Stages of the active Pokémon, less of them the less HP it has left. */
  attackStage: 16,
  defenceStage: 17,
  speedStage: 18,
  /** The once-per-battle gimmick is still to come. */
  gimmick: 19,
  /** How the fight of the two on the field would end, −1 to 1. */
  duel: 20,
  /** How a fight between any two of those left would end, on average, −1 to 1. */
  average: 21,
  /** Bound, held, taunted or under Encore. */
  hampered: 22,
} as const;

/** Features of a position in which nothing is different. */
export const noFeatures = (): Float64Array => new Float64Array(Object.keys(FEATURE).length);

function add(out: Float64Array, feature: number, difference: number): void {
  out[feature] = (out[feature] ?? 0) + difference;
}

/** Writes the features of a position; nothing is allocated. */
export function readFeatures(p: Position, matchups: Matchups, out: Float64Array): void {
  out.fill(0);
  const [own, foe] = p.sides;
  readTeam(own, 1, out);
  readTeam(foe, -1, out);
  if (own.active.hp > 0) readActive(own, 1, out);
  if (foe.active.hp > 0) readActive(foe, -1, out);
  out[FEATURE.average] = averageOutcome(own, foe, matchups);
  if (own.active.hp > 0 && foe.active.hp > 0) out[FEATURE.duel] = duelOutcome(p, matchups);
}

function readTeam(half: Half, sign: number, out: Float64Array): void {
  for (const fighter of half.fighters) {
    if (fighter.hp <= 0) continue;
    const hp = fighter.hp / fighter.maxHp;
    add(out, FEATURE.alive, sign);
    add(out, FEATURE.hp, sign * hp);
    readStatus(fighter.status, sign, out);
    if (fighter === half.active || fighter.item === 'heavydutyboots') continue;
    if (fighter.body.ability !== 'magicguard')
      add(out, FEATURE.hazards, sign * Math.min(hp, entryCost(half, fighter.body)));
  }
  if (half.stickyWeb) add(out, FEATURE.web, sign);
  add(out, FEATURE.toxicSpikes, sign * half.toxicSpikes);
  if (half.reflect > 0) add(out, FEATURE.screens, sign);
  if (half.lightScreen > 0) add(out, FEATURE.screens, sign);
  if (half.auroraVeil > 0) add(out, FEATURE.screens, 2 * sign);
  if (half.tailwind > 0) add(out, FEATURE.tailwind, sign);
  if (!half.gimmickSpent) add(out, FEATURE.gimmick, sign);
}

function readStatus(status: string, sign: number, out: Float64Array): void {
  switch (status) {
    case 'par':
      add(out, FEATURE.paralysed, sign);
      return;
    case 'brn':
      add(out, FEATURE.burned, sign);
      return;
    case 'psn':
      add(out, FEATURE.poisoned, sign);
      return;
    case 'tox':
      add(out, FEATURE.badlyPoisoned, sign);
      return;
    case 'slp':
      add(out, FEATURE.asleep, sign);
      return;
    case 'frz':
      add(out, FEATURE.frozen, sign);
      return;
  }
}

/** Share of its HP that coming in would cost a Pokémon. */
function entryCost(half: Half, { rockWeakness, grounded }: Half['body']): number {
  const rocks = half.stealthRock ? rockWeakness / 8 : 0;
  if (half.spikes === 0 || !grounded) return rocks;
  return rocks + (half.spikes === 1 ? 1 / 8 : half.spikes === 2 ? 1 / 6 : 1 / 4);
}

/** Stages of the attacking stat that is not the better one count so much. */
const LESSER_STAT = 0.3;

function readActive(half: Half, sign: number, out: Float64Array): void {
  const { volatiles: v, active, body } = half;
  if (v.substitute > 0) add(out, FEATURE.substitute, sign);
  if (v.leechSeed) add(out, FEATURE.seeded, sign);
  if (v.confusion > 0) add(out, FEATURE.confused, sign);
  if (v.bound > 0 || v.held || v.encore > 0 || v.taunt > 0) add(out, FEATURE.hampered, sign);
  const share = sign * (0.3 + (0.7 * active.hp) / active.maxHp);
  const physical = body.atk >= body.spa;
  add(
    out,
    FEATURE.attackStage,
    share * (physical ? v.atk + LESSER_STAT * v.spa : v.spa + LESSER_STAT * v.atk),
  );
  add(out, FEATURE.defenceStage, share * (v.def + v.spd));
  add(out, FEATURE.speedStage, share * v.spe);
}

function averageOutcome(own: Half, foe: Half, { dealt, taken, faster }: Matchups): number {
  let sum = 0;
  let pairs = 0;
  for (const a of own.fighters) {
    if (a.hp <= 0) continue;
    const ownHp = a.hp / a.maxHp;
    for (const b of foe.fighters) {
      if (b.hp <= 0) continue;
      const at = a.index * TEAM + b.index;
      sum += race(dealt[at] ?? 0, taken[at] ?? 0, faster[at] ?? 0.5, ownHp, b.hp / b.maxHp);
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}

function duelOutcome({ sides: [own, foe], trickRoom }: Position, { dealt, taken, faster }: Matchups): number {
  const at = own.active.index * TEAM + foe.active.index;
  const first = fasterNow(own, foe, faster[at] ?? 0.5);
  return race(
    (dealt[at] ?? 0) * stageLead(own, foe),
    (taken[at] ?? 0) * stageLead(foe, own),
    trickRoom > 0 ? 1 - first : first,
    own.active.hp / own.active.maxHp,
    foe.active.hp / foe.active.maxHp,
  );
}

/** Factor of stages and burns on what one active Pokémon does to the other with its better attacking stat. */
function stageLead(user: Half, { volatiles: target }: Half): number {
  const { volatiles: v, body } = user;
  const physical = body.atk >= body.spa;
  const stage = physical ? v.atk - target.def : v.spa - target.spd;
  return stageFactor(stage) * (physical && user.active.status === 'brn' ? 0.5 : 1);
}

/** Whether own is faster, 0–1, where `usually` says so without stages and Tailwind. */
function fasterNow(own: Half, foe: Half, usually: number): number {
  const winds = (own.tailwind > 0 ? 2 : 0) - (foe.tailwind > 0 ? 2 : 0);
  const lead = own.volatiles.spe - foe.volatiles.spe + winds;
  if (lead === 0) return usually;
  if (Math.abs(lead) > 1) return lead > 0 ? 1 : 0;
  return (usually + (lead > 0 ? 1 : 0)) / 2;
}
