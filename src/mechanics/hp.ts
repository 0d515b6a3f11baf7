import { restoreForme } from './change-forme.ts';
import { abilityEffects, abilityNow, itemEffects } from './effects-now.ts';
import { NOBODY, type SearchState, TIE } from './search-state.ts';
import { NOT_ASKED, type Side } from './side.ts';
import { clearScreens } from './side-conditions.ts';

/** Takes HP points from the active Pokémon and lets it faint at 0. */
export function subtractHp(p: SearchState, side: Side, points: number): void {
  const { active } = side;
  if (active.hp <= 0) return;
  active.hp -= Math.max(1, Math.floor(points));
  side.volatiles.hurtNow = 1;
  if (active.hp <= 0) faint(p, side);
}

/** Like {@link subtractHp}; then a berry eaten at low HP takes effect at once. */
export function applyDamage(p: SearchState, side: Side, points: number): void {
  subtractHp(p, side, points);
  eatPinchBerry(p, side);
}

/** Like {@link applyDamage}, for damage that Magic Guard prevents. */
export function applyIndirectDamage(p: SearchState, side: Side, points: number): void {
  if (abilityNow(side) !== 'magicguard') applyDamage(p, side, points);
}

/** Restores HP points of the active Pokémon. */
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
  restoreForme(side);
  side.pending = 0;
  side.mustSwitch = NOT_ASKED;
  side.clearVolatiles();
  if (p.gen === 1) clearScreens(side);
  side.foe.volatiles.bound = 0;
  side.foe.volatiles.held = 0;
  if (side.fainted >= side.pokemon.length) {
    const foeAlive = side.foe.fainted < side.foe.pokemon.length;
    p.stage = 'over';
    // The side that loses its last Pokémon first loses; when both lose it at once, the one that hit wins.
    if (p.winner === NOBODY) p.winner = foeAlive ? p.sides.indexOf(side.foe) : TIE;
  }
}

/** Lets the active Pokémon eat a berry for low HP, if it holds one and its HP are low enough. */
export function eatPinchBerry(p: SearchState, side: Side): void {
  if (side.active.hp <= 0) return;
  const { onUpdate } = itemEffects(p, side);
  if (onUpdate && !abilityEffects(p, side.foe).stopsBerries) onUpdate(p, side);
}
