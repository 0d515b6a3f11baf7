import type { PokemonState } from '../../battle/state.ts';

/** HP fraction lost at the end of each of the next turns. */
export function residual(pokemon: PokemonState, gen: number): number {
  let lost = 0;
  const indirect = pokemon.ability !== 'magicguard';
  if (indirect && pokemon.status === 'brn') lost += gen >= 7 ? 1 / 16 : 1 / 8;
  if (pokemon.ability === 'poisonheal' && (pokemon.status === 'psn' || pokemon.status === 'tox'))
    lost -= 1 / 8;
  else if (indirect && pokemon.status === 'psn') lost += 1 / 8;
  else if (indirect && pokemon.status === 'tox') lost += (pokemon.statusTurns + 2) / 16;
  if (indirect && pokemon.volatiles.leechseed) lost += 1 / 8;
  if (pokemon.item === 'leftovers' || (pokemon.item === 'blacksludge' && pokemon.types.includes('Poison'))) {
    lost -= 1 / 16;
  }
  return lost;
}

/** Expected number of turns in which a Pokémon will not act. */
export function idleTurns(pokemon: PokemonState): number {
  if (pokemon.status === 'slp') return Math.max(0, 2 - pokemon.statusTurns);
  if (pokemon.status === 'frz') return 2;
  return pokemon.volatiles.mustrecharge || pokemon.volatiles.truant ? 1 : 0;
}

/** Chance that a Pokémon acts this turn at all, given its status. */
export function actChance(pokemon: PokemonState, gen: number): number {
  let chance = 1;
  if (pokemon.status === 'slp') chance *= [0, 1 / 3, 1 / 2][pokemon.statusTurns] ?? 1;
  if (pokemon.status === 'frz') chance *= 0.2;
  if (pokemon.status === 'par') chance *= 0.75;
  if (pokemon.volatiles.confusion) chance *= gen >= 7 ? 2 / 3 : 1 / 2;
  if (pokemon.volatiles.attract) chance *= 1 / 2;
  if (pokemon.volatiles.mustrecharge || pokemon.volatiles.truant) chance = 0;
  return chance;
}
