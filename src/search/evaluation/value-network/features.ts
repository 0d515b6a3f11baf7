import type { Status } from '../../../mechanics/condition-ids.ts';
import type { ModelMove } from '../../../mechanics/move.ts';
import type { Pokemon } from '../../../mechanics/pokemon.ts';
import type { SearchState } from '../../../mechanics/search-state.ts';
import type { Side } from '../../../mechanics/side.ts';
import { entryCost } from '../entry-cost.ts';
import { bestAttack, goesFirst, race, speedIn } from '../expected-attack.ts';
import { type Matchups, TEAM } from '../matchups.ts';
import { CLEARING, HAZARDS, recovers, setsUp } from '../move-uses.ts';

/** Numbers told of each own Pokémon against each of the foe's. */
export const PAIR_INPUTS = 11;

/**
 * What is told of one Pokémon, and where. Most is 1 or 0; all is 0 for who has fainted. From `setsUp` on it is what it
 * is when the search begins.
 */
const FIGHTER = {
  alive: 0,
  /** Fraction. */
  hp: 1,
  burned: 2,
  paralysed: 3,
  poisoned: 4,
  badlyPoisoned: 5,
  asleep: 6,
  frozen: 7,
  terastallized: 8,
  /** Share of its HP that coming in would cost, at most what it has. */
  entryCost: 9,
  itemless: 10,
  abilitySpent: 11,
  active: 12,
  /** Stages of whoever is on the field. */
  atk: 13,
  def: 14,
  spa: 15,
  spd: 16,
  spe: 17,
  accuracy: 18,
  evasion: 19,
  /** Its HP as a share of its owner's. */
  substitute: 20,
  seeded: 21,
  confused: 22,
  /** Bound, held, taunted or under Encore. */
  hampered: 23,
  /** Held to one move. */
  locked: 24,
  drowsy: 25,
  doomed: 26,
  setsUp: 27,
  recovers: 28,
  strikesFirst: 29,
  laysHazards: 30,
  clearsHazards: 31,
  pivots: 32,
  givesStatus: 33,
  forcesOut: 34,
  regenerates: 35,
  /** Attack is its better attacking stat. */
  physical: 36,
  choiceItem: 37,
  healingItem: 38,
  boots: 39,
} as const;
export const FIGHTER_INPUTS = Object.keys(FIGHTER).length;
/** Where what never changes begins. */
export const LASTING = FIGHTER.setsUp;

/** Numbers told of each side, and of the field they share. */
export const SIDE_INPUTS = 14;
export const FIELD_INPUTS = 12;

const STATUS: Readonly<Record<Status, number>> = {
  '': 0,
  brn: FIGHTER.burned,
  par: FIGHTER.paralysed,
  psn: FIGHTER.poisoned,
  tox: FIGHTER.badlyPoisoned,
  slp: FIGHTER.asleep,
  frz: FIGHTER.frozen,
};

/**
 * What the network is shown of a position: numbers in flat arrays, written anew for each position of one world without
 * allocating anything.
 */
export class Inputs {
  /** By pair (`own * TEAM + foe`), {@link PAIR_INPUTS} each; of pairs with somebody fainted it is old. */
  readonly pairs = new Float64Array(TEAM * TEAM * PAIR_INPUTS);
  /** Pairs that are no longer what they were; whoever has seen that sets them back to 0. */
  readonly changed = new Uint8Array(TEAM * TEAM).fill(1);
  /** The own team and then the foe's, {@link FIGHTER_INPUTS} each. */
  readonly fighters = new Float64Array(2 * TEAM * FIGHTER_INPUTS);
  /** The own side and then the foe's. */
  readonly sides = new Float64Array(2 * SIDE_INPUTS);
  readonly field = new Float64Array(FIELD_INPUTS);
  private readonly matchups: Matchups;
  private readonly speeds = new Float64Array(2 * TEAM);

  constructor(root: SearchState, matchups: Matchups) {
    this.matchups = matchups;
    for (const [side, half] of root.sides.entries()) {
      for (const fighter of half.pokemon) {
        writeLasting(fighter, this.fighters, (side * TEAM + fighter.index) * FIGHTER_INPUTS);
      }
    }
  }

