import { addVolatile } from './add-volatile.ts';
import { boostAll } from './boosts.ts';
import { abilityNow } from './effects-now.ts';
import { inflict } from './inflict-status.ts';
import type { ModelMove, Secondary } from './model-move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

export function applySecondaries(p: SearchState, user: Side, move: ModelMove, userOnly: boolean): void {
  const { secondaries } = move;
  if (secondaries.length === 0) return;
  const luck = abilityNow(user) === 'serenegrace' ? 2 : 1;
  for (const secondary of secondaries) {
    if (!p.chance(secondary.chance * luck)) continue;
    if (secondary.selfBoosts && user.active.hp > 0) boostAll(p, user, secondary.selfBoosts);
    if (!userOnly) applySecondary(p, user, move, secondary);
  }
}

function applySecondary(p: SearchState, user: Side, move: ModelMove, secondary: Secondary): void {
  const target = user.foe;
  if (secondary.boosts) boostAll(p, target, secondary.boosts, true);
  if (secondary.status !== '') inflict(p, target, secondary.status, user);
  if (secondary.volatile !== '') addVolatile(p, user, target, secondary.volatile);
  p.effects.moves[move.number]?.onSecondaryHit?.(p, user, target);
}
