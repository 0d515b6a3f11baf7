import { boostStat } from './boosts.ts';
import { goHome } from './change-forme.ts';
import { abilityNow, itemNow } from './condition.ts';
import { loseItem } from './item.ts';
import type { Half, Position } from './search-state.ts';
import { clearScreens } from './side-conditions.ts';

/** Takes HP points from the active Pokémon and lets it faint at 0. */
export function wound(p: Position, half: Half, points: number): void {
  const { active } = half;
  if (active.hp <= 0) return;
  active.hp -= Math.max(1, Math.floor(points));
  half.volatiles.hurtNow = 1;
  if (active.hp <= 0) faint(p, half);
}

/** Like {@link wound}; a berry that this sets off is eaten at once. */
export function hurt(p: Position, half: Half, points: number): void {
  wound(p, half, points);
  eatPinchBerry(p, half);
}

/** Like {@link hurt}, for damage that Magic Guard keeps off. */
export function hurtIndirectly(p: Position, half: Half, points: number): void {
  if (abilityNow(half) !== 'magicguard') hurt(p, half, points);
}

/** Gives HP points back to the active Pokémon. */
export function heal(half: Half, points: number): void {
  const { active } = half;
  if (active.hp <= 0 || half.volatiles.healBlock > 0) return;
  active.hp = Math.min(active.maxHp, active.hp + Math.max(1, Math.floor(points)));
}

export function faint(p: Position, half: Half): void {
  const { active } = half;
  active.hp = 0;
  active.status = '';
  if (half.volatiles.dynamax > 0) active.maxHp = active.body.maxHp;
  half.fainted++;
  half.everFainted++;
  half.faintedIn = p.turn;
  goHome(half);
  half.pending = 0;
  half.mustSwitch = 0;
  half.clearVolatiles();
  if (p.gen === 1) clearScreens(half);
  half.foe.volatiles.bound = 0;
  half.foe.volatiles.held = 0;
  if (half.fainted >= half.fighters.length) {
    const foeAlive = half.foe.fainted < half.foe.fighters.length;
    p.stage = 'over';
    // Who loses its last Pokémon first loses; when both go at once the winner is decided by the one that hit.
    if (p.winner < 0) p.winner = foeAlive ? p.sides.indexOf(half.foe) : 2;
  }
}

/** Lets the active Pokémon eat a berry that it has kept for this. */
export function eatPinchBerry(p: Position, half: Half): void {
  const { active } = half;
  if (active.hp <= 0) return;
  const item = itemNow(half);
  if (!item.endsWith('berry') && item !== 'berryjuice') return;
  const ability = abilityNow(half.foe);
  if (ability === 'unnerve' || ability === 'asoneglastrier' || ability === 'asonespectrier') return;
  const early = abilityNow(half) === 'gluttony';
  const half50 = active.hp * 2 <= active.maxHp;
  const quarter = early ? half50 : active.hp * 4 <= active.maxHp;
  switch (item) {
    case 'sitrusberry':
      if (half50) eat(half, p.gen >= 4 ? active.maxHp / 4 : 30);
      return;
    case 'goldberry':
      if (half50) eat(half, 30);
      return;
    case 'berry':
    case 'oranberry':
      if (half50) eat(half, 10);
      return;
    case 'berryjuice':
      if (half50) eat(half, 20);
      return;
    case 'aguavberry':
    case 'figyberry':
    case 'iapapaberry':
    case 'magoberry':
    case 'wikiberry': {
      const share = p.gen >= 8 ? 1 / 3 : p.gen === 7 ? 1 / 2 : 1 / 8;
      if (p.gen >= 7 ? quarter : half50) eat(half, active.maxHp * share);
      return;
    }
    case 'liechiberry':
      if (quarter) eatForStat(p, half, 'atk');
      return;
    case 'ganlonberry':
      if (quarter) eatForStat(p, half, 'def');
      return;
    case 'petayaberry':
      if (quarter) eatForStat(p, half, 'spa');
      return;
    case 'apicotberry':
      if (quarter) eatForStat(p, half, 'spd');
      return;
    case 'salacberry':
      if (quarter) eatForStat(p, half, 'spe');
      return;
  }
}

function eat(half: Half, points: number): void {
  half.active.ateBerry = true;
  const factor = half.ability === 'ripen' ? 2 : 1;
  loseItem(half);
  heal(half, points * factor);
  if (half.ability === 'cheekpouch') heal(half, half.active.maxHp / 3);
}

function eatForStat(p: Position, half: Half, stat: 'atk' | 'def' | 'spa' | 'spd' | 'spe'): void {
  half.active.ateBerry = true;
  loseItem(half);
  boostStat(p, half, stat, half.ability === 'ripen' ? 2 : 1);
}
