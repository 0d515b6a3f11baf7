import type { PokemonState, StatChange } from '../battle/state.ts';
import type { Stats } from './dex.ts';

/**
 * Stats after the changes made during the battle: Power Trick, Power Split, Guard Split, Speed Swap.
 *
 * @param statsOf stats in points of any Pokémon by id, before any change; undefined when unknown
 */
export function changedStats(
  stats: Stats,
  changes: PokemonState['statChanges'],
  statsOf: (id: string) => Stats | undefined,
): Stats {
  return (changes ?? []).reduce((now, change) => applied(now, change, statsOf), stats);
}

function applied(stats: Stats, change: StatChange, statsOf: (id: string) => Stats | undefined): Stats {
  if (change.kind === 'powertrick') return { ...stats, atk: stats.def, def: stats.atk };
  const unchanged = statsOf(change.partner);
  if (!unchanged) return stats;
  const partner = changedStats(unchanged, change.partnerChanges, statsOf);
  const mean = (stat: 'atk' | 'def' | 'spa' | 'spd'): number => Math.floor((stats[stat] + partner[stat]) / 2);
  switch (change.kind) {
    case 'powersplit':
      return { ...stats, atk: mean('atk'), spa: mean('spa') };
    case 'guardsplit':
      return { ...stats, def: mean('def'), spd: mean('spd') };
    case 'speedswap':
      return { ...stats, spe: partner.spe };
  }
}
