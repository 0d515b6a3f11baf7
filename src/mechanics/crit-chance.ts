import { abilityNow, itemNow } from './effects-now.ts';
import type { Attack, SearchState } from './search-state.ts';

/** Chance of a critical hit. */
export function critChance(p: SearchState, { user, target, move, defendingAbility }: Attack): number {
  if (defendingAbility.stopsCrits) return 0;
  if (move.alwaysCrits) return 1;
  if (p.gen === 1) {
    const odds = Math.min(255, Math.floor(user.forme.baseSpe / 2) * (move.critStage > 0 ? 8 : 1));
    return odds / 256;
  }
  const ability = abilityNow(user);
  const { status } = target.active;
  if (ability === 'merciless' && (status === 'psn' || status === 'tox')) return 1;
  const item = itemNow(user);
  let stage = move.critStage + user.volatiles.focus;
  if (ability === 'superluck') stage += 1;
  if (item === 'scopelens' || item === 'razorclaw') stage += 1;
  if (item === 'leek' || item === 'stick') stage += 2;
  const chances = p.rules.critChances;
  return chances[Math.min(stage, chances.length - 1)] ?? 1;
}
