import { boostStat } from './boosts.ts';
import { goHome } from './change-forme.ts';
import { abilityNow, itemNow } from './condition.ts';
import { loseItem } from './item.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { clearScreens } from './side-conditions.ts';

/** Takes HP points from the active Pokémon and lets it faint at 0. */
export function subtractHp(p: SearchState, side: Side, points: number): void {
  const { active } = side;
  if (active.hp <= 0) return;
  active.hp -= Math.max(1, Math.floor(points));
  side.volatiles.hurtNow = 1;
  if (active.hp <= 0) faint(p, side);
}

/** Like {@link subtractHp}; a berry that this sets off is eaten at once. */
export function applyDamage(p: SearchState, side: Side, points: number): void {
  subtractHp(p, side, points);
  eatPinchBerry(p, side);
}

/** Like {@link applyDamage}, for damage that Magic Guard keeps off. */
export function applyIndirectDamage(p: SearchState, side: Side, points: number): void {
  if (abilityNow(side) !== 'magicguard') applyDamage(p, side, points);
}

/** Gives HP points back to the active Pokémon. */
export function heal(side: Side, points: number): void {
  const { active } = side;
  if (active.hp <= 0 || side.volatiles.healBlock > 0) return;
  active.hp = Math.min(active.maxHp, active.hp + Math.max(1, Math.floor(points)));
}

export function faint(p: SearchState, side: Side): void {
  const { active } = side;
  active.hp = 0;
  active.status = '';
  if (side.volatiles.dynamax > 0) active.maxHp = active.forme.maxHp;
  side.fainted++;
  side.everFainted++;
  side.faintedIn = p.turn;
  goHome(side);
  side.pending = 0;
  side.mustSwitch = 0;
  side.clearVolatiles();
  if (p.gen === 1) clearScreens(side);
  side.foe.volatiles.bound = 0;
  side.foe.volatiles.held = 0;
  if (side.fainted >= side.pokemon.length) {
    const foeAlive = side.foe.fainted < side.foe.pokemon.length;
    p.stage = 'over';
    // Who loses its last Pokémon first loses; when both go at once the winner is decided by the one that hit.
    if (p.winner < 0) p.winner = foeAlive ? p.sides.indexOf(side.foe) : 2;
  }
}

/** Lets the active Pokémon eat a berry that it has kept for this. */
export function eatPinchBerry(p: SearchState, side: Side): void {
  const { active } = side;
  if (active.hp <= 0) return;
  const item = itemNow(side);
  if (!item.endsWith('berry') && item !== 'berryjuice') return;
  const ability = abilityNow(side.foe);
  if (ability === 'unnerve' || ability === 'asoneglastrier' || ability === 'asonespectrier') return;
  const early = abilityNow(side) === 'gluttony';
  const half50 = active.hp * 2 <= active.maxHp;
  const quarter = early ? half50 : active.hp * 4 <= active.maxHp;
  switch (item) {
    case 'sitrusberry':
      if (half50) eat(side, p.gen >= 4 ? active.maxHp / 4 : 30);
      return;
    case 'goldberry':
      if (half50) eat(side, 30);
      return;
    case 'berry':
    case 'oranberry':
      if (half50) eat(side, 10);
      return;
    case 'berryjuice':
      if (half50) eat(side, 20);
      return;
    case 'aguavberry':
    case 'figyberry':
    case 'iapapaberry':
    case 'magoberry':
    case 'wikiberry': {
      const share = p.gen >= 8 ? 1 / 3 : p.gen === 7 ? 1 / 2 : 1 / 8;
      if (p.gen >= 7 ? quarter : half50) eat(side, active.maxHp * share);
      return;
    }
    case 'liechiberry':
      if (quarter) eatForStat(p, side, 'atk');
      return;
    case 'ganlonberry':
      if (quarter) eatForStat(p, side, 'def');
      return;
    case 'petayaberry':
      if (quarter) eatForStat(p, side, 'spa');
      return;
    case 'apicotberry':
      if (quarter) eatForStat(p, side, 'spd');
      return;
    case 'salacberry':
      if (quarter) eatForStat(p, side, 'spe');
      return;
  }
}

function eat(side: Side, points: number): void {
  side.active.ateBerry = true;
  const factor = side.ability === 'ripen' ? 2 : 1;
  loseItem(side);
  heal(side, points * factor);
  if (side.ability === 'cheekpouch') heal(side, side.active.maxHp / 3);
}

function eatForStat(p: SearchState, side: Side, stat: 'atk' | 'def' | 'spa' | 'spd' | 'spe'): void {
  side.active.ateBerry = true;
  loseItem(side);
  boostStat(p, side, stat, side.ability === 'ripen' ? 2 : 1);
}
