import { accuracyFactor, stageFactor } from '../knowledge/stat-stages.ts';
import { abilityEffects, isGrounded, itemEffects } from './effects-now.ts';
import type { ModelMove } from './model-move.ts';
import type { AbilityEffects, SearchState } from './search-state.ts';
import type { Side } from './side.ts';
import { POISON } from './types.ts';

/** Priority of a move if this side uses it now. */
export function priorityOf(p: SearchState, user: Side, move: ModelMove): number {
  const more = abilityEffects(p, user).onModifyPriority;
  const priority = more ? move.priority + more(p, user, move) : move.priority;
  const isGliding = move.id === 'grassyglide' && p.terrain === 'grassyterrain' && isGrounded(p, user);
  return isGliding ? priority + 1 : priority;
}

/** Speed of the active Pokémon now, in points: stages, item, ability, weather, Tailwind, paralysis. */
export function speedOf(p: SearchState, side: Side): number {
  const { active, volatiles } = side;
  const ability = abilityEffects(p, side);
  let speed = side.forme.spe * stageFactor(volatiles.spe);
  const byAbility = ability.onModifySpe;
  if (byAbility) speed *= byAbility(p, side);
  if (volatiles.paradoxStat === 5) speed *= 1.5;
  const byItem = itemEffects(p, side).onModifySpe;
  if (byItem) speed *= byItem(p, side);
  if (side.tailwind > 0) speed *= 2;
  if (active.status === 'par' && !ability.ignoresParalysis) speed *= p.rules.paralysedSpeed;
  return Math.floor(speed);
}

/** Chance that a move hits its target, from accuracy alone. */
export function hitChance(p: SearchState, user: Side, move: ModelMove): number {
  if (move.accuracy > 1) return 1;
  const { foe } = user;
  const own = abilityEffects(p, user);
  const other = abilityEffects(p, foe);
  if (own.neverMisses || other.neverMisses) return 1;
  if (p.gen >= 8 && move.id === 'toxic' && user.hasType(POISON)) return 1;
  if (move.ohko) return 0.3;
  let accuracy = p.effects.moves[move.number]?.onModifyAccuracy?.(p, move.accuracy) ?? move.accuracy;
  if (accuracy > 1) return 1;
  if (move.category === 'Status') accuracy = Math.min(accuracy, other.onStatusAccuracy);
  accuracy *= accuracyFactor(accuracyStage(user, own, other));
  if (own.onSourceModifyAccuracy) accuracy *= own.onSourceModifyAccuracy(p, foe, move);
  if (other.onModifyAccuracy) accuracy *= other.onModifyAccuracy(p, foe);
  accuracy *= itemEffects(p, user).onSourceModifyAccuracy;
  accuracy *= itemEffects(p, foe).onModifyAccuracy;
  return p.gravity > 0 ? (accuracy * 5) / 3 : accuracy;
}

/** Stage of accuracy against evasion, −6 to 6. */
function accuracyStage({ volatiles, foe }: Side, own: AbilityEffects, other: AbilityEffects): number {
  let stage = own.ignoresStages ? 0 : -foe.volatiles.evasion;
  if (!other.ignoresStages) stage += volatiles.accuracy;
  if (own.ignoresEvasion) stage = Math.max(stage, volatiles.accuracy);
  return Math.max(-6, Math.min(6, stage));
}
