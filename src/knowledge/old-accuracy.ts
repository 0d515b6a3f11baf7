import { type Combatant, itemInEffect } from './combatant.ts';
import type { Move } from './dex.ts';
import { bindingChance } from './old-binding.ts';
import { isRain, isSun, type Setting } from './setting.ts';
import { speedNow } from './speed.ts';
import { stageHundredths } from './stat-stages.ts';

/** Accuracy and evasion stages −6 to 6 in generation 2, in hundredths. */
const GEN_2_STAGES = [33, 36, 43, 50, 60, 75, 100, 133, 166, 200, 233, 266, 300];

/**
 * Chance that a move hits in generations 1 and 2, which count in parts of 256. In generation 1 even a sure hit misses
 * once in 256; a binding move that continues cannot miss, nor can a sleep move against a recharging target. In
 * generation 2 draining moves miss a Substitute.
 */
export function oldAccuracy(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { gen } = setting;
  if (move.accuracy === true) return 1;
  // In generation 1 one-hit KO moves fail against a faster target.
  if (gen === 1 && move.ohko && speedNow(setting, user) < speedNow(setting, target)) return 0;
  if (gen === 1 && move.status === 'slp' && target.pokemon.volatiles.mustrecharge) return 1;
  if (gen === 2 && move.drain && target.pokemon.volatiles.substitute) return 0;
  if (gen === 2 && move.id === 'thunder' && isRain(setting)) return 1;
  const percent = gen === 2 && move.id === 'thunder' && isSun(setting) ? 50 : move.accuracy;
  const factor = (stage: number): number =>
    (gen === 1 ? stageHundredths(stage) : (GEN_2_STAGES[stage + 6] ?? 100)) / 100;
  const { evasion = 0 } = target.pokemon.boosts;
  // The difference in levels counts twice for one-hit KO moves.
  const levels = move.ohko && gen === 2 ? 2 * (user.pokemon.level - target.pokemon.level) : 0;
  const bytes =
    Math.min(255, Math.floor((percent * 255) / 100) + levels) *
    factor(user.pokemon.boosts.accuracy ?? 0) *
    factor(-evasion);
  const most = Math.max(1, Math.min(255, Math.floor(bytes)));
  if (gen === 1) {
    const held = bindingChance(user, target, move);
    return held + ((1 - held) * most) / 256;
  }
  const left = itemInEffect(setting, target) === 'brightpowder' ? Math.max(0, most - 20) : most;
  return left >= 255 ? 1 : left / 256;
}
