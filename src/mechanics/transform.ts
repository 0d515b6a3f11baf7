import { copyStages } from './boosts.ts';
import { copyOf, setTeraType, takeFormeForNow } from './change-forme.ts';
import type { Side } from './side.ts';

/** Gives the active Pokémon the looks, stats, types, moves, ability and stages of the opponent. */
export function transform(side: Side): void {
  const { foe, volatiles, active } = side;
  if (foe.active.hp <= 0 || foe.volatiles.substitute > 0 || side.formeAtHome || foe.formeAtHome) return;
  takeFormeForNow(side, copyOf(foe.forme, active.forme));
  side.abilityNumber = foe.abilityNumber;
  side.type1 = foe.type1;
  side.type2 = foe.type2;
  setTeraType(side);
  active.pp0 = 5;
  active.pp1 = 5;
  active.pp2 = 5;
  active.pp3 = 5;
  copyStages(foe, side);
  volatiles.focus = foe.volatiles.focus;
}
