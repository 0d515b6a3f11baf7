import { setBody } from '../../mechanics/change-forme.ts';
import { isImmune, keepsOff } from '../../mechanics/contact.ts';
import { strikeDamage } from '../../mechanics/damage.ts';
import { abilityAgainst, typeMultiplier } from '../../mechanics/effectiveness.ts';
import type { Body } from '../../mechanics/forme.ts';
import type { ModelMove } from '../../mechanics/move.ts';
import { typeOf } from '../../mechanics/move-type.ts';
import { hitChance, priorityOf } from '../../mechanics/priority.ts';
import type { Fighter, Half, Position } from '../../mechanics/search-state.ts';

/** Team members a side has at most, and moves of each. */
export const TEAM = 6;
export const MOVES = 4;

const PAIRS = TEAM * TEAM;
/** Bodies that each of a pair may have: plain, terastallized, another forme, a copy. */
const VARIANTS = 4;
const CELLS = VARIANTS * VARIANTS * PAIRS;
const COPIED_PP = 5;
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
  /** The bodies of the root: the own side's and then the foe's. */
  private readonly firsts: readonly Variant[];
  /** Bodies met so far, by side and Pokémon; the first is that of the root. */
  private readonly variants: readonly (readonly Variant[][])[];

  /** @param root where the search begins; not changed */
  constructor(root: Position) {
    this.root = root;
    this.stage = root.clone();
    this.variants = root.sides.map(({ fighters }) =>
      fighters.map(({ body, terastallized }) => [{ body, terastallized }]),
    );
    this.firsts = root.sides.flatMap(({ fighters }) =>
      Array.from({ length: TEAM }, (_, index) => variantOf(fighters[index])),
    );
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
    const a = this.firsts[own.index];
    const b = this.firsts[TEAM + foe.index];
    let at = own.index * TEAM + foe.index;
    if (own.body !== a?.body || own.terastallized !== a.terastallized)
      at += this.variantOf(0, own) * VARIANTS * PAIRS;
    if (foe.body !== b?.body || foe.terastallized !== b.terastallized) at += this.variantOf(1, foe) * PAIRS;
    if (!this.known[at]) this.fill(at, own, foe);
    return at;
  }

  /** Which of its bodies a Pokémon has that is not as it was at the root. */
  private variantOf(side: 0 | 1, fighter: Fighter): number {
    const { index, body, terastallized } = fighter;
    const met = this.variants[side]?.[index] ?? [];
    for (let i = 1; i < met.length; i++) {
      if (met[i]?.body === body && met[i]?.terastallized === terastallized) return i;
    }
    const place = Math.min(met.length, VARIANTS - 1);
    if (place < met.length) this.forget(side, index, place);
    met[place] = { body, terastallized };
    return place;
  }

  /** Where a Pokémon has more bodies than there is room for, the last ones share a place. */
  private forget(side: 0 | 1, index: number, variant: number): void {
    for (let other = 0; other < VARIANTS; other++) {
      const variants = side === 0 ? variant * VARIANTS + other : other * VARIANTS + variant;
      for (let opposed = 0; opposed < TEAM; opposed++) {
        this.known[variants * PAIRS + (side === 0 ? index * TEAM + opposed : opposed * TEAM + index)] = 0;
      }
    }
  }

  private fill(at: number, own: Fighter, foe: Fighter): void {
    this.known[at] = 1;
    for (const { quick, physical, special } of this.attacks) {
      quick[at] = 0;
      physical[at] = 0;
      special[at] = 0;
    }
    const [a, b] = this.stage.sides;
    place(a, own, this.root.sides[0]);
    place(b, foe, this.root.sides[1]);
    rateMoves(this.stage, a, this.attacks[0], at);
    rateMoves(this.stage, b, this.attacks[1], at);
  }
}

interface Variant {
  readonly body: Body | undefined;
  readonly terastallized: boolean;
}

function variantOf(fighter: Fighter | undefined): Variant {
  return { body: fighter?.body, terastallized: fighter?.terastallized ?? false };
}

/** @param root the same half where the search begins */
function place(half: Half, { index, body, terastallized }: Fighter, root: Half): void {
  const fighter = half.fighters[index];
  const before = root.fighters[index];
  if (!fighter || !before) return;
  // Only who has transformed has other moves than it brought.
  const isCopy = body.moves !== before.body.moves;
  fighter.pp0 = isCopy ? COPIED_PP : before.pp0;
  fighter.pp1 = isCopy ? COPIED_PP : before.pp1;
  fighter.pp2 = isCopy ? COPIED_PP : before.pp2;
  fighter.pp3 = isCopy ? COPIED_PP : before.pp3;
  fighter.body = body;
  fighter.terastallized = terastallized;
  half.active = fighter;
  half.clearVolatiles();
  setBody(half);
}

/** Writes what each move does, as a share of the target's maximum HP, and the most of each category turn by turn. */
function rateMoves(p: Position, user: Half, { moves, physical, special, quick }: Attacks, at: number): void {
  for (const [slot, move] of user.body.moves.entries()) {
    // A move without PP is none.
    const share = user.active.pp(slot) > 0 ? expectedDamage(p, user, move) / user.foe.active.maxHp : 0;
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
