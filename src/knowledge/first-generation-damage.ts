import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import { chart } from './effectiveness.ts';
import { oldStat } from './stat-stages.ts';

/** In generation 1 Reflect and Light Screen cover only the Pokémon that used them. */
const SCREENS = { def: 'reflect', spd: 'lightscreen' } as const;

/**
 * The damage of generation 1 in HP points: its 39 equally likely rolls, ascending. A critical hit doubles the level and
 * ignores stages, statuses and screens. (The games' formula, as in Showdown's simulator.)
 */
export function oldRolls(user: Combatant, target: Combatant, move: Move, crit: boolean): readonly number[] {
  const physical = move.category === 'Physical';
  const [attacking, defending] = physical ? (['atk', 'def'] as const) : (['spa', 'spd'] as const);
  const screened = target.pokemon.volatiles[SCREENS[defending]] !== undefined;
  let attack = crit ? user.stats[attacking] : oldStat(user, attacking);
  let defence = crit ? target.stats[defending] : oldStat(target, defending) * (screened ? 2 : 1);
  if (attack >= 256 || defence >= 256) {
    // Stats above 1023 wrap around.
    attack = Math.max(1, Math.floor(attack / 4) % 256);
    defence = Math.max(1, Math.floor(defence / 4) % 256);
  }
  if (move.selfdestruct && physical) defence = Math.max(1, Math.floor(defence / 2));
  const level = user.pokemon.level * (crit ? 2 : 1);
  const strength = Math.floor(((Math.floor((level * 2) / 5) + 2) * move.basePower * attack) / defence);
  let damage = Math.min(997, Math.floor(strength / 50)) + 2;
  if (user.pokemon.types.includes(move.type)) damage += Math.floor(damage / 2);
  for (const type of target.pokemon.types) damage = Math.floor(damage * chart(1, move.type, type));
  return Array.from({ length: 39 }, (_, roll) =>
    damage > 1 ? Math.floor((damage * (217 + roll)) / 255) : damage,
  );
}
