import type { Battle, Pokemon } from '@pkmn/client';
import type { Protocol } from '@pkmn/protocol';

const AREA_TARGETS = new Set(['all', 'allAdjacent', 'allAdjacentFoes']);
const FOE_TARGETS = new Set(['normal', 'any', 'adjacentFoe', 'randomNormal']);

/**
 * PP that a move costs on top of its own: one for each foe with Pressure that it concerns. The client means to count
 * it and does not, but for generation 3, where the ability does not announce itself.
 *
 * @param move name or id
 * @param target ident of its target as logged, `''` for none
 */
export function pressure(battle: Battle, pokemon: Pokemon, move: string, target: string): number {
  if (battle.gen.num < 4) return 0;
  const pressing = pokemon.side.foe.active.filter(
    (foe) => foe && !foe.fainted && foe.ability === 'pressure' && foe.effectiveAbility() === 'pressure',
  );
  const data = pressing.length > 0 ? battle.gen.moves.get(move) : undefined;
  if (!data) return 0;
  if (AREA_TARGETS.has(data.target) || data.flags.mustpressure) return pressing.length;
  if (data.target === 'foeSide') return 0;
  if (target === '')
    return battle.gameType === 'singles' && FOE_TARGETS.has(data.target) ? pressing.length : 0;
  return pressing.includes(battle.getPokemon(target as Protocol.PokemonIdent)) ? 1 : 0;
}
