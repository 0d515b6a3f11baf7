import { copyOf, setTeraType, takeFormeForNow } from './change-forme.ts';
import type { Side } from './side.ts';

/** Takes on the looks, stats, types, moves, ability and stages of the foe. */
export function transform(side: Side): void {
  const { foe, volatiles, active } = side;
  if (foe.active.hp <= 0 || foe.volatiles.substitute > 0 || side.formeAtHome || foe.formeAtHome) return;
  takeFormeForNow(side, copyOf(foe.forme, active.forme));
  side.ability = foe.ability;
  side.type1 = foe.type1;
  side.type2 = foe.type2;
  setTeraType(side);
  active.pp0 = 5;
  active.pp1 = 5;
  active.pp2 = 5;
  active.pp3 = 5;
  volatiles.atk = foe.volatiles.atk;
  volatiles.def = foe.volatiles.def;
  volatiles.spa = foe.volatiles.spa;
  volatiles.spd = foe.volatiles.spd;
  volatiles.spe = foe.volatiles.spe;
  volatiles.accuracy = foe.volatiles.accuracy;
  volatiles.evasion = foe.volatiles.evasion;
  volatiles.focus = foe.volatiles.focus;
}
