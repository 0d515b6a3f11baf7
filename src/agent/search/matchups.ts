import { isImmune, keepsOff } from './turn-model/contact.ts';
import { strikeDamage } from './turn-model/damage.ts';
import { abilityAgainst, typeMultiplier } from './turn-model/effectiveness.ts';
import { setBody } from './turn-model/entry.ts';
import type { ModelMove } from './turn-model/model-move.ts';
import { typeOf } from './turn-model/move-type.ts';
import type { Fighter, Half, Position } from './turn-model/position.ts';
import { hitChance } from './turn-model/priority.ts';

/** Team members a side has at most, and moves of each. */
export const TEAM = 6;
export const MOVES = 4;

const MEAN_ROLL = 0.925;

/**
 * How every Pokémon of one side fares against every one of the other: worked out once for a world and then only looked
 * up. Indexed by `own * TEAM + foe`.
 */
export interface Matchups {
  /** Expected share of the foe's maximum HP that own's best attack takes a turn. */
  readonly dealt: Float64Array;
  /** The same the other way round. */
  readonly taken: Float64Array;
  /** Expected share of the foe's maximum HP by each move: `(own * TEAM + foe) * MOVES + slot`. */
  readonly ownMoves: Float64Array;
  /** Expected share of own's maximum HP by each of the foe's moves, with the same index. */
  readonly foeMoves: Float64Array;
  /** 1 where own is faster, 0 where it is slower, ½ where they tie; without stages. */
  readonly faster: Float64Array;
}

/** The matchups of a world, with nobody's stages changed and what lies over the field now. */
export function matchupsOf(position: Position): Matchups {
  const p = position.clone();
  const [own, foe] = p.sides;
  const size = TEAM * TEAM;
  const table = {
    dealt: new Float64Array(size),
    taken: new Float64Array(size),
    ownMoves: new Float64Array(size * MOVES),
    foeMoves: new Float64Array(size * MOVES),
    faster: new Float64Array(size).fill(0.5),
  };
  for (const a of own.fighters) {
    for (const b of foe.fighters) {
      place(own, a);
      place(foe, b);
      const at = a.index * TEAM + b.index;
      table.dealt[at] = rateMoves(p, own, table.ownMoves, at);
      table.taken[at] = rateMoves(p, foe, table.foeMoves, at);
      const difference = speed(own) - speed(foe);
      table.faster[at] = difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
    }
  }
  return table;
}

function place(half: Half, fighter: Fighter): void {
  half.active = fighter;
  half.clearVolatiles();
  setBody(half);
}

function speed({ body, active }: Half): number {
  return body.spe * (active.item === 'choicescarf' ? 1.5 : 1) * (active.status === 'par' ? 0.5 : 1);
}

/** Writes what each move does, as a share of the target's maximum HP. Returns the most that can go on turn by turn. */
function rateMoves(p: Position, user: Half, out: Float64Array, at: number): number {
  const { active, foe } = user;
  // Who is down is rated at full health: it is the living that the table is used for.
  const [hp, foeHp] = [active.hp, foe.active.hp];
  active.hp = Math.max(1, hp);
  foe.active.hp = Math.max(1, foeHp);
  let best = 0;
  for (const [slot, move] of user.body.moves.entries()) {
    const share = expectedDamage(p, user, move) / foe.active.maxHp;
    out[at * MOVES + slot] = share;
    const pace = move.selfDestructs ? 0 : move.charges || move.recharges ? 0.5 : 1;
    best = Math.max(best, share * pace);
  }
  active.hp = hp;
  foe.active.hp = foeHp;
  return best;
}

function expectedDamage(p: Position, user: Half, move: ModelMove): number {
  if (move.category === 'Status') return 0;
  const type = typeOf(p, user, move);
  const effectiveness = typeMultiplier(p, user, move, type);
  const ability = abilityAgainst(user, move);
  if (isImmune(p, user.foe, move, type, effectiveness, ability)) return 0;
  if (keepsOff(p, user.foe, move, type, ability)) return 0;
  const fixed = move.fixedDamage < 0 ? user.body.level : move.fixedDamage;
  const hits = (move.minHits + move.maxHits) / 2;
  const damage = fixed || hits * strikeDamage(p, user, move, type, effectiveness, false, MEAN_ROLL);
  return damage * Math.min(1, hitChance(p, user, move));
}
