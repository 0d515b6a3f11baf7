import { abilityEffects, abilityNow, itemNow } from './effects-now.ts';
import { loseItem } from './lose-item.ts';
import type { Stages } from './model-move.ts';
import type { AbilityEffects, SearchState } from './search-state.ts';
import type { Side } from './side.ts';

type StageStat = keyof Stages;

const clamp = (stage: number): number => Math.max(-6, Math.min(6, stage));

/** Changes one stage of the active Pokémon by an effect of its own side. Returns whether anything changed. */
export function boostStat(p: SearchState, side: Side, stat: StageStat, amount: number): boolean {
  return boost(p, side, stat, amount, false);
}

/** Changes one stage of the active Pokémon by an effect of the other side. Returns whether anything changed. */
export function boostByFoe(p: SearchState, side: Side, stat: StageStat, amount: number): boolean {
  return boost(p, side, stat, amount, true);
}

// biome-ignore lint/complexity/useMaxParams: called many times a turn; an object for each would cost
function boost(p: SearchState, side: Side, stat: StageStat, amount: number, byFoe: boolean): boolean {
  if (amount === 0 || side.active.hp <= 0) return false;
  const ability = abilityNow(side);
  const effects = abilityEffects(p, side);
  const change = effects.onChangeBoost?.(amount) ?? amount;
  const isLowered = byFoe && change < 0;
  if (isLowered && ability === 'mirrorarmor' && side.foe.active.hp > 0)
    return boostStat(p, side.foe, stat, change);
  if (isLowered && keepsStage(side, effects, stat)) return false;
  const { volatiles } = side;
  const before = volatiles[stat];
  const after = clamp(before + change);
  if (after === before) return false;
  volatiles[stat] = after;
  if (after > before) {
    volatiles.raised = 1;
    if (abilityNow(side.foe) === 'opportunist') raiseLike(side.foe, stat, after - before);
  } else volatiles.lowered = 1;
  if (isLowered) effects.onAfterEachBoost?.(p, side);
  return true;
}

function keepsStage(side: Side, effects: AbilityEffects, stat: StageStat): boolean {
  if (side.volatiles.substitute > 0 || effects.onTryBoost?.(stat)) return true;
  return itemNow(side) === 'clearamulet';
}

/** Changes several stages at once. Returns whether anything changed. */
export function boostAll(p: SearchState, side: Side, stages: Stages, byFoe = false): boolean {
  let changed = false;
  if (stages.atk) changed = boost(p, side, 'atk', stages.atk, byFoe) || changed;
  if (stages.def) changed = boost(p, side, 'def', stages.def, byFoe) || changed;
  if (stages.spa) changed = boost(p, side, 'spa', stages.spa, byFoe) || changed;
  if (stages.spd) changed = boost(p, side, 'spd', stages.spd, byFoe) || changed;
  if (stages.spe) changed = boost(p, side, 'spe', stages.spe, byFoe) || changed;
  if (stages.accuracy) changed = boost(p, side, 'accuracy', stages.accuracy, byFoe) || changed;
  if (stages.evasion) changed = boost(p, side, 'evasion', stages.evasion, byFoe) || changed;
  if (changed) {
    useWhiteHerb(side);
    useMirrorHerb(side.foe, stages);
  }
  return changed;
}

/** Opportunist and Mirror Herb: copies a stage that the opponent has gained. */
function raiseLike({ volatiles, active }: Side, stat: StageStat, amount: number): void {
  if (active.hp > 0) volatiles[stat] = clamp(volatiles[stat] + amount);
}

function useMirrorHerb(side: Side, stages: Stages): void {
  if (side.active.item !== 'mirrorherb' || side.active.hp <= 0) return;
  let used = false;
  for (const stat of ['atk', 'def', 'spa', 'spd', 'spe', 'accuracy', 'evasion'] as const) {
    if (stages[stat] <= 0) continue;
    raiseLike(side, stat, stages[stat]);
    used = true;
  }
  if (used) loseItem(side);
}

/** A White Herb restores lowered stages. */
export function useWhiteHerb(side: Side): void {
  const { volatiles: v, active } = side;
  if (active.item !== 'whiteherb') return;
  const lowered =
    v.atk < 0 || v.def < 0 || v.spa < 0 || v.spd < 0 || v.spe < 0 || v.accuracy < 0 || v.evasion < 0;
  if (!lowered) return;
  v.atk = Math.max(0, v.atk);
  v.def = Math.max(0, v.def);
  v.spa = Math.max(0, v.spa);
  v.spd = Math.max(0, v.spd);
  v.spe = Math.max(0, v.spe);
  v.accuracy = Math.max(0, v.accuracy);
  v.evasion = Math.max(0, v.evasion);
  loseItem(side);
}

/** Sets all stages to 0. */
export function clearStages({ volatiles: v }: Side): void {
  v.atk = 0;
  v.def = 0;
  v.spa = 0;
  v.spd = 0;
  v.spe = 0;
  v.accuracy = 0;
  v.evasion = 0;
}

/** Copies all stages from one side to the other. */
export function copyStages({ volatiles: from }: Side, { volatiles: to }: Side): void {
  to.atk = from.atk;
  to.def = from.def;
  to.spa = from.spa;
  to.spd = from.spd;
  to.spe = from.spe;
  to.accuracy = from.accuracy;
  to.evasion = from.evasion;
}

/** Inverts all stages (Topsy-Turvy). */
export function turnStagesOver({ volatiles: v }: Side): void {
  v.atk *= -1;
  v.def *= -1;
  v.spa *= -1;
  v.spd *= -1;
  v.spe *= -1;
  v.accuracy *= -1;
  v.evasion *= -1;
}
