import { table } from '../util/table.ts';
import { type Combatant, itemInEffect } from './combatant.ts';
import type { Move } from './dex.ts';
import { abilityAgainst } from './effectiveness.ts';
import { isLockedOn } from './lock-on.ts';
import { moveCategoryNow } from './move-category.ts';
import { oldAccuracy } from './old-accuracy.ts';
import { awayChance } from './semi-invulnerable.ts';
import { isRain, isSand, isSnow, isSun, type Setting } from './setting.ts';
import { accuracyFactor, stagesInEffect } from './stat-stages.ts';
import { actsBefore, strikesBeforeNextAction } from './turn-order.ts';

const RAIN_HITS = new Set(['thunder', 'hurricane', 'bleakwindstorm', 'sandsearstorm', 'wildboltstorm']);
const SUN_MISSES = new Set(['thunder', 'hurricane']);
/** Abilities that ignore evasion, and since which generation they do. */
const EVASION_IGNORERS = table<number>({ keeneye: 6, mindseye: 9, illuminate: 9 });

/**
 * Chance that a move of this user hits this target now, 0–1. It considers accuracy and evasion stages, weather,
 * gravity, abilities, items and conditions, and whether the target is out of reach between the turns of its own move.
 * Protect is not foreseen, nor is a two-turn move that the target has not begun.
 */
export function accuracyNow(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const away = awayChance(setting, user, target, move);
  return away >= 1 ? 0 : (1 - away) * accuracyOnField(setting, user, target, move);
}

function accuracyOnField(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { gen } = setting;
  const ability = abilityAgainst(setting, user, target, move);
  if (user.ability === 'noguard' || ability === 'noguard') return 1;
  if (gen >= 2 && isLockedOn(user, target)) return 1;
  if (move.accuracy === true) return 1;
  if (gen <= 2) return oldAccuracy(setting, user, target, move);
  if (move.ohko) return ohkoAccuracy(setting, user, target, move);
  if (alwaysHits(setting, user, target, move)) return 1;

  let accuracy = SUN_MISSES.has(move.id) && isSun(setting) ? 50 : move.accuracy;
  if (ability === 'wonderskin' && move.category === 'Status') accuracy = Math.min(accuracy, 50);
  const items = itemFactor(setting, user, target, move);
  const others = otherFactor(setting, user, target, move);
  const { evasion, accuracy: aim } = stages(setting, user, target, move);
  if (gen <= 4) {
    accuracy = accuracy * accuracyFactor(aim) * accuracyFactor(-evasion) * items;
    // Stages come first; if the result is not a whole number the simulator leaves it as it is.
    return Math.min(1, (Number.isInteger(accuracy) ? accuracy * others : accuracy) / 100);
  }
  return Math.min(1, (accuracy * items * others * accuracyFactor(aim - evasion)) / 100);
}

function ohkoAccuracy(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const { gen } = setting;
  const weaker = gen >= 7 && move.ohko === 'Ice' && !user.pokemon.types.includes('Ice');
  return Math.max(0, Math.min(1, ((weaker ? 20 : 30) + user.pokemon.level - target.pokemon.level) / 100));
}

function alwaysHits(setting: Setting, user: Combatant, target: Combatant, move: Move): boolean {
  if (RAIN_HITS.has(move.id) && isRain(setting)) return true;
  if (move.id === 'blizzard' && setting.gen >= 4 && isSnow(setting)) return true;
  if (move.id === 'toxic' && setting.gen >= 6 && user.pokemon.types.includes('Poison')) return true;
  const { volatiles } = target.pokemon;
  if (volatiles.minimize && setting.gen >= 6 && 'minimize' in move.flags) return true;
  const isExposed = volatiles.glaiverush && strikesBeforeNextAction(setting, user, target, move) >= 0.5;
  return Boolean(volatiles.telekinesis || isExposed);
}

function itemFactor(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  let factor = 1;
  if (itemInEffect(setting, user) === 'widelens') factor *= 1.1;
  // Zoom Lens has no effect while the target still has to act.
  if (itemInEffect(setting, user) === 'zoomlens')
    factor *= 1.2 - 0.2 * actsBefore(setting, user, target, move);
  const held = itemInEffect(setting, target);
  if (held === 'laxincense' && setting.gen === 3) return factor * 0.95;
  return held === 'brightpowder' || held === 'laxincense' ? factor * 0.9 : factor;
}

/** Effect of abilities and Gravity on accuracy. */
function otherFactor(setting: Setting, user: Combatant, target: Combatant, move: Move): number {
  const ability = abilityAgainst(setting, user, target, move);
  let factor = 1;
  if (user.ability === 'compoundeyes') factor *= 1.3;
  if (user.ability === 'victorystar') factor *= 1.1;
  if (user.ability === 'hustle' && moveCategoryNow(setting, user, move) === 'Physical') factor *= 0.8;
  if (ability === 'sandveil' && isSand(setting)) factor *= 0.8;
  if (ability === 'snowcloak' && isSnow(setting)) factor *= 0.8;
  if (ability === 'tangledfeet' && target.pokemon.volatiles.confusion) factor *= 0.5;
  if (setting.conditions.gravity) factor *= 5 / 3;
  return factor;
}

/** The effective stages of the user's accuracy and of the target's evasion. */
function stages(
  setting: Setting,
  user: Combatant,
  target: Combatant,
  move: Move,
): { readonly accuracy: number; readonly evasion: number } {
  const { gen } = setting;
  const ability = abilityAgainst(setting, user, target, move);
  const aimed = stagesInEffect(gen, user.ability, user.pokemon.boosts.accuracy ?? 0);
  const evading = stagesInEffect(gen, ability, target.pokemon.boosts.evasion ?? 0);
  const { volatiles } = target.pokemon;
  const isSeen = volatiles.foresight || volatiles.odorsleuth || volatiles.miracleeye;
  const isIgnored =
    move.ignoreEvasion || gen >= (EVASION_IGNORERS[user.ability] ?? Infinity) || user.ability === 'unaware';
  const evasion = isIgnored ? 0 : evading;
  return { accuracy: ability === 'unaware' ? 0 : aimed, evasion: isSeen ? Math.min(0, evasion) : evasion };
}
