import type { Body } from './forme.ts';
import type { Half } from './search-state.ts';
import { NO_TYPE, STELLAR } from './types.ts';

/** Body, types and ability of the active Pokémon as they are when nothing has changed them. */
export function setBody(half: Half): void {
  const { active } = half;
  half.body = active.body;
  half.ability = active.body.ability;
  half.type1 = active.body.type1;
  half.type2 = active.body.type2;
  setTeraType(half);
}

/** The one type of who has terastallized. */
export function setTeraType(half: Half): void {
  const { body, terastallized } = half.active;
  if (!terastallized || body.teraType === STELLAR) return;
  half.type1 = body.teraType;
  half.type2 = NO_TYPE;
}

/** The active Pokémon takes another forme and keeps it on the bench. A forme with more HP gives the difference. */
export function takeForme(half: Half, forme: Body): void {
  const { active } = half;
  const growth = forme.maxHp - active.body.maxHp;
  active.hp += growth;
  active.maxHp += growth;
  active.body = forme;
  setBody(half);
}

/** The active Pokémon takes another forme until it leaves. */
export function takeFormeForNow(half: Half, forme: Body): void {
  half.bodyAtHome ??= half.active.body;
  half.active.body = forme;
  setBody(half);
}

/** Copies by who copies and who is copied: a search meets the same few again and again. */
const copies = new WeakMap<Body, WeakMap<Body, Body>>();

/** What Transform makes of a Pokémon: all of the other but level and HP. */
export function copyOf(original: Body, own: Body): Body {
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
export function goHome(half: Half): void {
  const { active, bodyAtHome } = half;
  if (!bodyAtHome) return;
  if (bodyAtHome.moves !== active.body.moves) {
    // What it had left of its own moves is forgotten: they have seldom been used much.
    const [one, two, three, four] = bodyAtHome.moves;
    active.pp0 = one?.maxPp ?? 0;
    active.pp1 = two?.maxPp ?? 0;
    active.pp2 = three?.maxPp ?? 0;
    active.pp3 = four?.maxPp ?? 0;
  }
  active.body = bodyAtHome;
  half.bodyAtHome = undefined;
}
