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

/** The one type of who has terastallized. */
export function setTeraType(side: Side): void {
  const { forme, terastallized } = side.active;
  if (!terastallized || forme.teraType === STELLAR) return;
  side.type1 = forme.teraType;
  side.type2 = NO_TYPE;
}

/** The active Pokémon takes another forme and keeps it on the bench. A forme with more HP gives the difference. */
export function takeForme(side: Side, forme: Forme): void {
  const { active } = side;
  const growth = forme.maxHp - active.forme.maxHp;
  active.hp += growth;
  active.maxHp += growth;
  active.forme = forme;
  resetForme(side);
}

/** The active Pokémon takes another forme until it leaves. */
export function takeFormeForNow(side: Side, forme: Forme): void {
  side.formeAtHome ??= side.active.forme;
  side.active.forme = forme;
  resetForme(side);
}

/** Copies by who copies and who is copied: a search meets the same few again and again. */
const copies = new WeakMap<Forme, WeakMap<Forme, Forme>>();

/** What Transform makes of a Pokémon: all of the other but level and HP. */
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

/** Whoever leaves is what it was: copies and most formes end. */
export function goHome(side: Side): void {
  const { active, formeAtHome } = side;
  if (!formeAtHome) return;
  if (formeAtHome.moves !== active.forme.moves) {
    // What it had left of its own moves is forgotten: they have seldom been used much.
    const [one, two, three, four] = formeAtHome.moves;
    active.pp0 = one?.maxPp ?? 0;
    active.pp1 = two?.maxPp ?? 0;
    active.pp2 = three?.maxPp ?? 0;
    active.pp3 = four?.maxPp ?? 0;
  }
  active.forme = formeAtHome;
  side.formeAtHome = undefined;
}
