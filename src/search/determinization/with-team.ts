import type { PokemonState, SideState } from '../../battle/state.ts';

/** A side with another team, whose active Pokémon refer to the new team's members. */
export function withTeam(side: SideState, pokemon: readonly PokemonState[]): SideState {
  const active = side.active.map(
    (standing) => standing && (pokemon.find(({ id }) => id === standing.id) ?? null),
  );
  return { ...side, pokemon, active };
}
