import { HAZARDS } from '../../../knowledge/hazards.ts';
import type { Status } from '../../../mechanics/condition-ids.ts';
import type { ModelMove } from '../../../mechanics/model-move.ts';
import type { Pokemon } from '../../../mechanics/pokemon.ts';
import type { SearchState } from '../../../mechanics/search-state.ts';
import type { Side } from '../../../mechanics/side.ts';
import { entryCost } from '../entry-cost.ts';
import { bestAttack, goesFirst, race, speedIn } from '../expected-attack.ts';
import { type Matchups, TEAM } from '../matchups.ts';
import { CLEARING, recovers, setsUp } from '../move-uses.ts';
import {
  FIELD,
  FIELD_INPUTS,
  LASTING,
  MEMBER,
  MEMBER_INPUTS,
  PAIR,
  PAIR_INPUTS,
  SIDE,
  SIDE_INPUTS,
} from './value-layout.ts';

const STATUS: Readonly<Record<Status, number>> = {
  '': 0,
  brn: MEMBER.burned,
  par: MEMBER.paralysed,
  psn: MEMBER.poisoned,
  tox: MEMBER.badlyPoisoned,
  slp: MEMBER.asleep,
  frz: MEMBER.frozen,
};

/**
 * The value network's inputs for a state: numbers in flat arrays, overwritten for each state of one world without
 * allocating.
 */
export class Inputs {
  /** By pair (`own * TEAM + foe`), {@link PAIR_INPUTS} each; outdated for pairs with a fainted Pokémon. */
  readonly pairs = new Float64Array(TEAM * TEAM * PAIR_INPUTS);
  /** Pairs that have changed; the reader sets them back to 0. */
  readonly changed = new Uint8Array(TEAM * TEAM).fill(1);
  /** Our team and then the opponent's, {@link MEMBER_INPUTS} each. */
  readonly members = new Float64Array(2 * TEAM * MEMBER_INPUTS);
  /** Our side and then the opponent's. */
  readonly sides = new Float64Array(2 * SIDE_INPUTS);
  readonly field = new Float64Array(FIELD_INPUTS);
  private readonly matchups: Matchups;
  private readonly speeds = new Float64Array(2 * TEAM);

  constructor(root: SearchState, matchups: Matchups) {
    this.matchups = matchups;
    for (const [index, { pokemon }] of root.sides.entries()) {
      for (const member of pokemon) {
        writeLasting(member, this.members, (index * TEAM + member.index) * MEMBER_INPUTS);
      }
    }
  }

  /** Reads a state of the world. */
  read(p: SearchState): void {
    const [own, foe] = p.sides;
    this.readSide(p, own, 0);
    this.readSide(p, foe, 1);
    this.readPairs(p);
    writeField(p, this.field);
  }

  private readSide(p: SearchState, side: Side, number: number): void {
    writeSide(side, this.sides, number * SIDE_INPUTS);
    for (const member of side.pokemon) {
      const index = number * TEAM + member.index;
      writeMember(side, member, this.members, index * MEMBER_INPUTS);
      this.speeds[index] = speedIn(p, side, member);
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
          pairs[to + PAIR.hp] === ownHp &&
          pairs[to + PAIR.foeHp] === foeHp &&
          pairs[to + PAIR.dealt] === dealt &&
          pairs[to + PAIR.taken] === taken &&
          pairs[to + PAIR.first] === first &&
          pairs[to + PAIR.active] === ownActive &&
          pairs[to + PAIR.foeActive] === foeActive
        )
          continue;
        this.changed[pair] = 1;
        pairs[to + PAIR.hp] = ownHp;
        pairs[to + PAIR.foeHp] = foeHp;
        pairs[to + PAIR.dealt] = dealt;
        pairs[to + PAIR.taken] = taken;
        pairs[to + PAIR.first] = first;
        pairs[to + PAIR.race] = race(dealt, taken, first, ownHp, foeHp);
        pairs[to + PAIR.dealtOfLeft] = Math.min(1.5, dealt / Math.max(foeHp, 0.03));
        pairs[to + PAIR.takenOfLeft] = Math.min(1.5, taken / Math.max(ownHp, 0.03));
        pairs[to + PAIR.active] = ownActive;
        pairs[to + PAIR.foeActive] = foeActive;
        pairs[to + PAIR.bothActive] = ownActive * foeActive;
      }
    }
  }
}

