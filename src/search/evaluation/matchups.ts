import { setUpAttack } from '../../mechanics/aim.ts';
import { resetForme } from '../../mechanics/change-forme.ts';
import { strikeDamage } from '../../mechanics/damage.ts';
import type { Forme } from '../../mechanics/forme.ts';
import { isBlockedByAbility, isImmune } from '../../mechanics/immunity.ts';
import type { ModelMove } from '../../mechanics/model-move.ts';
import type { Pokemon } from '../../mechanics/pokemon.ts';
import { hitChance, priorityOf } from '../../mechanics/priority.ts';
import type { SearchState } from '../../mechanics/search-state.ts';
import type { Side } from '../../mechanics/side.ts';

/** Most team members of a side, and most moves of each. */
export const TEAM = 6;
export const MOVES = 4;

const PAIRS = TEAM * TEAM;
/** Formes that each of a pair may have: plain, terastallized, another forme, a copy. */
const VARIANTS = 4;
const CELLS = VARIANTS * VARIANTS * PAIRS;
const COPIED_PP = 5;
const MEAN_ROLL = 0.925;

/** Damage of one side's Pokémon to the other's, by {@link Matchups.at}. */
export class Attacks {
  /** Expected share of the target's maximum HP that the best physical attack takes a turn. */
  readonly physical = new Float64Array(CELLS);
  readonly special = new Float64Array(CELLS);
  /** The same for the best attack with priority. */
  readonly quick = new Float64Array(CELLS);
  /** Expected share of the target's maximum HP by each move: `at * MOVES + slot`. */
  readonly moves = new Float64Array(CELLS * MOVES);
}

/**
 * How every Pokémon of one side fares against every one of the other: computed for a world when first needed, and then
 * looked up. Stages, statuses and screens are left out, because they change; other conditions of the field count as
 * they are when the search begins.
 */
export class Matchups {
  /** Our side's attacks and the opponent's. */
  readonly attacks = [new Attacks(), new Attacks()] as const;
  private readonly known = new Uint8Array(CELLS);
  private readonly root: SearchState;
  private readonly stage: SearchState;
  /** The formes at the root: our side's, then the opponent's. */
  private readonly firsts: readonly Variant[];
  /** Formes met so far, by side and Pokémon; the first is that of the root. */
  private readonly variants: readonly (readonly Variant[][])[];

  /** @param root where the search begins; not changed */
  constructor(root: SearchState) {
    this.root = root;
    this.stage = root.clone();
    this.variants = root.sides.map(({ pokemon: team }) =>
      team.map(({ forme, terastallized }) => [{ forme, terastallized }]),
    );
    this.firsts = root.sides.flatMap(({ pokemon: team }) =>
      Array.from({ length: TEAM }, (_, index) => variantOf(team[index])),
    );
    for (const side of this.stage.sides) {
      side.reflect = 0;
      side.lightScreen = 0;
      side.auroraVeil = 0;
      for (const pokemon of side.pokemon) {
        pokemon.status = '';
        // A fainted Pokémon is rated at full HP, because the tables are only used for living ones.
        if (pokemon.hp <= 0) pokemon.hp = pokemon.maxHp;
      }
    }
  }

  /** Where the tables have a pair: our Pokémon and one of the opponent's. */
  at(own: Pokemon, foe: Pokemon): number {
    const a = this.firsts[own.index];
    const b = this.firsts[TEAM + foe.index];
    let at = own.index * TEAM + foe.index;
    if (own.forme !== a?.forme || own.terastallized !== a.terastallized)
      at += this.variantOf(0, own) * VARIANTS * PAIRS;
    if (foe.forme !== b?.forme || foe.terastallized !== b.terastallized) at += this.variantOf(1, foe) * PAIRS;
    if (!this.known[at]) this.fill(at, own, foe);
    return at;
  }

  /** The number of a Pokémon's current forme, when it differs from that at the root. */
  private variantOf(side: 0 | 1, pokemon: Pokemon): number {
    const { index, forme, terastallized } = pokemon;
    const met = this.variants[side]?.[index] ?? [];
    for (let i = 1; i < met.length; i++) {
      if (met[i]?.forme === forme && met[i]?.terastallized === terastallized) return i;
    }
    const place = Math.min(met.length, VARIANTS - 1);
    if (place < met.length) this.forget(side, index, place);
    met[place] = { forme, terastallized };
    return place;
  }

  /** When a Pokémon has more formes than there is room for, the last ones share a place. */
  private forget(side: 0 | 1, index: number, variant: number): void {
    for (let other = 0; other < VARIANTS; other++) {
      const variants = side === 0 ? variant * VARIANTS + other : other * VARIANTS + variant;
      for (let opposed = 0; opposed < TEAM; opposed++) {
        this.known[variants * PAIRS + (side === 0 ? index * TEAM + opposed : opposed * TEAM + index)] = 0;
      }
    }
  }

  private fill(at: number, own: Pokemon, foe: Pokemon): void {
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
  readonly forme: Forme | undefined;
  readonly terastallized: boolean;
}

function variantOf(pokemon: Pokemon | undefined): Variant {
  return { forme: pokemon?.forme, terastallized: pokemon?.terastallized ?? false };
}

/** @param root the same side where the search begins */
function place(side: Side, { index, forme, terastallized }: Pokemon, root: Side): void {
  const pokemon = side.pokemon[index];
  const before = root.pokemon[index];
  if (!pokemon || !before) return;
  // Only a transformed Pokémon has other moves than it brought.
  const isCopy = forme.moves !== before.forme.moves;
  pokemon.pp0 = isCopy ? COPIED_PP : before.pp0;
  pokemon.pp1 = isCopy ? COPIED_PP : before.pp1;
  pokemon.pp2 = isCopy ? COPIED_PP : before.pp2;
  pokemon.pp3 = isCopy ? COPIED_PP : before.pp3;
  pokemon.forme = forme;
  pokemon.terastallized = terastallized;
  side.active = pokemon;
  side.clearVolatiles();
  resetForme(side);
}

/** Writes the damage of each move as a share of the target's maximum HP, and the most of each category turn by turn. */
function rateMoves(
  p: SearchState,
  user: Side,
  { moves, physical, special, quick }: Attacks,
  at: number,
): void {
  for (const [slot, move] of user.forme.moves.entries()) {
    // A move without PP deals no damage.
    const share = user.active.pp(slot) > 0 ? expectedDamage(p, user, move) / user.foe.active.maxHp : 0;
    moves[at * MOVES + slot] = share;
    const pace = move.selfDestructs ? 0 : move.charges || move.recharges ? 0.5 : 1;
    const best = move.category === 'Physical' ? physical : special;
    best[at] = Math.max(best[at] ?? 0, share * pace);
    if (priorityOf(p, user, move) > 0) quick[at] = Math.max(quick[at] ?? 0, share * pace);
  }
}

function expectedDamage(p: SearchState, user: Side, move: ModelMove): number {
  if (move.category === 'Status') return 0;
  const attack = setUpAttack(p, user, move);
  attack.roll = MEAN_ROLL;
  if (isImmune(p, attack) || isBlockedByAbility(p, attack)) return 0;
  const fixed = move.fixedDamage < 0 ? user.forme.level : move.fixedDamage;
  const hits = (move.minHits + move.maxHits) / 2;
  const damage = fixed || hits * strikeDamage(p, attack);
  return damage * Math.min(1, hitChance(p, user, move));
}
