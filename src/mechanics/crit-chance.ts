import { abilityNow, itemNow } from './condition.ts';
import { abilityAgainst } from './effectiveness.ts';
import type { ModelMove } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

/** Chance of a critical hit. */
export function critChance(p: SearchState, user: Side, move: ModelMove): number {
  const defending = abilityAgainst(user, move);
  if (defending === 'battlearmor' || defending === 'shellarmor') return 0;
  if (move.alwaysCrits) return 1;
  if (p.gen === 1) {
    const odds = Math.min(255, Math.floor(user.forme.baseSpe / 2) * (move.critStage > 0 ? 8 : 1));
    return odds / 256;
  }
  const ability = abilityNow(user);
  if (ability === 'merciless' && (user.foe.active.status === 'psn' || user.foe.active.status === 'tox'))
    return 1;
  const item = itemNow(user);
  let stage = move.critStage + user.volatiles.focus;
  if (ability === 'superluck') stage += 1;
  if (item === 'scopelens' || item === 'razorclaw') stage += 1;
  if (item === 'leek' || item === 'stick') stage += 2;
  const table = p.gen >= 7 ? CRITS_NOW : p.gen === 6 ? CRITS_GEN6 : CRITS_OLD;
  return table[Math.min(stage, table.length - 1)] ?? 1;
}

const CRITS_NOW = [1 / 24, 1 / 8, 1 / 2, 1];

const CRITS_GEN6 = [1 / 16, 1 / 8, 1 / 2, 1];

const CRITS_OLD = [1 / 16, 1 / 8, 1 / 4, 1 / 3, 1 / 2];