function writeLasting({ forme, item }: Pokemon, out: Float64Array, at: number): void {
  const has = (is: (move: ModelMove) => boolean): number => (forme.moves.some(is) ? 1 : 0);
  out[at + MEMBER.setsUp] = has(setsUp);
  out[at + MEMBER.recovers] = has(recovers);
  out[at + MEMBER.strikesFirst] = has(({ priority, category }) => priority > 0 && category !== 'Status');
  out[at + MEMBER.laysHazards] = has(({ sideCondition }) => HAZARDS.has(sideCondition));
  out[at + MEMBER.clearsHazards] = has(({ id }) => CLEARING.has(id));
  out[at + MEMBER.pivots] = has(({ pivots }) => pivots);
  out[at + MEMBER.givesStatus] = has(
    ({ category, status, volatile }) => category === 'Status' && (status !== '' || volatile === 'yawn'),
  );
  out[at + MEMBER.forcesOut] = has(({ forcesOut }) => forcesOut);
  out[at + MEMBER.regenerates] = forme.ability === 'regenerator' ? 1 : 0;
  out[at + MEMBER.physical] = forme.atk >= forme.spa ? 1 : 0;
  out[at + MEMBER.choiceItem] = item.startsWith('choice') ? 1 : 0;
  out[at + MEMBER.healingItem] = item === 'leftovers' || item === 'blacksludge' ? 1 : 0;
  out[at + MEMBER.boots] = item === 'heavydutyboots' ? 1 : 0;
}

function writeMember(side: Side, member: Pokemon, out: Float64Array, at: number): void {
  if (member.hp <= 0) {
    out[at] = 0;
    return;
  }
  out.fill(0, at, at + LASTING);
  const hp = member.hp / member.maxHp;
  out[at] = 1;
  out[at + MEMBER.hp] = hp;
  if (member.status !== '') out[at + STATUS[member.status]] = 1;
  if (member.terastallized) out[at + MEMBER.terastallized] = 1;
  out[at + MEMBER.entryCost] = Math.min(hp, entryCost(side, member));
  if (member.item === '') out[at + MEMBER.itemless] = 1;
  if (member.abilitySpent) out[at + MEMBER.abilitySpent] = 1;
  if (member === side.active) writeActive(side, out, at);
}

function writeActive({ volatiles: v, active }: Side, out: Float64Array, at: number): void {
  out[at + MEMBER.active] = 1;
  out[at + MEMBER.atk] = v.atk;
  out[at + MEMBER.def] = v.def;
  out[at + MEMBER.spa] = v.spa;
  out[at + MEMBER.spd] = v.spd;
  out[at + MEMBER.spe] = v.spe;
  out[at + MEMBER.accuracy] = v.accuracy;
  out[at + MEMBER.evasion] = v.evasion;
  out[at + MEMBER.substitute] = v.substitute / active.maxHp;
  if (v.leechSeed) out[at + MEMBER.seeded] = 1;
  if (v.confusion > 0) out[at + MEMBER.confused] = 1;
  if (v.bound > 0 || v.held || v.encore > 0 || v.taunt > 0) out[at + MEMBER.hampered] = 1;
  if (v.lockedMove > 0) out[at + MEMBER.locked] = 1;
  if (v.yawn > 0) out[at + MEMBER.drowsy] = 1;
  if (v.perish > 0) out[at + MEMBER.doomed] = 1;
}

function writeSide(side: Side, out: Float64Array, at: number): void {
  out[at + SIDE.stealthRock] = side.stealthRock;
  out[at + SIDE.spikes] = side.spikes;
  out[at + SIDE.toxicSpikes] = side.toxicSpikes;
  out[at + SIDE.stickyWeb] = side.stickyWeb;
  out[at + SIDE.reflect] = side.reflect > 0 ? 1 : 0;
  out[at + SIDE.lightScreen] = side.lightScreen > 0 ? 1 : 0;
  out[at + SIDE.auroraVeil] = side.auroraVeil > 0 ? 1 : 0;
  out[at + SIDE.tailwind] = side.tailwind > 0 ? 1 : 0;
  out[at + SIDE.gimmickLeft] = side.gimmickSpent ? 0 : 1;
  out[at + SIDE.wish] = side.wishTurns > 0 ? 1 : 0;
  out[at + SIDE.futureMove] = side.futureTurns > 0 ? 1 : 0;
  out[at + SIDE.mustSwitch] = side.mustSwitch > 0 ? 1 : 0;
  out[at + SIDE.undecided] = side.undecided > 0 ? 1 : 0;
  out[at + SIDE.fainted] = side.fainted;
}

function writeField({ trickRoom, gravity, weather, terrain, stage }: SearchState, out: Float64Array): void {
  out[FIELD.trickRoom] = trickRoom > 0 ? 1 : 0;
  out[FIELD.sun] = weather === 'sun' || weather === 'harshsun' ? 1 : 0;
  out[FIELD.rain] = weather === 'rain' || weather === 'heavyrain' ? 1 : 0;
  out[FIELD.sand] = weather === 'sand' ? 1 : 0;
  out[FIELD.snow] = weather === 'snow' ? 1 : 0;
  out[FIELD.electricTerrain] = terrain === 'electricterrain' ? 1 : 0;
  out[FIELD.grassyTerrain] = terrain === 'grassyterrain' ? 1 : 0;
  out[FIELD.mistyTerrain] = terrain === 'mistyterrain' ? 1 : 0;
  out[FIELD.psychicTerrain] = terrain === 'psychicterrain' ? 1 : 0;
  out[FIELD.choosing] = stage === 'choose' ? 1 : 0;
  out[FIELD.acting] = stage === 'act' ? 1 : 0;
  out[FIELD.gravity] = gravity > 0 ? 1 : 0;
}