  /** Takes in a position of the world. */
  read(p: SearchState): void {
    const [own, foe] = p.sides;
    this.readSide(p, own, 0);
    this.readSide(p, foe, 1);
    this.readPairs(p);
    writeField(p, this.field);
  }

  private readSide(p: SearchState, half: Side, side: number): void {
    writeSide(half, this.sides, side * SIDE_INPUTS);
    for (const fighter of half.pokemon) {
      const index = side * TEAM + fighter.index;
      writeFighter(half, fighter, this.fighters, index * FIGHTER_INPUTS);
      this.speeds[index] = speedIn(p, half, fighter);
    }
  }

  private readPairs(p: SearchState): void {
    const { matchups, pairs, speeds } = this;
    const [mine, theirs] = matchups.attacks;
    const [own, foe] = p.sides;
    for (const a of own.pokemon) {
      if (a.hp <= 0) continue;
      const ownHp = a.hp / a.maxHp;
      const ownActive = a === own.active ? 1 : 0;
      for (const b of foe.pokemon) {
        if (b.hp <= 0) continue;
        const foeHp = b.hp / b.maxHp;
        const foeActive = b === foe.active ? 1 : 0;
        const at = matchups.at(a, b);
        const dealt = Math.min(2, bestAttack(own, a, b, mine, at));
        const taken = Math.min(2, bestAttack(foe, b, a, theirs, at));
        const first = goesFirst(p, speeds[a.index] ?? 0, speeds[TEAM + b.index] ?? 0);
        const pair = a.index * TEAM + b.index;
        const to = pair * PAIR_INPUTS;
        if (
          pairs[to] === ownHp &&
          pairs[to + 1] === foeHp &&
          pairs[to + 2] === dealt &&
          pairs[to + 3] === taken &&
          pairs[to + 4] === first &&
          pairs[to + 8] === ownActive &&
          pairs[to + 9] === foeActive
        )
          continue;
        this.changed[pair] = 1;
        pairs[to] = ownHp;
        pairs[to + 1] = foeHp;
        pairs[to + 2] = dealt;
        pairs[to + 3] = taken;
        pairs[to + 4] = first;
        pairs[to + 5] = race(dealt, taken, first, ownHp, foeHp);
        pairs[to + 6] = Math.min(1.5, dealt / Math.max(foeHp, 0.03));
        pairs[to + 7] = Math.min(1.5, taken / Math.max(ownHp, 0.03));
        pairs[to + 8] = ownActive;
        pairs[to + 9] = foeActive;
        pairs[to + 10] = ownActive * foeActive;
      }
    }
  }
}

function writeLasting({ forme: body, item }: Pokemon, out: Float64Array, at: number): void {
  const has = (is: (move: ModelMove) => boolean): number => (body.moves.some(is) ? 1 : 0);
  out[at + FIGHTER.setsUp] = has(setsUp);
  out[at + FIGHTER.recovers] = has(recovers);
  out[at + FIGHTER.strikesFirst] = has(({ priority, category }) => priority > 0 && category !== 'Status');
  out[at + FIGHTER.laysHazards] = has(({ sideCondition }) => HAZARDS.has(sideCondition));
  out[at + FIGHTER.clearsHazards] = has(({ id }) => CLEARING.has(id));
  out[at + FIGHTER.pivots] = has(({ pivots }) => pivots);
  out[at + FIGHTER.givesStatus] = has(
    ({ category, status, volatile }) => category === 'Status' && (status !== '' || volatile === 'yawn'),
  );
  out[at + FIGHTER.forcesOut] = has(({ forcesOut }) => forcesOut);
  out[at + FIGHTER.regenerates] = body.ability === 'regenerator' ? 1 : 0;
  out[at + FIGHTER.physical] = body.atk >= body.spa ? 1 : 0;
  out[at + FIGHTER.choiceItem] = item.startsWith('choice') ? 1 : 0;
  out[at + FIGHTER.healingItem] = item === 'leftovers' || item === 'blacksludge' ? 1 : 0;
  out[at + FIGHTER.boots] = item === 'heavydutyboots' ? 1 : 0;
}

