import { abilityNow, itemNow } from './condition.ts';
import { loseItem } from './item.ts';
import type { Stages } from './move.ts';
import type { SearchState } from './search-state.ts';
import type { Side } from './side.ts';

type StageStat = keyof Stages;

const clamp = (stage: number): number => Math.max(-6, Math.min(6, stage));

/** Changes one stage of the active Pokémon; the foe's doing where `byFoe`. Returns whether anything changed. */
export function boostStat(
  p: SearchState,
  side: Side,
  stat: StageStat,
  amount: number,
  byFoe = false,
): boolean {
  if (amount === 0 || side.active.hp <= 0) return false;
  const ability = abilityNow(side);
  let change = amount;
  if (ability === 'contrary') change = -change;
  else if (ability === 'simple') change *= 2;
  if (byFoe && change < 0 && ability === 'mirrorarmor' && side.foe.active.hp > 0)
    return boostStat(p, side.foe, stat, change);
  if (byFoe && change < 0 && keepsStages(side, ability, stat)) return false;
  const { volatiles } = side;
  const before = volatiles[stat];
  const after = clamp(before + change);
  if (after === before) return false;
  volatiles[stat] = after;
  if (after > before) {
    volatiles.raised = 1;
    if (abilityNow(side.foe) === 'opportunist') raiseLike(side.foe, stat, after - before);
  } else volatiles.lowered = 1;
  if (change < 0 && byFoe) {
    if (ability === 'defiant') boostStat(p, side, 'atk', 2);
    else if (ability === 'competitive') boostStat(p, side, 'spa', 2);
  }
  return true;
}

/** Changes several stages at once. Returns whether anything changed. */
export function boostAll(p: SearchState, side: Side, stages: Stages, byFoe = false): boolean {
  let changed = false;
  if (stages.atk) changed = boostStat(p, side, 'atk', stages.atk, byFoe) || changed;
  if (stages.def) changed = boostStat(p, side, 'def', stages.def, byFoe) || changed;
  if (stages.spa) changed = boostStat(p, side, 'spa', stages.spa, byFoe) || changed;
  if (stages.spd) changed = boostStat(p, side, 'spd', stages.spd, byFoe) || changed;
  if (stages.spe) changed = boostStat(p, side, 'spe', stages.spe, byFoe) || changed;
  if (stages.accuracy) changed = boostStat(p, side, 'accuracy', stages.accuracy, byFoe) || changed;
  if (stages.evasion) changed = boostStat(p, side, 'evasion', stages.evasion, byFoe) || changed;
  if (changed) {
    useWhiteHerb(side);
    useMirrorHerb(side.foe, stages);
  }
  return changed;
}

/** Opportunist and Mirror Herb: what the foe gains is gained as well. */
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

function keepsStages(side: Side, ability: string, stat: StageStat): boolean {
  if (side.volatiles.substitute > 0) return true;
  switch (ability) {
    case 'clearbody':
    case 'whitesmoke':
    case 'fullmetalbody':
      return true;
    case 'hypercutter':
      return stat === 'atk';
    case 'bigpecks':
      return stat === 'def';
    case 'keeneye':
    case 'illuminate':
    case 'mindseye':
      return stat === 'accuracy';
  }
  return itemNow(side) === 'clearamulet';
}

/** A White Herb undoes lowered stages. */
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
