import { type Matchups, MOVES, TEAM } from './matchups.ts';
import { race } from './race.ts';
import { GIMMICK, NO_CHOICE, SWITCH } from './turn-model/choices.ts';
import type { Half, Position } from './turn-model/position.ts';

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
  const here = half.active.hp > 0 ? standing(p, half, own, matchups, half.active.index) : FALLEN;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const choice = list[i] ?? 0;
    let weight = 1;
    if (choice !== NO_CHOICE) {
      weight =
        choice < SWITCH
          ? moveWeight(half, own, matchups, choice)
          : switchWeight(half, standing(p, half, own, matchups, choice - SWITCH) - here);
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

function moveWeight({ active, foe, body }: Half, own: boolean, matchups: Matchups, choice: number): number {
  const at = own ? active.index * TEAM + foe.active.index : foe.active.index * TEAM + active.index;
  const slot = choice & 3;
  const share = (own ? matchups.ownMoves : matchups.foeMoves)[at * MOVES + slot] ?? 0;
  const gimmick = choice >= GIMMICK ? GIMMICK_SHARE : 1;
  if (body.moves[slot]?.category === 'Status') return STATUS_MOVE * gimmick;
  const left = foe.active.hp / foe.active.maxHp;
  const worth = share >= left ? 1.6 : share / Math.max(left, 0.3);
  return (WEAKEST + worth) * gimmick;
}

/** How a team member would fare against the foe's active Pokémon, −1 to 1, for the side it belongs to. */
function standing(
  p: Position,
  half: Half,
  own: boolean,
  { dealt, taken, faster }: Matchups,
  index: number,
): number {
  const { foe } = half;
  const fighter = half.fighters[index];
  if (!fighter || fighter.hp <= 0 || foe.active.hp <= 0) return FALLEN;
  const at = own ? index * TEAM + foe.active.index : foe.active.index * TEAM + index;
  const mine = fighter.hp / fighter.maxHp;
  const theirs = foe.active.hp / foe.active.maxHp;
  const ownHp = own ? mine : theirs;
  const foeHp = own ? theirs : mine;
  const usually = faster[at] ?? 0.5;
  const first = p.trickRoom > 0 ? 1 - usually : usually;
  const outcome = race(dealt[at] ?? 0, taken[at] ?? 0, first, ownHp, foeHp);
  return own ? outcome : -outcome;
}