function writeFighter(half: Side, fighter: Pokemon, out: Float64Array, at: number): void {
  if (fighter.hp <= 0) {
    out[at] = 0;
    return;
  }
  out.fill(0, at, at + LASTING);
  const hp = fighter.hp / fighter.maxHp;
  out[at] = 1;
  out[at + FIGHTER.hp] = hp;
  if (fighter.status !== '') out[at + STATUS[fighter.status]] = 1;
  if (fighter.terastallized) out[at + FIGHTER.terastallized] = 1;
  out[at + FIGHTER.entryCost] = Math.min(hp, entryCost(half, fighter));
  if (fighter.item === '') out[at + FIGHTER.itemless] = 1;
  if (fighter.abilitySpent) out[at + FIGHTER.abilitySpent] = 1;
  if (fighter === half.active) writeActive(half, out, at);
}

function writeActive({ volatiles: v, active }: Side, out: Float64Array, at: number): void {
  out[at + FIGHTER.active] = 1;
  out[at + FIGHTER.atk] = v.atk;
  out[at + FIGHTER.def] = v.def;
  out[at + FIGHTER.spa] = v.spa;
  out[at + FIGHTER.spd] = v.spd;
  out[at + FIGHTER.spe] = v.spe;
  out[at + FIGHTER.accuracy] = v.accuracy;
  out[at + FIGHTER.evasion] = v.evasion;
  out[at + FIGHTER.substitute] = v.substitute / active.maxHp;
  if (v.leechSeed) out[at + FIGHTER.seeded] = 1;
  if (v.confusion > 0) out[at + FIGHTER.confused] = 1;
  if (v.bound > 0 || v.held || v.encore > 0 || v.taunt > 0) out[at + FIGHTER.hampered] = 1;
  if (v.lockedMove > 0) out[at + FIGHTER.locked] = 1;
  if (v.yawn > 0) out[at + FIGHTER.drowsy] = 1;
  if (v.perish > 0) out[at + FIGHTER.doomed] = 1;
}

function writeSide(half: Side, out: Float64Array, from: number): void {
  let at = from;
  out[at++] = half.stealthRock;
  out[at++] = half.spikes;
  out[at++] = half.toxicSpikes;
  out[at++] = half.stickyWeb;
  out[at++] = half.reflect > 0 ? 1 : 0;
  out[at++] = half.lightScreen > 0 ? 1 : 0;
  out[at++] = half.auroraVeil > 0 ? 1 : 0;
  out[at++] = half.tailwind > 0 ? 1 : 0;
  out[at++] = half.gimmickSpent ? 0 : 1;
  out[at++] = half.wishTurns > 0 ? 1 : 0;
  out[at++] = half.futureTurns > 0 ? 1 : 0;
  out[at++] = half.mustSwitch > 0 ? 1 : 0;
  out[at++] = half.undecided > 0 ? 1 : 0;
  out[at++] = half.fainted;
}

function writeField({ trickRoom, gravity, weather, terrain, stage }: SearchState, out: Float64Array): void {
  out[0] = trickRoom > 0 ? 1 : 0;
  out[1] = weather === 'sun' || weather === 'harshsun' ? 1 : 0;
  out[2] = weather === 'rain' || weather === 'heavyrain' ? 1 : 0;
  out[3] = weather === 'sand' ? 1 : 0;
  out[4] = weather === 'snow' ? 1 : 0;
  out[5] = terrain === 'electricterrain' ? 1 : 0;
  out[6] = terrain === 'grassyterrain' ? 1 : 0;
  out[7] = terrain === 'mistyterrain' ? 1 : 0;
  out[8] = terrain === 'psychicterrain' ? 1 : 0;
  out[9] = stage === 'choose' ? 1 : 0;
  out[10] = stage === 'act' ? 1 : 0;
  out[11] = gravity > 0 ? 1 : 0;
}
