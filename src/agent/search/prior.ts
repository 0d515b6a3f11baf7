import { attackFactor, bestAttack, goesFirst, race, speedIn } from './duel.ts';
import { type Matchups, MOVES } from './matchups.ts';
import { GIMMICK, NO_CHOICE, SWITCH } from './turn-model/choices.ts';
import type { Fighter, Half, Position } from './turn-model/position.ts';

const STATUS_MOVE = 0.45;
const WEAKEST = 0.08;
const GIMMICK_SHARE = 0.3;
const SWITCH_BASE = 0.2;
/** How one that has fainted fares. */
const FALLEN = -0.5;

/**
 * How likely a side is to choose what, before anything is known of where it leads: attacks by the damage they are
 * expected to do, switches by how much better the newcomer would fare. Writes one weight for each of the first `count`
 * choices of the list; they sum to 1.
 */
export function writePriors(
  p: Position,
  half: Half,
  matchups: Matchups,
  list: Int8Array,
  count: number,
  out: Float64Array,
): void {
  const own = half === p.sides[0];
  // What staying is worth is the same for all switches; the fallen have nothing to lose.
  const here = standing(p, half, own, matchups, half.active);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const choice = list[i] ?? 0;
    let weight = 1;
    if (choice !== NO_CHOICE) {
      weight =
        choice < SWITCH
          ? moveWeight(half, own, matchups, choice)
          : switchWeight(half, standing(p, half, own, matchups, half.fighters[choice - SWITCH]) - here);
    }
    out[i] = weight;
    total += weight;
  }
  for (let i = 0; i < count; i++) out[i] = (out[i] ?? 0) / total;
}

/** @param gain how much better the newcomer would fare */
function switchWeight({ active }: Half, gain: number): number {
  return active.hp <= 0 ? 0.5 + Math.max(0, 0.5 + gain) : SWITCH_BASE + Math.max(0, gain);
}

function moveWeight(half: Half, own: boolean, matchups: Matchups, choice: number): number {
  const { active, foe, body } = half;
  const slot = choice & 3;
  const category = body.moves[slot]?.category;
  const gimmick = choice >= GIMMICK ? GIMMICK_SHARE : 1;
  if (category === 'Status') return STATUS_MOVE * gimmick;
  const at = own ? matchups.at(active, foe.active) : matchups.at(foe.active, active);
  const plain = matchups.attacks[own ? 0 : 1].moves[at * MOVES + slot] ?? 0;
  const share = plain * attackFactor(half, active, foe.active, category === 'Physical');
  const left = foe.active.hp / foe.active.maxHp;
  const worth = share >= left ? 1.6 : share / Math.max(left, 0.3);
  return (WEAKEST + worth) * gimmick;
}

/** How a team member would fare against the foe's active Pokémon, −1 to 1. */
function standing(
  p: Position,
  half: Half,
  own: boolean,
  matchups: Matchups,
  fighter: Fighter | undefined,
): number {
  const { foe } = half;
  const { active: facing } = foe;
  if (!fighter || fighter.hp <= 0 || facing.hp <= 0) return FALLEN;
  const at = own ? matchups.at(fighter, facing) : matchups.at(facing, fighter);
  const dealt = bestAttack(half, fighter, facing, matchups.attacks[own ? 0 : 1], at);
  const taken = bestAttack(foe, facing, fighter, matchups.attacks[own ? 1 : 0], at);
  const first = goesFirst(p, speedIn(p, half, fighter), speedIn(p, foe, facing));
  return race(dealt, taken, first, fighter.hp / fighter.maxHp, facing.hp / facing.maxHp);
}
