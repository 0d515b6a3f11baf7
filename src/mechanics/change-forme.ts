import type { Forme } from './forme.ts';
import type { Side } from './side.ts';
import { NO_TYPE, STELLAR } from './types.ts';

/** Resets the active Pokémon's forme, types and ability to its own. */
export function resetForme(side: Side): void {
  const { active } = side;
  side.forme = active.forme;
  side.abilityNumber = active.forme.abilityNumber;
  side.type1 = active.forme.type1;
  side.type2 = active.forme.type2;
  setTeraType(side);
}

/** A terastallized Pokémon has its tera type only. */
export function setTeraType(side: Side): void {
  const { forme, terastallized } = side.active;
  if (!terastallized || forme.teraType === STELLAR) return;
  side.type1 = forme.teraType;
  side.type2 = NO_TYPE;
}

/** Changes the active Pokémon's forme for good. A forme with more HP adds the difference. */
export function takeForme(side: Side, forme: Forme): void {
  const { active } = side;
  const growth = forme.maxHp - active.forme.maxHp;
  active.hp += growth;
  active.maxHp += growth;
  active.forme = forme;
  resetForme(side);
}

/** Changes the active Pokémon's forme until it leaves. */
export function takeFormeForNow(side: Side, forme: Forme): void {
  side.formeAtHome ??= side.active.forme;
  side.active.forme = forme;
  resetForme(side);
}

/** Copies by copying and copied forme: a search meets the same few over and over. */
const copies = new WeakMap<Forme, WeakMap<Forme, Forme>>();

/** What Transform makes of a Pokémon: everything of the other but level and HP. */
export function copyOf(original: Forme, own: Forme): Forme {
  let known = copies.get(own);
  if (!known) {
    known = new WeakMap();
    copies.set(own, known);
  }
  let copy = known.get(original);
  if (!copy) {
    const { level, maxHp, teraType, boundItem } = own;
    copy = {
      ...original,
      ...{ level, maxHp, teraType, boundItem },
      ...{ zMoves: 0, otherForme: undefined, gimmickForme: undefined },
    };
    known.set(original, copy);
  }
  return copy;
}

/** Undoes copies and most changes of forme when the active Pokémon leaves. */
export function restoreForme(side: Side): void {
  const { active, formeAtHome } = side;
  if (!formeAtHome) return;
  if (formeAtHome.moves !== active.forme.moves) {
    // The PP left of its own moves were not kept; they count as full, because few have been used as a rule.
    const [one, two, three, four] = formeAtHome.moves;
    active.pp0 = one?.maxPp ?? 0;
    active.pp1 = two?.maxPp ?? 0;
    active.pp2 = three?.maxPp ?? 0;
    active.pp3 = four?.maxPp ?? 0;
  }
  active.forme = formeAtHome;
  side.formeAtHome = undefined;
}
