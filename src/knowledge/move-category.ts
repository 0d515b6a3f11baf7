import type { Combatant } from './combatant.ts';
import type { Move } from './dex.ts';
import type { Setting } from './setting.ts';
import { staged } from './stat-stages.ts';

const BY_HIGHER_STAT = new Set(['photongeyser', 'lightthatburnsthesky']);

/** The category of a move when this Pokémon uses it now: a few moves use the higher of the two attacking stats. */
export function moveCategoryNow(setting: Setting, user: Combatant, move: Move): Move['category'] {
  const { pokemon, stats, species } = user;
  const follows =
    BY_HIGHER_STAT.has(move.id) ||
    (pokemon.terastallized && move.id === 'terablast') ||
    (pokemon.terastallized && move.id === 'terastarstorm' && species.name === 'Terapagos-Stellar');
  if (!follows) return move.category;
  const attack = staged(setting.gen, stats.atk, pokemon.boosts.atk ?? 0);
  const special = staged(setting.gen, stats.spa, pokemon.boosts.spa ?? 0);
  return attack > special ? 'Physical' : 'Special';
}
