import { isImmune, keepsOff } from './turn-model/contact.ts';
import { strikeDamage } from './turn-model/damage.ts';
import { abilityAgainst, typeMultiplier } from './turn-model/effectiveness.ts';
import { setBody } from './turn-model/entry.ts';
import type { ModelMove } from './turn-model/model-move.ts';
import { typeOf } from './turn-model/move-type.ts';
import type { Fighter, Half, Position } from './turn-model/position.ts';
import { hitChance, priorityOf } from './turn-model/priority.ts';

/** Team members a side has at most, and moves of each. */
export const TEAM = 6;
export const MOVES = 4;

const PAIRS = TEAM * TEAM;
/** Each of a pair may have used its gimmick since the tables were begun, or not. */
const CELLS = 4 * PAIRS;
const MEAN_ROLL = 0.925;

/** What the Pokémon of one side do to those of the other, by {@link Matchups.at}. */
export class Attacks {
  /** Expected share of the target's maximum HP that the best physical attack takes a turn. */
  readonly physical = new Float64Array(CELLS);
  readonly special = new Float64Array(CELLS);
  /** The same of the best attack with priority. */
  readonly quick = new Float64Array(CELLS);
  /** Expected share of the target's maximum HP by each move: `at * MOVES + slot`. */
  readonly moves = new Float64Array(CELLS * MOVES);
}

/**
 * How every Pokémon of one side fares against every one of the other: worked out once for a world, when it is first
 * asked for, and then only looked up. Everybody's stages, statuses and screens are left out, because they change; what
 * else lies over the field counts as it does when the search begins.
 */
export class Matchups {
  /** The own side's attacks and the foe's. */
  readonly attacks = [new Attacks(), new Attacks()] as const;
  private readonly known = new Uint8Array(CELLS);
  private readonly root: Position;
  private readonly stage: Position;

  /** @param root where the search begins; not changed */
  constructor(root: Position) {
    this.root = root;
    this.stage = root.clone();
    for (const half of this.stage.sides) {
      half.reflect = 0;
      half.lightScreen = 0;
      half.auroraVeil = 0;
      for (const fighter of half.fighters) {
        fighter.status = '';
        // Who is down is rated at full health: it is the living that the tables are used for.
        if (fighter.hp <= 0) fighter.hp = fighter.maxHp;
      }
    }
  }

  /** Where the tables have what an own Pokémon and one of the foe's do to each other. */
  at(own: Fighter, foe: Fighter): number {
    const [ownRoot, foeRoot] = this.root.sides;
    const changes = (isChanged(own, ownRoot) ? 2 : 0) + (isChanged(foe, foeRoot) ? 1 : 0);
    const at = changes * PAIRS + own.index * TEAM + foe.index;
    if (!this.known[at]) this.fill(at, own, foe);
    return at;
  }

  private fill(at: number, own: Fighter, foe: Fighter): void {
    this.known[at] = 1;
    const [a, b] = this.stage.sides;
    place(a, own);
    place(b, foe);
    rateMoves(this.stage, a, this.attacks[0], at);
    rateMoves(this.stage, b, this.attacks[1], at);
  }
}

/** Whether a Pokémon has terastallized or taken another forme since the search began, or may have in the simulator. */
function isChanged({ index, body, terastallized }: Fighter, { fighters }: Half): boolean {
  const before = fighters[index];
  return body !== before?.body || terastallized !== before.terastallized;
}

function place(half: Half, { index, body, terastallized }: Fighter): void {
  const fighter = half.fighters[index];
  if (!fighter) return;
  fighter.body = body;
  fighter.terastallized = terastallized;
  half.active = fighter;
  half.clearVolatiles();
  setBody(half);
}

/** Writes what each move does, as a share of the target's maximum HP, and the most of each category turn by turn. */
function rateMoves(p: Position, user: Half, { moves, physical, special, quick }: Attacks, at: number): void {
  for (const [slot, move] of user.body.moves.entries()) {
    const share = expectedDamage(p, user, move) / user.foe.active.maxHp;
    moves[at * MOVES + slot] = share;
    const pace = move.selfDestructs ? 0 : move.charges || move.recharges ? 0.5 : 1;
    const best = move.category === 'Physical' ? physical : special;
    best[at] = Math.max(best[at] ?? 0, share * pace);
    if (priorityOf(p, user, move) > 0) quick[at] = Math.max(quick[at] ?? 0, share * pace);
  }
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
