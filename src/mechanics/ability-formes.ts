import { takeForme, takeFormeForNow } from './change-forme.ts';
import type { ModelMove } from './move.ts';
import type { Half, Position } from './search-state.ts';

/** The forme of an ability that goes by the HP left: when its bearer comes in, and at the end of each turn. */
export function takeFormeByHp(half: Half): void {
  const { active, body, ability } = half;
  const { otherForme } = body;
  if (active.hp <= 0 || otherForme === undefined) return;
  const isHurt = active.hp * (ability === 'schooling' ? 4 : 2) <= active.maxHp;
  switch (ability) {
    case 'zenmode':
      if (isHurt !== body.species.endsWith('zen')) takeFormeForNow(half, otherForme);
      break;
    case 'schooling':
      if (isHurt === body.species.endsWith('school')) takeFormeForNow(half, otherForme);
      break;
    case 'shieldsdown':
      if (isHurt === body.species.endsWith('meteor')) takeFormeForNow(half, otherForme);
      break;
    case 'powerconstruct':
      if (isHurt) takeForme(half, otherForme);
      break;
  }
}

/** Hunger Switch turns its bearer's mood at the end of each turn. */
export function turnMood(half: Half): void {
  const { active, body, ability } = half;
  if (ability !== 'hungerswitch' || !body.otherForme || active.terastallized) return;
  takeFormeForNow(half, body.otherForme);
}

/** Aegislash draws its blade to attack, and sheathes it for King's Shield. */
export function changeStance(half: Half, move: ModelMove): void {
  const { body, ability } = half;
  if (ability !== 'stancechange' || !body.otherForme) return;
  const isBlade = body.species === 'aegislashblade';
  if (move.id === 'kingsshield' ? isBlade : move.category !== 'Status' && !isBlade)
    takeFormeForNow(half, body.otherForme);
}

/** Ice Face is whole again in snow. */
export function healIceFace(p: Position, half: Half): void {
  const { active, body, ability } = half;
  if (ability !== 'iceface' || p.weather !== 'snow' || active.hp <= 0) return;
  active.abilitySpent = false;
  if (body.species === 'eiscuenoice' && body.otherForme) takeForme(half, body.otherForme);
}
