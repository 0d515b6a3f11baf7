import { takeForme, takeFormeForNow } from './change-forme.ts';
import type { ModelMove } from './model-move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Takes the forme that depends on the HP left: when the bearer comes in, and at the end of each turn. */
export function takeFormeByHp(side: Side): void {
  const { active, forme, ability } = side;
  const { otherForme } = forme;
  if (active.hp <= 0 || otherForme === undefined) return;
  const isHurt = active.hp * (ability === 'schooling' ? 4 : 2) <= active.maxHp;
  switch (ability) {
    case 'zenmode':
      if (isHurt !== forme.species.endsWith('zen')) takeFormeForNow(side, otherForme);
      break;
    case 'schooling':
      if (isHurt === forme.species.endsWith('school')) takeFormeForNow(side, otherForme);
      break;
    case 'shieldsdown':
      if (isHurt === forme.species.endsWith('meteor')) takeFormeForNow(side, otherForme);
      break;
    case 'powerconstruct':
      if (isHurt) takeForme(side, otherForme);
      break;
  }
}

/** Hunger Switch changes its bearer's mode at the end of each turn. */
export function toggleHungerSwitch(side: Side): void {
  const { active, forme, ability } = side;
  if (ability !== 'hungerswitch' || !forme.otherForme || active.terastallized) return;
  takeFormeForNow(side, forme.otherForme);
}

/** Aegislash takes its Blade Forme to attack, and its Shield Forme for King's Shield. */
export function changeStance(side: Side, move: ModelMove): void {
  const { forme, ability } = side;
  if (ability !== 'stancechange' || !forme.otherForme) return;
  const isBlade = forme.species === 'aegislashblade';
  if (move.id === 'kingsshield' ? isBlade : move.category !== 'Status' && !isBlade)
    takeFormeForNow(side, forme.otherForme);
}

/** Snow restores Ice Face. */
export function healIceFace(p: SearchState, side: Side): void {
  const { active, forme, ability } = side;
  if (ability !== 'iceface' || p.weather !== 'snow' || active.hp <= 0) return;
  active.abilitySpent = false;
  if (forme.species === 'eiscuenoice' && forme.otherForme) takeForme(side, forme.otherForme);
}
